# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass, field

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import ormcache

HELP_DESK = "helpdesk_mgmt.group_helpdesk_user_own"


@dataclass(frozen=True)
class Desk:
    """Who works with the conversations of one company now, as ids.

    :param users: employees who are active, belong to the company and may work with
        conversations
    :param teams: active teams in which one of them is
    :param departments: those of teams in which one of them is, or that one leads
    :param supervised: teams that one of them leads, and the teams below those
    :param strangers: members of teams who do not belong to the company
    :param department_of: {active team: its department}
    """

    users: frozenset = frozenset()
    teams: frozenset = frozenset()
    departments: frozenset = frozenset()
    supervised: frozenset = frozenset()
    strangers: frozenset = frozenset()
    department_of: dict = field(default_factory=dict, hash=False)

    def sees_team(self, *team_ids):
        return not self.teams.isdisjoint(team_ids)

    def supervises(self, *team_ids):
        return not self.supervised.isdisjoint(team_ids)

    def sees_department(self, department_id):
        """What has no department is everybody's."""
        if not department_id:
            return bool(self.users)
        return department_id in self.departments

    def get_seen_domain(self):
        """What one of them sees, now or from a moment on, as record rules let him.

        Taken: its assignee or a leader. Helpdesk managers see everything and are not
        counted: what waits for nobody but them is nobody's work.
        """
        supervised = Domain("team_id", "in", self.supervised) | Domain(
            "addressee_team_id", "in", self.supervised
        )
        department = Domain("department_id", "in", self.departments)
        if self.users:
            department |= Domain("department_id", "=", False)
        team = Domain("team_id", "in", self.teams) | Domain(
            "addressee_team_id", "in", self.teams
        )
        waiting = Domain.OR(
            [
                Domain("addressee_id", "in", self.users),
                Domain("team_visible_from", "!=", False) & team,
                Domain("department_visible_from", "!=", False) & department,
                supervised,
            ]
        )
        untaken = Domain("user_id", "=", False)
        return Domain("user_id", "in", self.users) | (untaken & waiting)


class HelpdeskTicketTeam(models.Model):
    """Who is there at all: asked for each decision, changed a few times in a year."""

    _inherit = "helpdesk.ticket.team"

    @api.model
    @ormcache("company_id")
    def _get_desk(self, company_id):
        """The :class:`Desk` of a company; the cache ends with each change of users,
        of their rights and of teams."""
        # sudo: res.users, helpdesk.ticket.team: only ids leave, whoever decides
        group = self.sudo().with_context(active_test=True).env.ref(HELP_DESK)
        users = group.env["res.users"].search(
            [
                ("share", "=", False),
                ("company_ids", "in", [company_id]),
                ("all_group_ids", "in", group.ids),
            ]
        )
        teams = group.env["helpdesk.ticket.team"].search([])
        manned = teams.filtered(lambda team: team.user_ids & users)
        led = teams.filtered(lambda team: team.user_id in users)
        supervised = teams.search([("id", "child_of", led.ids)])
        strangers = teams.user_ids.filtered(
            lambda user: company_id not in user.company_ids.ids
        )
        return Desk(
            users=frozenset(users.ids),
            teams=frozenset(manned.ids),
            departments=frozenset((manned | led).department_id.ids),
            supervised=frozenset(supervised.ids),
            strangers=frozenset(strangers.ids),
            department_of={team.id: team.department_id.id for team in teams},
        )
