# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.quality.followup.helpdesk_quality_followup import (
    ACCIDENT,
    JUSTIFIED,
    OUTCOMES,
)


class HelpdeskQualityFollowupClose(models.TransientModel):
    """The dialog that asks what came of a bad mark."""

    _name = "helpdesk.quality.followup.close"
    _description = "Closing the Follow-up of a Bad Mark"

    followup_id = fields.Many2one(
        comodel_name="helpdesk.quality.followup", required=True, ondelete="cascade"
    )
    offer_text = fields.Char(related="followup_id.offer_text", related_sudo=False)
    is_corrected = fields.Boolean(
        related="followup_id.is_corrected", related_sudo=False
    )
    uses_offer = fields.Boolean(
        string="He heard back with it",
        compute="_compute_uses_offer",
        store=True,
        precompute=True,
        readonly=False,
    )
    outcome = fields.Selection(
        selection=OUTCOMES,
        required=True,
        compute="_compute_outcome",
        store=True,
        precompute=True,
        readonly=False,
        help="Justified: the mark counts everywhere. Not justified: it counts for the"
        " routing of this customer to this employee only. By accident: nowhere.",
    )
    note = fields.Text(string="What came of it", required=True)

    @api.depends("followup_id")
    def _compute_uses_offer(self):
        for dialog in self:
            dialog.uses_offer = bool(dialog.followup_id.offer_text)

    @api.depends("followup_id")
    def _compute_outcome(self):
        """What the customer himself has corrected was given by accident."""
        for dialog in self:
            dialog.outcome = ACCIDENT if dialog.is_corrected else JUSTIFIED

    @api.constrains("followup_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.quality.followup: not as the superuser, as which Odoo checks
        self.sudo(False).followup_id.check_access("read")

    def action_close(self):
        """It is closed, and the mark counts as the outcome says."""
        self.ensure_one()
        if self.uses_offer and self.followup_id.offer_text:
            self.followup_id.action_heard()
        self.followup_id._close(self.outcome, self.note)
        return {"type": "ir.actions.act_window_close"}
