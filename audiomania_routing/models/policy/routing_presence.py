# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from pytz import timezone, utc

from odoo import api, models

from ...engine.facts import Away
from ...engine.worktime import since, subtract, working_day
from .resource_calendar import HORIZON


class RoutingFacts(models.AbstractModel):
    """Who is at work, until when, and when he works from now on.

    The schedule is that of the employee; who has none, or a flexible one, has the
    company's. Leaves, public holidays and archiving take it away.
    """

    _inherit = "routing.facts"

    @api.model
    def _employee_facts_presence(self, batch):
        """At work now and until when, or why not; his hours of the coming weeks."""
        users = self.env["res.users"].with_context(active_test=False)
        users = users.browse(batch.user_ids)
        found = {key: {"away": Away.ARCHIVED} for key in batch.employees if key < 0}
        able = self._get_users_with_access(users)
        people = self._get_employee_by_user(users)
        schedules = self._get_schedules(users, people, batch.now)
        for user in users:
            values = self._describe_presence(schedules[user], batch.now)
            if not user.active or user in people and not people[user].active:
                values = {"away": Away.ARCHIVED}
            elif user not in able:
                values = {"away": Away.NO_ACCESS}
            found[user.id] = values
        return found

    @api.model
    def _get_users_with_access(self, users):
        """Who may work with conversations at all."""
        return users.filtered(
            lambda user: user._has_group("helpdesk_mgmt.group_helpdesk_user_own")
        )

    @api.model
    def _get_employee_by_user(self, users):
        """{user: his employee}: a present one before an archived one."""
        employees = self.env["hr.employee"].with_context(active_test=False)
        found = {}
        for employee in employees.search(
            [("user_id", "in", users.ids)], order="active DESC, id"
        ):
            found.setdefault(employee.user_id, employee)
        return found

    @api.model
    def _describe_presence(self, schedule, now):
        """The facts that follow from a schedule, his leaves and public holidays."""
        attendances, leaves, holidays = schedule
        hours = since(subtract(attendances, [*leaves, *holidays]), now)
        day = working_day(attendances, [*leaves, *holidays], now)
        if day:
            return {"at_work_until": day[1], "hours": hours}
        expected = since(subtract(attendances, holidays), now)
        away = Away.OFF_HOURS if hours[:1] == expected[:1] else Away.LEAVE
        back_at = hours[0][0] if hours else None
        return {"away": away, "back_at": back_at, "hours": hours}

    @api.model
    def _get_schedules(self, users, people, now):
        """{user: (attendances, leaves, public holidays)} as intervals of the engine."""
        start, end = (utc.localize(now + add) for add in (-timedelta(days=1), HORIZON))
        kinds = self._get_calendars(users, people, now)
        attendances = {
            (calendar, zone): calendar._get_hours_from(now.date(), zone.zone)
            for calendar, zone in set(kinds.values())
            if calendar
        }
        leaves, holidays = self._get_leaves(people, start, end)
        always = [(now - timedelta(days=1), now + HORIZON)]
        return {
            user: (
                attendances.get(kinds[user], always),
                leaves[people[user].resource_id.id] if user in people else [],
                _filter_holidays(
                    holidays, kinds[user][0], people.get(user, user).company_id
                ),
            )
            for user in users
        }

    @api.model
    def _get_calendars(self, users, people, now):
        """{user: (calendar, time zone)}: his own, unless it is flexible."""
        resources = self.env["resource.resource"].union(
            *(employee.resource_id for employee in people.values())
        )
        own = resources._get_calendar_at(utc.localize(now), utc)
        found = {}
        for user in users:
            resource = (
                people[user].resource_id if user in people else resources.browse()
            )
            calendar = own.get(resource) or resource.calendar_id.browse()
            if not calendar or calendar.flexible_hours:
                company = resource.company_id or user.company_id
                calendar = company.resource_calendar_id
            zone = resource.tz or user.tz or calendar.tz or "UTC"
            found[user] = (calendar, timezone(zone))
        return found

    @api.model
    def _get_leaves(self, people, start, end):
        """Leaves by resource, and public holidays with their calendar and company."""
        resource_ids = [employee.resource_id.id for employee in people.values()]
        found = self.env["resource.calendar.leaves"].search(
            [
                ("time_type", "=", "leave"),
                ("resource_id", "in", [False, *resource_ids]),
                ("date_from", "<=", end.replace(tzinfo=None)),
                ("date_to", ">=", start.replace(tzinfo=None)),
            ]
        )
        leaves, holidays = defaultdict(list), []
        for leave in found:
            interval = (leave.date_from, leave.date_to)
            if leave.resource_id:
                leaves[leave.resource_id.id].append(interval)
            else:
                calendar_id, company_id = leave.calendar_id.id, leave.company_id.id
                holidays.append((calendar_id, company_id, interval))
        return leaves, holidays


def _filter_holidays(holidays, calendar, company):
    """Those of this calendar, and those that his company has on every calendar."""
    return [
        interval
        for calendar_id, company_id, interval in holidays
        if calendar_id in (False, calendar.id) and company_id in (False, company.id)
    ]
