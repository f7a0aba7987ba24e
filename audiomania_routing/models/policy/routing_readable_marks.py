# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class RoutingFacts(models.AbstractModel):
    """Who may read what customers gave whom."""

    _inherit = "routing.facts"

    @api.model
    def _get_readable_marks(self, decision):
        """Of whom of the staff of a decision the present user may read the marks.

        Helpdesk managers of everybody; supervisors of the members of their teams and of
        the teams below; an employee his own, where the policy shows them to him.
        """
        user = self.env.user
        staff = frozenset(each.id for each in decision.facts.staff)
        if user._is_routing_manager():
            return staff
        readable = self._get_supervised(user)
        if self._shows_own_marks(user):
            readable.add(user.id)
        return staff & readable

    @api.model
    def _get_supervised(self, user):
        """Ids of the members of the teams that he supervises, without himself."""
        teams = set(user._get_routing_scope().supervised)
        places = self.env["helpdesk.ticket.team"]._get_places()
        members = {
            key for place in places if place.id in teams for key in place.user_ids
        }
        return members - {user.id}

    @api.model
    def _shows_own_marks(self, user):
        """As the policy of his own team says, the one that speaks for him first."""
        teams = self.env["helpdesk.ticket.team"]
        mine = [one.id for one in teams._get_places() if user.id in one.user_ids]
        team = teams.browse(mine[:1])
        policies = self.env["routing.policy"]
        return policies._get_rules(user.company_id, team).show_own_marks
