# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from .causes import Cause

WATCHED = {
    "active",
    "company_ids",
    "group_ids",
    "helpdesk_team_ids",
    "manual_im_status",
    "tz",
}
"""What changes whether and where he can answer."""


class ResUsers(models.Model):
    """An employee leaves, loses or gets a right, a company or a team."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        for user, vals in zip(users, vals_list, strict=True):
            self._clear_desk(vals)
            if vals.get("helpdesk_team_ids"):
                self.env["routing.again"]._note_staff(user, Cause.EMPLOYEE)
        return users

    def write(self, vals):
        watched = WATCHED & vals.keys()
        concerned = self._filter_without_clock() if watched == {"tz"} else self
        if not watched or not concerned:
            return super().write(vals)
        self.env["routing.again"]._note_staff(concerned, Cause.EMPLOYEE)
        result = super().write(vals)
        self._clear_desk(vals)
        self.env["routing.again"]._note_staff(concerned, Cause.EMPLOYEE)
        return result

    def _filter_without_clock(self):
        """Those whose own time zone says when they work: who is an employee works by
        that of his schedule, and Odoo sets his own at the first sign-in."""
        # sudo: resource.resource: whoever signs in
        return self.filtered(lambda user: not user.sudo().resource_ids)

    def unlink(self):
        """What he had or was asked first is nobody's then."""
        self.env["routing.again"]._note_staff(self, Cause.EMPLOYEE)
        for user in self:
            his = Domain("user_id", "=", user.id) | Domain("addressee_id", "=", user.id)
            self.env["routing.again"]._note_found(Cause.EMPLOYEE, user.name, his)
        return super().unlink()

    def _clear_desk(self, vals):
        """Who works with conversations is kept until it changes."""
        if {"company_ids", "group_ids", "helpdesk_team_ids"} & vals.keys():
            self.env.registry.clear_cache()
