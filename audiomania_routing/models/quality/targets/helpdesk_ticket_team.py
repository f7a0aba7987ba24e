# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import ormcache


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    @ormcache("self.id")
    def _get_line(self):
        """Ids of the team and of those above it, the nearest first: asked for each
        letter. The memory of it ends when a team gets another one above it."""
        # sudo: helpdesk.ticket.team: ids, whoever's letter it is
        team = self.sudo()
        return (team.id, *team.parent_id._get_line()) if team else ()
