# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from .causes import Cause


class HelpdeskTicketTeam(models.Model):
    """A team that loses its last member, its leader or its department."""

    _name = "helpdesk.ticket.team"
    _inherit = ["routing.again.source", "helpdesk.ticket.team"]

    _again_fields = frozenset(
        ["active", "company_id", "parent_id", "user_id", "user_ids"]
    )

    def unlink(self):
        """Its conversations are of no team then; those of its department rest on it,
        too."""
        for team in self:
            mine = Domain("team_id", "=", team.id)
            mine |= Domain("addressee_team_id", "=", team.id)
            self.env["routing.again"]._note_found(Cause.TEAM, team.name, mine)
        return super().unlink()

    def _note_again(self):
        for team in self:
            again = self.env["routing.again"]
            again._note_teams(team, Cause.TEAM, team.name)
