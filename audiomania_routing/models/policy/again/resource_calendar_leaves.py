# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..resource_calendar import HORIZON
from .causes import Cause


class ResourceCalendarLeaves(models.Model):
    """An employee goes on leave, or comes back; a day becomes a public holiday."""

    _name = "resource.calendar.leaves"
    _inherit = ["routing.again.source", "resource.calendar.leaves"]

    _again_fields = frozenset(
        [
            "calendar_id",
            "company_id",
            "date_from",
            "date_to",
            "resource_id",
            "time_type",
        ]
    )

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
