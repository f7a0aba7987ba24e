# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import ormcache

from ....engine.worktime import measure, subtract
from ...policy.resource_calendar import HORIZON

HOUR = timedelta(hours=1)

FIRST_BLOCK = date(1970, 1, 5)
"""A Monday. Schedules are kept in memory in parts of some weeks, which begin there."""

FURTHEST = 35
"""So many parts are looked at for a moment to come: two years."""


class HelpdeskTicketTeam(models.Model):
    """When a team works: by this its answers are measured (rule 26).

    Its own schedule, else that of the team above it, else its company's; in the time
    zone of that schedule, without public holidays. Where there is no schedule, or one
    that names no hours, time is plain time.
    """

    _inherit = "helpdesk.ticket.team"

    resource_calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working hours",
        ondelete="restrict",
        check_company=True,
        help="By these hours, without public holidays, the answers of the team are "
        "measured. Empty: by those of the team above, else by the company's.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env.registry.clear_cache()
        return result

    def _get_working_hours(self, pairs):
        """How long the team worked between two moments.

        :param pairs: (start, end) in UTC, as many as there are
        :return: ``{(start, end): hours}``; 0 where the end is not after the start

        What it needs is kept in memory: warm, it asks the database nothing.
        """
        pairs = set(pairs)
        if not pairs:
            return {}
        if schedule := self._get_working_schedule():
            start, end = min(one for one, _ in pairs), max(one for _, one in pairs)
            worked = self._get_working_time(schedule, start, end)
        else:
            worked = ((datetime.min, datetime.max),)
        return {one: past / HOUR for one, past in measure(worked, pairs).items()}

    def _plan_working_hours(self, start, hours):
        """The moment when the team has worked for so many hours since start.

        Of a schedule without work for two years the rest passes in plain time.
        """
        left, moment = timedelta(hours=hours), start
        schedule = self._get_working_schedule()
        for _each in range(FURTHEST if schedule else 0):
            until = _get_midnight(_get_block(moment.date()) + HORIZON)
            for since, end in self._get_working_time(schedule, moment, until):
                if end - since >= left > timedelta():
                    return since + left
                left -= end - since
            moment = until
            if left <= timedelta():
                return start
        return moment + left

    @ormcache("self.id", "self.env.company.id")
    def _get_working_schedule(self):
        """(id of the schedule, its time zone, id of the company), or nothing."""
        # sudo: helpdesk.ticket.team: the schedule of a team, whoever's answer it is
        team = self.sudo()
        company = team.company_id or self.env.company
        lines = [above.resource_calendar_id for above in team._list_above()]
        for calendar in (*lines, company.resource_calendar_id):
            if calendar and not calendar.flexible_hours:
                return calendar.id, calendar.tz or "UTC", company.id
        return None

    def _list_above(self):
        """The team and those above it, the nearest first."""
        return [self, *self.parent_id._list_above()] if self else []

    @api.model
    def _get_working_time(self, schedule, start, end):
        """The intervals between two moments in which there is work by this schedule."""
        calendar_id, zone, company_id = schedule
        # sudo: resource.calendar: hours, whoever's answer is measured
        calendar = self.env["resource.calendar"].sudo().browse(calendar_id)
        block, hours = _get_block(start.date()), []
        while block <= end.date():
            limits = _get_midnight(block), _get_midnight(block + HORIZON)
            hours += _clip(calendar._get_hours_from(block, zone), *limits)
            block += HORIZON
        holidays = calendar._get_public_holidays(company_id)
        return subtract(_clip(hours, start, end), _clip(holidays, start, end))


def _get_block(day):
    return FIRST_BLOCK + (day - FIRST_BLOCK) // HORIZON * HORIZON


def _get_midnight(day):
    return datetime.combine(day, time.min)


def _clip(intervals, start, end):
    """The parts of them between two moments."""
    return [
        (max(since, start), min(until, end))
        for since, until in intervals
        if since < end and until > start
    ]
