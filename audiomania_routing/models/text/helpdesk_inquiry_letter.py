# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .routing_letter import OPEN, Letter

ACCEPTED = "accepted"
DISMISSED = "dismissed"


class HelpdeskInquiry(models.Model):
    """What the text of a letter says: for routing, and of who a stranger is.

    Whoever may read the inquiry reads of it what he may read by himself: a document by
    its own rules, a customer by his. The sender is told nothing of it.
    """

    _inherit = "helpdesk.inquiry"

    letter_facts = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Language, documents and products that its text names. For the engine.",
    )
    guessed_partner_id = fields.Many2one(
        comodel_name="res.partner",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Whom a number in a stranger's letter suggests, whoever may read him.",
    )
    guessed_by = fields.Char(
        readonly=True, copy=False, groups=fields.NO_ACCESS, help="By which numbers."
    )
    suggestion = fields.Selection(
        selection=[
            (OPEN, "Not decided"),
            (ACCEPTED, "Accepted"),
            (DISMISSED, "Dismissed"),
        ],
        readonly=True,
        copy=False,
        help="What became of the suggestion who the sender is.",
    )
    suggested_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Probably",
        compute="_compute_suggested_partner_id",
        help="The customer whom a number in the letter suggests, if you may read him.",
    )

    @api.depends("guessed_partner_id", "suggestion")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_suggested_partner_id(self):
        """By the reader's own rights: names of linked records are shown to anybody."""
        # sudo: helpdesk.inquiry: which customer; his own rules come after
        guesses = {
            inquiry: inquiry.sudo().guessed_partner_id.with_env(self.env)
            for inquiry in self
        }
        partners = self.env["res.partner"].union(*guesses.values())
        readable = partners._filtered_access("read")
        for inquiry, partner in guesses.items():
            shown = inquiry.suggestion == OPEN
            inquiry.suggested_partner_id = partner & readable if shown else False

    @api.depends("decision", "letter_facts", "suggestion")
    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    def _compute_decision_text(self):
        """What the letter names comes before what was decided of it (rule 13)."""
        result = super()._compute_decision_text()
        # sudo: helpdesk.inquiry: whether it was decided is no secret, the facts are
        for inquiry in self.sudo().filtered("decision").with_env(self.env):
            texts = [*inquiry._describe_named(), inquiry.decision_text]
            inquiry.decision_text = "\n".join(filter(None, texts))
        return result

    # ------------------------------------------------------------------
    # Reading the letter
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Its text is read once, before the engine asks what it says."""
        named = self._read_new_letters(vals_list)
        return super().create(
            [{**facts, **vals} for facts, vals in zip(named, vals_list, strict=True)]
        )

    @api.model
    def _read_new_letters(self, vals_list):
        named = self.env["routing.facts"]._read_letters(self._make_letters(vals_list))
        for vals, facts in zip(vals_list, named, strict=True):
            facts["suggestion"] = self._suggest_once(vals, facts)
        return named

    @api.model
    def _make_letters(self, vals_list):
        """The messages of inquiries with these values, as their text is read."""
        # sudo: mail.message, helpdesk.ticket: whoever's message makes the inquiry
        env = self.sudo().env

        def browse(model, name):
            ids = [vals.get(name) or 0 for vals in vals_list]
            records = env[model].browse(filter(None, ids))
            return [records.browse(id_ or []).with_prefetch(records.ids) for id_ in ids]

        return [
            Letter(
                subject=vals.get("subject") or "",
                body=message.body or vals.get("excerpt") or "",
                company=ticket.company_id,
                customer=customer,
            )
            for vals, message, ticket, customer in zip(
                vals_list,
                browse("mail.message", "message_id"),
                browse("helpdesk.ticket", "ticket_id"),
                browse("res.partner", "partner_id"),
                strict=True,
            )
        ]

    @api.model
    def _suggest_once(self, vals, facts):
        """Nobody is suggested again whom an employee has dismissed there."""
        # sudo: helpdesk.ticket: whoever's message makes the inquiry
        ticket = self.env["helpdesk.ticket"].sudo().browse(vals["ticket_id"])
        if facts["guessed_partner_id"] in (ticket.dismissed_customers or ()):
            return DISMISSED
        return facts["suggestion"]

    def _correct(self):
        """A corrected message is read again; who was suggested stays."""
        result = super()._correct()
        names = ["excerpt", "message_id", "partner_id", "subject", "ticket_id"]
        vals_list = self.read(names, load=None)
        letters = self._make_letters(vals_list)
        named = self.env["routing.facts"]._read_letters(letters)
        for inquiry, facts in zip(self, named, strict=True):
            inquiry.letter_facts = facts["letter_facts"]
        return result

    # ------------------------------------------------------------------
    # Telling the engine, and people
    # ------------------------------------------------------------------

    def _get_weighed_customer(self):
        """The customer whose orders, marks and audience the engine weighs."""
        self.ensure_one()
        # sudo: helpdesk.inquiry: for the engine, whoever causes the decision
        inquiry = self.sudo()
        guessed = inquiry.suggestion in (OPEN, ACCEPTED) and inquiry.guessed_partner_id
        return (inquiry.partner_id or guessed or inquiry.partner_id).with_env(self.env)

    def _get_named_documents(self):
        """The documents that the text names, as long as they exist."""
        # sudo: helpdesk.inquiry: which ones; their own rules come after
        facts = self.sudo().letter_facts or {}
        documents = []
        for model, document_id, _number in facts.get("documents", ()):
            if model in self.env:
                documents += self.env[model].browse(document_id).exists()
        return documents

    def _describe_named(self):
        """Sentences on what the letter names, of what the reader may read."""
        # sudo: helpdesk.inquiry: its words, which the reader may read in the message
        facts = self.sudo().letter_facts or {}
        products = [words for words, _ids in facts.get("products", ())]
        if products:
            yield self.env._(
                "The letter names products: %(products)s.", products=", ".join(products)
            )
        documents = [
            document.display_name
            for document in self._get_named_documents()
            if document.has_access("read")
        ]
        if documents:
            yield self.env._(
                "The letter names documents: %(documents)s.",
                documents=", ".join(documents),
            )
