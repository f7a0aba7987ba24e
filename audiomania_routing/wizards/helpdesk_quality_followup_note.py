# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.workplace.helpdesk_inquiry_spoken import PHONE, VISIT


class HelpdeskQualityFollowupNote(models.TransientModel):
    """The dialog that asks how a customer heard back, or was not reached."""

    _name = "helpdesk.quality.followup.note"
    _description = "Call or Attempt after a Bad Mark"

    followup_id = fields.Many2one(
        comodel_name="helpdesk.quality.followup", required=True, ondelete="cascade"
    )
    way = fields.Selection(
        selection=[
            (PHONE, "By phone"),
            (VISIT, "In person"),
            ("failed", "Could not be reached"),
        ],
        string="How",
        required=True,
        default=PHONE,
    )
    at = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    text = fields.Text(
        string="In a line",
        required=True,
        help="What was said, or how you tried to reach him.",
    )

    @api.constrains("followup_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.quality.followup: not as the superuser, as which Odoo checks
        self.sudo(False).followup_id.check_access("read")

    def action_save(self):
        """It is noted with who did it."""
        self.ensure_one()
        self.followup_id._note_contact(self.way, self.text, self.at)
        return {"type": "ir.actions.act_window_close"}
