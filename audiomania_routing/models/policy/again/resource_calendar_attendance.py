# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """An hour of work more or less is another schedule."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances.calendar_id._note_again()
        return attendances

    def write(self, vals):
        result = super().write(vals)
        self.calendar_id._note_again()
        return result

    def unlink(self):
        self.calendar_id._note_again()
        return super().unlink()
