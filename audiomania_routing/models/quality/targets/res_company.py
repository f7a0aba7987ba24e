# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import ormcache


class ResCompany(models.Model):
    _inherit = "res.company"

    @ormcache("self.id")
    def _get_figures_zone(self):
        """The time zone in which a month of this company begins: its schedule's. Kept
        in memory as schedules are."""
        # sudo: res.company: a time zone, whoever's figure it is
        return self.sudo().resource_calendar_id.tz or "UTC"
