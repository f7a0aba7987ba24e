# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.audiomania_routing.models.policy.again.causes import Cause


class HrAttendance(models.Model):
    """Who checks out leaves what is reserved for him to his team (rule 4)."""

    _name = "hr.attendance"
    _inherit = ["routing.again.source", "hr.attendance"]

    _again_fields = frozenset(["check_in", "check_out", "employee_id"])

    def _note_again(self):
        # sudo: hr.employee: whose it is, whoever checks him in or out
        users = self.sudo().employee_id.user_id
        self.env["routing.again"]._note_staff(users, Cause.ABSENCE)
