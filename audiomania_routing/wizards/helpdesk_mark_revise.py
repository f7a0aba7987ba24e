# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.audiomania_alerts.inside import Inside

from ..models.quality.followup.rating_rating_trace import REASON

MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


class HelpdeskMarkRevise(models.TransientModel):
    """The dialog in which a manager changes or deletes a mark, and says why."""

    _name = "helpdesk.mark.revise"
    _description = "Change of a Mark by a Manager"

    rating_id = fields.Many2one(
        comodel_name="rating.rating", required=True, ondelete="cascade"
    )
    is_deletion = fields.Boolean()
    quality = fields.Selection(
        selection=MARKS,
        compute="_compute_marks",
        store=True,
        precompute=True,
        readonly=False,
    )
    speed = fields.Selection(
        selection=MARKS,
        compute="_compute_marks",
        store=True,
        precompute=True,
        readonly=False,
    )
    reason = fields.Char(required=True, help="It stays in the history for good.")

    @api.depends("rating_id")
    def _compute_marks(self):
        for dialog in self:
            mark = dialog.rating_id
            dialog.quality = str(round(mark.rating)) if mark.rating >= 1 else False
            dialog.speed = str(mark.speed) if mark.speed else False

    @api.constrains("rating_id")
    def _check_readable(self):
        """The dialog shows nobody what he may not change."""
        # sudo: rating.rating: not as the superuser, as which Odoo runs checks
        self.sudo(False).rating_id._check_manages()

    def action_save(self):
        """It is changed, or deleted, and the trace says why."""
        self.ensure_one()
        mark = self.rating_id
        mark._check_manages()
        if not self.reason.strip():
            raise UserError(self.env._("Say why."))
        mark = mark.with_context(**{REASON: Inside(self.reason.strip())})
        if self.is_deletion:
            # sudo: rating.rating: a manager, as was checked; the host lets none delete
            mark.sudo().unlink()
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        mark.write(self._prepare_vals())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_vals(self):
        vals = {}
        if self.quality:
            vals["rating"] = int(self.quality)
        if self.speed:
            vals["speed"] = int(self.speed)
        return vals
