# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import ormcache


class ResUsers(models.Model):
    _inherit = "res.users"

    @ormcache("self.id")
    def _get_led_people(self):
        """Ids of those whose sheets he reads: his own, and of who works in a team that
        he leads, or in one below it, or leads one below. The memory of it ends with
        that of the rules."""
        self.ensure_one()
        # sudo: helpdesk.ticket.team: ids, for the rules
        teams = self.env["helpdesk.ticket.team"].sudo()
        led = teams.with_context(active_test=False).browse(
            self._get_routing_scope().supervised
        )
        return tuple(sorted({self.id, *led.user_ids.ids, *led.user_id.ids}))
