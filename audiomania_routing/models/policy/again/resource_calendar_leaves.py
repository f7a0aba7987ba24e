# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..resource_calendar import HORIZON
from .causes import Cause

WATCHED = {"calendar_id", "company_id", "date_from", "date_to", "resource_id"} | {
    "time_type"
}


class ResourceCalendarLeaves(models.Model):
    """An employee goes on leave, or comes back; a day becomes a public holiday."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._note_again()
        return leaves

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        self._note_again()
        result = super().write(vals)
        self._note_again()
        return result

    def unlink(self):
        self._note_again()
        return super().unlink()

    def _note_again(self):
        """What is over, or further away than schedules are read, changes nothing."""
        now = fields.Datetime.now()
        again = self.env["routing.again"]
        # sudo: resource.calendar.leaves: whose it is, whoever enters it
        for leave in self.sudo():
            near = leave.date_to > now and leave.date_from < now + HORIZON
            if not near or leave.time_type != "leave":
                continue
            if leave.resource_id:
                again._note_staff(leave.resource_id.user_id, Cause.ABSENCE)
            else:
                company = leave.company_id or leave.calendar_id.company_id
                again._note(
                    Cause.HOLIDAY, everything=not company, companies=company.ids
                )
