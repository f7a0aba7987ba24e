# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause


class ResourceCalendar(models.Model):
    """Whoever works by this schedule works at other times now."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if self._get_schedule_fields() & vals.keys():
            self._note_again()
        return result

    def _note_again(self):
        """A schedule of no company may be anybody's."""
        self.env["routing.again"]._note(
            Cause.SCHEDULE,
            everything=any(not calendar.company_id for calendar in self),
            companies=self.company_id.ids,
        )
