# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import dataclass, field

from odoo import api, fields, models

from ...letter.language import language_of
from ...letter.mentions import Mention, mentions_in
from ...letter.naming import Span, named_in, normal, phrases_in
from ...letter.own import own_words
from ...letter.phones import phone_key, phones_in

OPEN = "open"


@dataclass
class Letter:
    """A message as it is read here.

    :param customer: who wrote it, as far as that is known (``res.partner``)
    """

    subject: str
    body: str
    company: models.BaseModel
    customer: models.BaseModel


@dataclass
class Heard:
    """What its words may name, before anybody has looked whether that exists."""

    letter: Letter
    text: str = ""
    language: str | None = None
    mentions: tuple[Mention, ...] = ()
    phones: tuple[str, ...] = ()
    spans: dict[str, list[Span]] = field(default_factory=dict)


class RoutingFacts(models.AbstractModel):
    """What the words of a letter name (rule 2): documents, telephones, products.

    It is read once, when the letter comes in, and kept with the inquiry. A letter that
    names nothing costs no query; one that does, one for each kind of thing that it may
    name. What is quoted in it, and headers of forwards, are not its words.
    """

    _inherit = "routing.facts"

    @api.model
    def _get_day(self):
        return fields.Date.today()

    @api.model
    def _read_letters(self, letters):
        """What each letter (:class:`Letter`) names, as values of its inquiry."""
        # sudo: all documents, contacts, products: who writes the letter may read none;
        # what leaves is for the engine, and for who may read each of them
        facts = self.sudo()
        heard = [facts._hear(letter) for letter in letters]
        products = facts._find_products(heard)
        contacts = facts._find_contacts(heard)
        documents = facts._find_documents(heard)
        return [
            facts._prepare_named_vals(
                each,
                facts._choose_documents(each, documents, contacts),
                contacts,
                products,
            )
            for each in heard
        ]

    @api.model
    def _hear(self, letter):
        """What is in the words, in plain Python."""
        own = own_words(letter.body or "")
        subject = letter.subject or ""
        forms = self._get_all_number_forms(letter.company)
        signed = f"{subject}\n{own.text}"
        phones, mentions = phones_in(signed), mentions_in(signed, forms)
        text = normal(f"{subject}\n\n{own.body}")
        numbers = [*phones, *(each.number for each in mentions if each.certain)]
        return Heard(
            letter,
            text=text,
            language=language_of(own.body) or language_of(f"{subject}\n{own.body}"),
            mentions=mentions,
            # A known customer is told by nothing in his letter but his address.
            phones=() if letter.customer else phones,
            spans=phrases_in(text, numbers),
        )

    # ------------------------------------------------------------------
    # What exists
    # ------------------------------------------------------------------

    @api.model
    def _find_products(self, heard):
        """{phrase: [(product, company id or None)]} of all letters, in one query"""
        phrases = sorted({phrase for each in heard for phrase in each.spans})
        return self.env["routing.product.phrase"]._find(phrases)

    @api.model
    def _find_contacts(self, heard):
        """{number: contacts who have that telephone}, in one query"""
        numbers = {number for each in heard for number in each.phones}
        keys = {phone_key(number) for number in numbers}
        if not keys:
            return {}
        return self.env["res.partner"]._find_by_phones(sorted(numbers), sorted(keys))

    @api.model
    def _find_documents(self, heard):
        """{(company, model, number): document}, one query for each kind of them"""
        wanted = defaultdict(set)
        for each in heard:
            for mention in each.mentions:
                wanted[each.letter.company, mention.model].add(mention.number)
        return {
            (company, model, number): document
            for (company, model), numbers in wanted.items()
            for number, document in self.env[model]
            ._find_numbered(sorted(numbers), company)
            .items()
        }

    @api.model
    def _choose_documents(self, heard, documents, contacts):
        """The documents that a letter really names, in its order.

        "Order 42" is no number by itself: it counts where the order is this customer's,
        or where a telephone in the letter is.
        """
        letter = heard.letter
        known = letter.customer.commercial_partner_id
        for number in heard.phones:
            known |= contacts.get(number, known.browse()).commercial_partner_id
        found = []
        for mention in heard.mentions:
            document = documents.get((letter.company, mention.model, mention.number))
            if document is None:
                continue
            owner = document._get_document_customer().commercial_partner_id
            if mention.certain or owner & known:
                found.append((mention.number, document))
        return found

    # ------------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------------

    @api.model
    def _prepare_named_vals(self, heard, documents, contacts, products):
        company = heard.letter.company
        known = {
            phrase: [id_ for id_, owner in owners if owner in (None, company.id)]
            for phrase, owners in products.items()
        }
        named = named_in(heard.text, heard.spans, known)
        facts = {
            "language": heard.language,
            "documents": [[one._name, one.id, number] for number, one in documents],
            "products": [[each.words, list(each.products)] for each in named],
        }
        facts = {name: value for name, value in facts.items() if value}
        return {
            "letter_facts": facts or False,
            **self._prepare_guess_vals(heard, documents, contacts),
        }

    @api.model
    def _prepare_guess_vals(self, heard, documents, contacts):
        """Who a stranger probably is: what he names must not contradict itself."""
        nobody = {"guessed_partner_id": False, "guessed_by": False, "suggestion": False}
        if heard.letter.customer:
            return nobody
        company = heard.letter.company
        by_number = [
            (number, self._filter_customers(one._get_document_customer(), company))
            for number, one in documents
        ]
        by_phone = [
            (number, self._filter_customers(contacts[number], company))
            for number in heard.phones
            if number in contacts
        ]
        found = [(number, some) for number, some in by_number + by_phone if some]
        customers = self.env["res.partner"].union(*(some for _number, some in found))
        if len(customers.commercial_partner_id) != 1:
            return nobody
        customer = customers if len(customers) == 1 else found[0][1]
        if len(customer) > 1:
            customer = customer.commercial_partner_id
        return {
            "guessed_partner_id": customer.id,
            "guessed_by": ", ".join(number for number, _some in found),
            "suggestion": OPEN,
        }

    @api.model
    def _filter_customers(self, partners, company):
        """Those who can be customers there: nobody of ours, no other company's."""
        return partners.filtered(
            lambda one: (
                one.active
                and one.partner_share
                and one.commercial_partner_id != company.partner_id
                and one.company_id in (company, one.company_id.browse())
            )
        )
