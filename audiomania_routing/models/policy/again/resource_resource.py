# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause

WATCHED = {"active", "calendar_id", "company_id", "tz", "user_id"}


class ResourceResource(models.Model):
    """An employee leaves, or works by another schedule: what an employee's form says
    of it is written here."""

    _inherit = "resource.resource"

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        # sudo: resource.resource: whose it is, whoever changes it
        users = self.sudo().user_id
        result = super().write(vals)
        # sudo: resource.resource: whose it is now
        users |= self.sudo().user_id
        left = "active" in vals or "user_id" in vals
        self.env["routing.again"]._note_staff(
            users, Cause.EMPLOYEE if left else Cause.SCHEDULE
        )
        return result
