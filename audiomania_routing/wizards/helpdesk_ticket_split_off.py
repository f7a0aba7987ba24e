# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskTicketSplitOff(models.TransientModel):
    """The dialog that asks which messages of a customer are another matter."""

    _name = "helpdesk.ticket.split.off"
    _description = "Split a Conversation"

    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many(
        comodel_name="helpdesk.ticket.split.off.line",
        inverse_name="dialog_id",
        string="Messages",
        help="The chosen ones go into a new conversation of the same customer, with "
        "their attachments.",
    )
    with_answers = fields.Boolean(
        string="Answers go along",
        default=True,
        help="What was answered after a chosen message, before the customer's next "
        "one, unless it also answered a message that stays.",
    )
    reason = fields.Char(string="Why", help="Stays in the history of both.")

    @api.constrains("ticket_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.ticket: not as the superuser, as which Odoo runs checks
        self.sudo(False).ticket_id.check_access("read")

    def action_confirm(self):
        """Open the new conversation."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say the reason in words."))
        chosen = self.line_ids.filtered("chosen").inquiry_id
        other = self.ticket_id._split(chosen, reason, self.with_answers)
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": other.id,
            "views": [(False, "form")],
            "target": "current",
        }
