# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause
from .helpdesk_ticket_team_desk import HELP_DESK

WATCHED = {"user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Who works with conversations changes from the side of the group, too."""

    _inherit = "res.groups"

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        before = self._get_help_desk_ids()
        result = super().write(vals)
        self.env.flush_all()
        changed = before ^ self._get_help_desk_ids()
        if changed:
            self.env.registry.clear_cache()
            users = self.env["res.users"].browse(sorted(changed))
            self.env["routing.again"]._note_staff(users, Cause.RIGHTS)
        return result

    def _get_help_desk_ids(self):
        """Those who work with conversations, through other groups too."""
        # sudo: res.users, res.groups: who has which right, whoever changes it
        users = self.env["res.users"].sudo().with_context(active_test=True)
        help_desk = users.env.ref(HELP_DESK, raise_if_not_found=False)
        if not help_desk:
            return set()
        return set(users.search([("all_group_ids", "in", help_desk.ids)]).ids)
