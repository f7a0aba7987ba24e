# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import ormcache


class ResCompany(models.Model):
    _inherit = "res.company"

    @ormcache("self.id")
    def _get_clock_zone(self):
        """The time zone of its schedule: asked for each letter, and in memory until a
        schedule changes."""
        return self.resource_calendar_id.tz or "UTC"
