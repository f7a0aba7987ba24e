# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models

from ...engine.record import from_json, to_json
from ...names import ANSWERED, NO_ACTION, PENDING

_logger = logging.getLogger(__name__)


class HelpdeskInquiry(models.Model):
    _name = "helpdesk.inquiry"
    _description = "Inquiry"
    _order = "received_at desc, id desc"
    _rec_name = "subject"

    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    message_id = fields.Many2one(
        comodel_name="mail.message",
        ondelete="set null",
        readonly=True,
        help="The customer's message that has to be worked out.",
    )
    source_message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Message on the document",
        ondelete="set null",
        readonly=True,
        help="Where the customer wrote it: the message of the inquiry is its copy.",
    )
    subject = fields.Char(readonly=True)
    excerpt = fields.Char(
        string="First words", readonly=True, help="How the message begins."
    )
    received_at = fields.Datetime(
        string="Received at", required=True, default=fields.Datetime.now, readonly=True
    )
    state = fields.Selection(
        selection=[
            (PENDING, "Pending"),
            (ANSWERED, "Answered"),
            (NO_ACTION, "No action required"),
        ],
        required=True,
        default=PENDING,
        readonly=True,
        index=True,
        help="A pending inquiry waits for an answer or for 'No action required'.",
    )
    promised_for = fields.Datetime(
        string="Promised for", help="Until when the customer was promised an answer."
    )
    is_public = fields.Boolean(
        string="Public", help="Other people will read the answer too."
    )
    worked_out_at = fields.Datetime(string="Worked out at", readonly=True)
    worked_out_by_id = fields.Many2one(
        comodel_name="res.users", string="Worked out by", readonly=True
    )
    recipient_emails = fields.Char(
        string="Sent to",
        readonly=True,
        help="Addresses of the letter, To before Cc, in the order of the letter.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        readonly=True,
        help="Who wrote, or else the customer of the conversation.",
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    audience_id = fields.Many2one(
        comodel_name="customer.audience", index="btree_not_null", readonly=True
    )
    addressee_id = fields.Many2one(
        comodel_name="res.users", index="btree_not_null", readonly=True
    )
    decision = fields.Json(
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="Facts, values and reasons as they were at the decision.",
    )
    decision_text = fields.Text(
        string="Why",
        compute="_compute_decision_text",
        help="Which facts decided who sees the conversation, in words.",
    )

    _message_uniq = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL",
        "A message is one inquiry, never two.",
    )
    _source_message_uniq = models.UniqueIndex(
        "(source_message_id) WHERE source_message_id IS NOT NULL",
        "A message on a document is one inquiry, never two.",
    )
    _pending_idx = models.Index("(ticket_id) WHERE state = 'pending'")

    @api.depends("decision")
    @api.depends_context("uid", "lang", "tz")
    def _compute_decision_text(self):
        """Every decision can be explained (rule 13)."""
        facts = self.env["routing.facts"]
        for inquiry in self:
            decision = inquiry._get_decision()
            sentences = facts._explain(decision) if decision else []
            inquiry.decision_text = "\n".join(sentences)

    def _get_decision(self):
        """The decision as it was; None where none was made, or where it was stored in
        a way that is not understood any more: a conversation opens all the same."""
        self.ensure_one()
        # sudo: helpdesk.inquiry: callers tell of it what the reader may know
        stored = self.sudo().decision
        try:
            return from_json(stored) if stored else None
        except (AttributeError, KeyError, TypeError, ValueError):
            _logger.info("The decision on inquiry %s cannot be read", self.id)
            return None

    @api.model_create_multi
    def create(self, vals_list):
        """A new inquiry is decided as it is made: nobody has to remember to."""
        inquiries = super().create(vals_list)
        inquiries._start_ladders()
        return inquiries

    def _start_ladders(self):
        """Decide for the conversations in which nothing was pending before.

        'Any news?' never moves a moment (rule 12): where an older inquiry waits,
        the new one waits with it.
        """
        pending = self.filtered(lambda inquiry: inquiry.state == PENDING)
        pending.ticket_id._touch()
        pending.ticket_id._reopen()
        first = pending._filter_first_pending()
        decisions = self.env["routing.facts"]._decide(first)
        for inquiry in first:
            inquiry._apply_decision(decisions[inquiry.id])
        first.ticket_id._alert_waiting()

    def _filter_first_pending(self):
        """Keep the oldest inquiry of each conversation where no other one waited."""
        others = self.ticket_id.inquiry_ids - self
        waiting = others.filtered(lambda one: one.state == PENDING).ticket_id
        first = {}
        for inquiry in self.sorted(lambda one: (one.received_at, one.id)):
            if inquiry.ticket_id not in waiting:
                first.setdefault(inquiry.ticket_id, inquiry)
        return self.browse(inquiry.id for inquiry in first.values())

    def _apply_decision(self, decision):
        """Store what was decided and why, and set the ladder of the conversation."""
        self._keep_decision(decision)

    def _keep_decision(self, decision):
        """The same for a decision that tells nobody outside of customer service."""
        self._store_decision(decision)
        self.ticket_id._start_ladder(decision)

    def _store_decision(self, decision):
        self.write(
            {
                "addressee_id": decision.addressee_id or False,
                "audience_id": decision.audience_id or False,
                "decision": to_json(decision),
            }
        )

    def _correct(self):
        """The customer has corrected the message that was copied."""
        for inquiry in self:
            inquiry.message_id.body = inquiry.source_message_id.body
            inquiry.excerpt = inquiry.message_id.preview

    def _set_worked_out(self, state, user):
        self.write(
            {
                "state": state,
                "worked_out_at": fields.Datetime.now(),
                "worked_out_by_id": user.id,
            }
        )

    def _set_pending(self):
        self.write(
            {"state": PENDING, "worked_out_at": False, "worked_out_by_id": False}
        )
