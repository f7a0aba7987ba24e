# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause

WATCHED = {"active", "calendar_id", "company_id", "tz", "user_id"}


class ResourceResource(models.Model):
    """An employee leaves, or works by another schedule: what an employee's form says
    of it is written here."""

    _inherit = "resource.resource"

    def write(self, vals):
        # sudo: resource.resource: whose it is, whoever changes it
        changed = self.sudo()._filter_changed(vals)
        if not changed:
            return super().write(vals)
        users = changed.user_id
        result = super().write(vals)
        users |= changed.user_id
        left = "active" in vals or "user_id" in vals
        self.env["routing.again"]._note_staff(
            users, Cause.EMPLOYEE if left else Cause.SCHEDULE
        )
        return result

    def _filter_changed(self, vals):
        """Those of which these values say something new: Odoo writes an employee's
        time zone again when he signs in for the first time."""
        names = WATCHED & vals.keys()
        return self.filtered(
            lambda one: any(
                self._fields[name].convert_to_write(one[name], one) != vals[name]
                for name in names
            )
        )
