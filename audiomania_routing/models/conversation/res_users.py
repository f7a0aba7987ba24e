# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import ormcache

from ...names import PENDING, WORKED_OUT
from .ready_domain import ReadyDomain


@dataclass(frozen=True)
class Scope:
    """The ids that an employee's rules name: frozen, because rules are cached.

    :param colleagues: who works in one of his teams, or in one that he leads
    :param taking: those of them of whom he reads what they have taken
    """

    teams: tuple[int, ...]
    departments: tuple[int, ...]
    supervised: tuple[int, ...]
    colleagues: tuple[int, ...]
    taking: tuple[int, ...]


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if any("helpdesk_team_ids" in vals for vals in vals_list):
            self.env["helpdesk.ticket.team"]._forget_rights()
        return users

    def write(self, vals):
        """A membership that is changed from the employee's side counts at once."""
        result = super().write(vals)
        if "helpdesk_team_ids" in vals:
            self.env["helpdesk.ticket.team"]._forget_rights()
        return result

    @ormcache("self.id")
    def _get_routing_scope(self):
        """Teams, departments, supervised teams and colleagues of one employee.

        Asked several times for each page of a queue, and changed when teams are: the
        memory of it ends with that of the rules.
        """
        self.ensure_one()
        # sudo: helpdesk.ticket.team: only ids leave this method, for the rules
        teams = self.env["helpdesk.ticket.team"].sudo()
        member_of = teams.search([("user_ids", "in", self.ids)])
        led = teams.search([("user_id", "in", self.ids)])
        mine = member_of | led
        shown = led | member_of.filtered(lambda team: team._is_taken_shown())
        return Scope(
            teams=tuple(sorted(member_of.ids)),
            departments=tuple(sorted(mine.department_id.ids)),
            supervised=tuple(sorted(teams.search([("id", "child_of", led.ids)]).ids)),
            colleagues=self._get_people_of(mine),
            taking=self._get_people_of(shown),
        )

    def _get_people_of(self, teams):
        """Ids of these teams' members and leaders, and his own, sorted."""
        people = teams.with_context(active_test=False).user_ids | teams.user_id
        return tuple(sorted({*people.ids, self.id}))

    @ormcache("self.id")
    def _is_employee(self):
        """Asked of each cell of a page; the memory ends with that of the groups."""
        return self._has_group("base.group_user")

    def _get_clock_places(self):
        """The departments, and companies, of whose moments he hears."""
        self.ensure_one()
        # sudo: res.users: ids of channels only
        companies = self.sudo().company_ids
        teams = self.env["helpdesk.ticket.team"].sudo()
        if self._is_routing_manager():
            allowed = [("company_id", "in", [False, *companies.ids])]
            return [*teams.search(allowed).department_id, *companies]
        return [*teams.browse(self._get_routing_scope().departments), *companies]

    def _is_routing_manager(self):
        return self.has_group("helpdesk_mgmt.group_helpdesk_manager")

    def _get_team_domain(self, scope):
        """His team's conversations, or the addressee's team's when he is in it."""
        return Domain("team_id", "in", scope.teams) | Domain(
            "addressee_team_id", "in", scope.teams
        )

    def _get_supervised_domain(self, scope):
        """Leaders see what their teams and the teams below them have."""
        return Domain("team_id", "in", scope.supervised) | Domain(
            "addressee_team_id", "in", scope.supervised
        )

    def _get_department_domain(self, scope):
        """His department's; what has no department is everybody's in the help desk."""
        mine = Domain("department_id", "in", scope.departments)
        if self.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            return mine | Domain("department_id", "=", False)
        return mine

    def _get_rung_domain(self, scope):
        """On which rung of the ladder he stands, at the moment of the query (rule 8).

        'now' stays a word in the cached domain and is read at every query.
        """
        team = Domain("team_visible_from", "<=", "now") & self._get_team_domain(scope)
        department = Domain(
            "department_visible_from", "<=", "now"
        ) & self._get_department_domain(scope)
        return Domain("addressee_id", "=", self.id) | team | department

    def _get_late_domain(self, scope):
        """What colleagues have taken and not answered in time, from the second on
        (rule 11): of the team of the assignee, and of the conversation's."""
        team = self._get_team_domain(scope) | Domain("user_id", "in", scope.colleagues)
        held = Domain("user_id", "not in", [False, self.id])
        return Domain("answer_due_at", "<=", "now") & held & team

    def _get_may_take_domain(self):
        """Whom the ladder lets take a waiting conversation, taken meanwhile or not."""
        self.ensure_one()
        if self._is_routing_manager():
            return Domain.TRUE
        scope = self._get_routing_scope()
        return self._get_rung_domain(scope) | self._get_supervised_domain(scope)

    def _get_conversation_domain(self):
        """Conversations with a ladder that this employee may read (rule 14).

        Waiting: his rung. Taken: the assignee and, where the policy has it so, his
        team; not answered in time, his team in any case. Worked out: the department.
        Supervisors and helpdesk managers: always.
        """
        self.ensure_one()
        if self._is_routing_manager():
            return Domain("ladder_active", "=", True)
        scope = self._get_routing_scope()
        waiting = Domain("user_id", "=", False) & self._get_rung_domain(scope)
        taken = Domain("user_id", "in", scope.taking) | self._get_late_domain(scope)
        worked_out = self._get_department_domain(scope)
        return Domain("ladder_active", "=", True) & (
            Domain("user_id", "=", self.id)
            | self._get_supervised_domain(scope)
            | (Domain("inquiry_state", "=", PENDING) & (waiting | taken))
            | (Domain("inquiry_state", "=", WORKED_OUT) & worked_out)
        )

    def _get_conversation_grant(self):
        """What is granted beside the host's rules: what has a ladder.

        The limit says which of them, for every internal user: to ask it twice of each
        row, in SQL and again in Python, would double what a page costs.
        """
        self.ensure_one()
        if not self._is_internal():
            return self._get_conversation_domain()
        return Domain("ladder_active", "=", True)

    def _get_conversation_limit(self):
        """What the global rule leaves to this user of all conversations; it is asked
        at every query, and kept as long as the rules.

        Portal and public users keep what the host gives them; so does everybody
        where no ladder decides.
        """
        self.ensure_one()
        if not self._is_internal():
            return Domain.TRUE
        return ReadyDomain(
            self._get_undecided_domain() | self._get_conversation_domain()
        )

    def _get_undecided_domain(self):
        """Conversations without a ladder, in which the host's rules decide: hook."""
        return Domain("ladder_active", "=", False)
