# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResourceCalendarAttendance(models.Model):
    """Hours of work are worked out once a day, until a schedule changes."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "routing.memory.mixin"]
