# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.audiomania_routing.models.policy.again.causes import Cause

WATCHED = {"check_in", "check_out", "employee_id"}


class HrAttendance(models.Model):
    """Who checks out leaves what is reserved for him to his team (rule 4)."""

    _inherit = "hr.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances._note_again()
        return attendances

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
        # sudo: hr.employee: whose it is, whoever checks him in or out
        users = self.sudo().employee_id.user_id
        self.env["routing.again"]._note_staff(users, Cause.ABSENCE)
