# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from .causes import Cause

WATCHED = {"active", "company_id", "parent_id", "user_id", "user_ids"}
"""What changes who is on a rung, or who leads."""


class HelpdeskTicketTeam(models.Model):
    """A team that loses its last member, its leader or its department."""

    _inherit = "helpdesk.ticket.team"

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams._note_again()
        return teams

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        self._note_again()
        result = super().write(vals)
        self._note_again()
        return result

    def unlink(self):
        """Its conversations are of no team then; those of its department rest on it,
        too."""
        self._note_again()
        for team in self:
            mine = Domain("team_id", "=", team.id)
            mine |= Domain("addressee_team_id", "=", team.id)
            self.env["routing.again"]._note_found(Cause.TEAM, team.name, mine)
        return super().unlink()

    def _note_again(self):
        for team in self:
            again = self.env["routing.again"]
            again._note_teams(team, Cause.TEAM, team.name)
