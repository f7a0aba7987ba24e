# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

SALESPEOPLE = "helpdesk_mgmt.group_helpdesk_user_own"


class RoutingSetupStep(models.Model):
    """Who answers, for whom, and when: teams, audiences, schedules."""

    _inherit = "routing.setup.step"

    # Teams

    def _get_teams(self):
        """Those that serve customers: teams that have no other team below them."""
        teams = self.env["helpdesk.ticket.team"].search(self._get_company_domain())
        return teams - teams.parent_id

    def _check_teams(self):
        """Each team has somebody who can answer, and a leader, its own or one above."""
        teams = self._get_teams()
        if not teams:
            return False, self.env._("There is no team yet.")
        missing = []
        if empty := teams.filtered(lambda team: not self._get_able(team)):
            missing.append(
                self.env._(
                    "Without a member who may work with conversations: %(names)s",
                    names=self._list_names(empty.mapped("name")),
                )
            )
        if headless := teams.filtered(lambda team: not self._has_leader(team)):
            missing.append(
                self.env._(
                    "Without a leader: %(names)s",
                    names=self._list_names(headless.mapped("name")),
                )
            )
        names = self._list_names(teams.mapped("name"))
        return self._judge(missing, self.env._("Teams: %(names)s", names=names))

    def _get_able(self, teams):
        return teams.user_ids.filtered(lambda user: user.has_group(SALESPEOPLE))

    def _has_leader(self, team):
        above = team
        while above and not above.user_id:
            above = above.parent_id
        return bool(above)

    def _open_teams(self):
        return self._open_window("helpdesk_mgmt.helpdesk_ticket_team_action")

    # Audiences

    def _check_audiences(self):
        """At least one audience says by products whose team serves it."""
        audiences = self.env["customer.audience"].search(self._get_company_domain())
        served = audiences.filtered(
            lambda one: one.team_id and (one.category_ids or one.tag_ids)
        )
        if not audiences:
            return False, self.env._("There is no audience yet.")
        missing = []
        if not served:
            missing.append(
                self.env._("No audience has both a team and products that define it.")
            )
        names = self._list_names(served.mapped("name"))
        return self._judge(missing, self.env._("Audiences: %(names)s", names=names))

    def _open_audiences(self):
        return self.env["customer.audience.proposal"].action_propose()

    def _second_audiences(self):
        return self._open_window("audiomania_routing.customer_audience_action")

    # Schedules

    def _check_schedules(self):
        """Terms are counted in working hours: of whom, and in which zone."""
        users = self._get_able(self._get_teams())
        if not users:
            return False, self.env._("Nobody is in a team yet.")
        missing = [
            *self._find_without_schedule(users),
            *self._find_in_other_zone(users),
            *self._find_without_holidays(),
        ]
        found = self.env._("Schedules of %(count)s employees", count=len(users))
        return self._judge(missing, found)

    def _get_resources(self, users):
        """The schedules by which they work in this company, {user: resource}."""
        employees = self.env["hr.employee"].search(
            [("user_id", "in", users.ids), ("company_id", "=", self.env.company.id)]
        )
        return {employee.user_id: employee.resource_id for employee in employees}

    def _find_without_schedule(self, users):
        resources = self._get_resources(users)
        without = users.filtered(
            lambda user: user not in resources or not resources[user].calendar_id
        )
        if not without:
            return []
        names = self._list_names(without.mapped("name"))
        return [
            self.env._("Without an employee or a schedule: %(names)s", names=names),
        ]

    def _find_in_other_zone(self, users):
        """Whose schedule is in another time zone than the one in which he reads."""
        strange = [
            f"{user.name} ({resource.tz})"
            for user, resource in self._get_resources(users).items()
            if user.tz and resource.tz != user.tz
        ]
        if not strange:
            return []
        names = self._list_names(strange)
        return [
            self.env._(
                "The time zone of the schedule is not that of the user: %(names)s",
                names=names,
            )
        ]

    def _find_without_holidays(self):
        """Of this year or of those to come."""
        year = fields.Date.context_today(self).replace(month=1, day=1)
        holidays = self.env["resource.calendar.leaves"].search_count(
            [
                *self._get_company_domain(),
                ("resource_id", "=", False),
                ("date_to", ">=", year),
            ],
            limit=1,
        )
        if holidays:
            return []
        return [self.env._("No public holidays of this year are set.")]

    def _open_schedules(self):
        return self._open_class("resource.calendar", self.env._("Working schedules"))

    def _second_schedules(self):
        everybody = [("resource_id", "=", False)]
        holidays = "resource.calendar.leaves"
        return self._open_class(holidays, self.env._("Public holidays"), everybody)
