# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause


class ResCompany(models.Model):
    """Who has no schedule of his own works as the company does."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env["routing.again"]._note(Cause.SCHEDULE, companies=self.ids)
        return result
