# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from pytz import UTC, timezone

from odoo import api, models

# How far ahead the end of an absence is looked for.
HORIZON = timedelta(days=366)
# Times off that are further apart are two absences.
GAP = timedelta(days=14)


class AlertPresence(models.AbstractModel):
    """Absent is who has time off in his working schedule; the night, the weekend and
    a lunch are no absence."""

    _inherit = "alert.presence"

    @api.model
    def _get_employees(self, users):
        """The employees of these users, each user's first by id."""
        # sudo: hr.employee: whoever causes an alert need not read employees
        employees = self.env["hr.employee"].sudo()
        employees = employees.search_fetch(
            [("user_id", "in", users.ids)],
            ["alert_substitute_id", "resource_id", "user_id"],
            order="id",
        )
        return {user: mine[0] for user, mine in employees.grouped("user_id").items()}

    @api.model
    def _get_absent_users(self, users, now):
        absent = super()._get_absent_users(users, now)
        employees = self._get_employees(users)
        leaves = self._get_leaves(employees.values(), now)
        for user, employee in employees.items():
            back = self._get_return(employee, leaves[employee.resource_id.id], now)
            if back:
                # The environment of who asks, not that of the employee.
                absent[self.env["res.users"].browse(user.id)] = back
        return absent

    @api.model
    def _get_leaves(self, employees, now):
        """Times off (from, to) by resource id, those that are not over."""
        domain = [
            ("resource_id", "in", [one.resource_id.id for one in employees]),
            ("time_type", "=", "leave"),
            ("date_from", "<=", now + HORIZON),
            ("date_to", ">", now),
        ]
        # sudo: resource.calendar.leaves: nor the times off of those who get it
        found = self.env["resource.calendar.leaves"].sudo()
        leaves = defaultdict(list)
        for leave in found.search(domain, order="date_from, id"):
            leaves[leave.resource_id.id].append((leave.date_from, leave.date_to))
        return leaves

    @api.model
    def _get_return(self, employee, leaves, now):
        """When this employee is back, or None if he is there now. Times off with no
        working time between them are one absence."""
        back = None
        for start, end in leaves:
            if start <= now or (back and self._is_free(employee, back, start)):
                back = max(back or end, end)
        return back

    @api.model
    def _is_free(self, employee, start, end):
        """Whether there is no working time in between."""
        if start >= end:
            return True
        calendar = employee.resource_calendar_id
        if not calendar or end - start > GAP:
            return False
        return not calendar.get_work_hours_count(start, end)

    @api.model
    def _get_substitutes(self, users):
        substitutes = super()._get_substitutes(users)
        for user, employee in self._get_employees(users).items():
            instead = employee.alert_substitute_id.user_id
            if instead.active and not instead.share:
                browse = self.env["res.users"].browse
                substitutes[browse(user.id)] = browse(instead.id)
        return substitutes

    @api.model
    def _plan_working(self, user, start, number, unit):
        employee = self._get_employees(user).get(user)
        calendar = employee and employee.resource_calendar_id
        if not calendar:
            return super()._plan_working(user, start, number, unit)
        hours = number
        if unit == "minutes":
            hours = number / 60
        elif unit == "days":
            hours = number * calendar.hours_per_day
        moment = calendar.plan_hours(
            hours, start, compute_leaves=True, resource=employee.resource_id
        )
        return moment or super()._plan_working(user, start, number, unit)

    @api.model
    def _find_morning(self, user, now):
        """The start of his next working day, if it begins within a fortnight."""
        morning = super()._find_morning(user, now)
        employee = self._get_employees(user).get(user)
        calendar = employee and employee.resource_calendar_id
        if not calendar:
            return morning
        resource = employee.resource_id
        local = now.replace(tzinfo=UTC).astimezone(timezone(resource.tz or "UTC"))
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        start = midnight + timedelta(days=1)
        intervals = calendar._work_intervals_batch(
            start, start + GAP, resources=resource
        )[resource.id]
        for begin, _end, _attendances in intervals:
            return begin.astimezone(UTC).replace(tzinfo=None)
        return morning
