# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .helpdesk_ticket_live import QUEUE, SUPERVISORS


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_queue_channels(self):
        """The channels by which his open lists hear that something has changed."""
        self.ensure_one()
        scope = self._get_routing_scope()
        # sudo: helpdesk.ticket.team: ids of channels only
        teams = self.env["helpdesk.ticket.team"].sudo()
        supervised = list(teams.browse(scope.supervised))
        if self._is_routing_manager():
            # sudo: res.users: in which companies he works
            supervised += self.sudo().company_ids
        heard = [self, *teams.browse(scope.teams), *self._get_clock_places()]
        return [
            *((place, QUEUE) for place in heard),
            *((place, SUPERVISORS) for place in supervised),
        ]
