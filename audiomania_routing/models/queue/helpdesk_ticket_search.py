# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...letter.phones import phone_key
from ..text.res_partner import PHONE_KEY

WORD = re.compile(r"\w+")
DIGITS = re.compile(r"\d")
FEWEST_DIGITS = 4
SEARCHED = ("ilike", "=")


class HelpdeskTicket(models.Model):
    """What an employee types to find a conversation again.

    Each search narrows what the rules of conversations let him read: it finds nothing
    else, and tells of nothing else whether it is there.
    """

    _inherit = "helpdesk.ticket"

    found_by_text = fields.Char(
        string="Text",
        store=False,
        search="_search_text",
        groups="base.group_user",
        help="Words of the subject or of a message, in any order; a word may be begun "
        "only.",
    )
    found_by_phone = fields.Char(
        string="Phone",
        store=False,
        search="_search_phone",
        groups="base.group_user",
        help="The customer's telephone number, however it is written; some digits of "
        "it are enough.",
    )
    found_by_document = fields.Char(
        string="Order number",
        store=False,
        search="_search_document",
        groups="base.group_user",
        help="The number of an order, an invoice or a delivery that the conversation "
        "is about, or that a message names.",
    )
    found_by_product = fields.Char(
        string="Product",
        store=False,
        search="_search_product",
        groups="base.group_user",
        help="A product of the order that the conversation is about, or that a message "
        "names.",
    )

    @api.model
    def _search_text(self, operator, value):
        if operator not in SEARCHED or not isinstance(value, str):
            return NotImplemented
        return self._get_words_domain(value) | Domain("name", "ilike", value)

    @api.model
    def _get_words_domain(self, text):
        """Those of which one message has all the words, each as it begins."""
        words = " & ".join(f"{word}:*" for word in WORD.findall(text))
        if not words:
            return Domain.FALSE
        found = self.env["mail.message"]._sql_conversations_with(words)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), found
            ),
        )

    @api.model
    def _search_phone(self, operator, value):
        if operator not in SEARCHED or not isinstance(value, str):
            return NotImplemented
        digits = "".join(DIGITS.findall(value))
        if len(digits) < FEWEST_DIGITS:
            return Domain.FALSE
        has_number = Domain.custom(
            to_sql=lambda model, alias, query: self._sql_has_number(alias, digits)
        )
        partners = Domain("phone", "!=", False) & has_number
        return Domain("partner_id", "any", partners)

    @api.model
    def _sql_has_number(self, alias, digits):
        """SQL: a contact with that number, over the index of numbers if it is whole."""
        phone = SQL.identifier(alias, "phone")
        if key := phone_key(digits):
            return SQL(
                "%s = %s", SQL(PHONE_KEY.replace("phone", f'"{alias}".phone')), key
            )
        return SQL(
            "REGEXP_REPLACE(%s, '[^0-9]', '', 'g') LIKE %s", phone, f"%{digits}%"
        )

    @api.model
    def _search_document(self, operator, value):
        if operator not in SEARCHED or not isinstance(value, str):
            return NotImplemented
        about = Domain.OR(
            self._get_about_domain(name, Domain("name", "ilike", value))
            for name in self._get_searched_documents()
        )
        return about | self._get_words_domain(value)

    @api.model
    def _search_product(self, operator, value):
        if operator not in SEARCHED or not isinstance(value, str):
            return NotImplemented
        lines = Domain("order_line.product_id", "ilike", value)
        return self._get_about_domain("sale.order", lines) | self._get_words_domain(
            value
        )

    @api.model
    def _get_searched_documents(self):
        """The models of documents that a conversation may be about."""
        mixin = self.env.registry["customer.document.mixin"]
        return sorted(
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin)
            and not model._abstract
            and name != self._name
            and "name" in model._fields
        )

    @api.model
    def _get_about_domain(self, model, domain):
        """Those about a document that this employee may read himself."""
        documents = self.env[model]
        if not documents.has_access("read"):
            return Domain.FALSE
        found = documents._search(domain)
        return Domain("document_model", "=", model) & Domain("document_id", "in", found)
