# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import ormcache


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @ormcache("self.id", "company_id")
    def _get_public_holidays(self, company_id):
        """The public holidays of this schedule in that company, as intervals in UTC:
        kept in memory until one of them changes."""
        # sudo: resource.calendar.leaves: public ones, whoever's answer is measured
        found = self.env["resource.calendar.leaves"].sudo()
        holidays = found.search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("calendar_id", "in", [False, self.id]),
                ("company_id", "in", [False, company_id]),
            ],
            ["date_from", "date_to"],
            order="date_from, id",
        )
        return tuple((one.date_from, one.date_to) for one in holidays)
