# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.workplace.helpdesk_inquiry_spoken import PHONE, SPOKEN


class HelpdeskTicketSpoken(models.TransientModel):
    """The dialog that asks what was said to a customer by phone or in person."""

    _name = "helpdesk.ticket.spoken"
    _description = "Answered by Phone or in Person"

    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket", required=True, ondelete="cascade"
    )
    how = fields.Selection(selection=SPOKEN, required=True, default=PHONE)
    at = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    text = fields.Text(
        string="What was said",
        required=True,
        help="In a line: colleagues read it, and the customer when it is sent to him.",
    )

    @api.constrains("ticket_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.ticket: not as the superuser, as which Odoo runs checks
        self.sudo(False).ticket_id.check_access("read")

    def action_save(self):
        """What waits is answered."""
        return self._save(mail=False)

    def action_save_and_mail(self):
        """What waits is answered, and the customer gets the line as a letter."""
        return self._save(mail=True)

    def _save(self, mail):
        self.ensure_one()
        self.ticket_id._answer_spoken(self.how, self.text, self.at, mail=mail)
        following = self.ticket_id._get_action_after_work_out()
        if isinstance(following, dict):
            return following
        return {"type": "ir.actions.act_window_close"}
