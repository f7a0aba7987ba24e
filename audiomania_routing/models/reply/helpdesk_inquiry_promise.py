# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ...names import PENDING


class HelpdeskInquiry(models.Model):
    """What was promised to the customer (rule 17)."""

    _inherit = "helpdesk.inquiry"

    promised_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Promised by",
        readonly=True,
        help="Who has promised the answer, and is reminded of it.",
    )
    promised_at = fields.Datetime(string="Promised at", readonly=True)
    waits_for = fields.Char(
        string="Waits for", readonly=True, help="Without what it cannot be answered."
    )
    waits_ref = fields.Char(
        readonly=True,
        index="btree_not_null",
        help="The record without which it cannot be answered, as model,id.",
    )

    promise_message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Promised in",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        help="The letter in which it was promised. If it comes back, nothing was.",
    )

    def _set_promised(self, values):
        self.write({**values, "promised_at": fields.Datetime.now()})

    def _forget_promise(self):
        """The customer has not heard of it."""
        self.write(
            {
                "promised_for": False,
                "promised_by_id": False,
                "promised_at": False,
                "waits_for": False,
                "waits_ref": False,
            }
        )

    def _start_ladders(self):
        """Who was promised an answer and writes again does not wait until then: the
        promise was given to what he had asked by that time. Where something waits
        without a promise it does not rest any more, and no moment moves (rule 12)."""
        result = super()._start_ladders()
        pending = self.filtered(lambda one: one.state == PENDING)
        for ticket in pending.ticket_id:
            former = ticket._get_pending() - pending
            if former and all(former.mapped("promised_for")):
                ticket._end_rest(former)
        return result
