# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import api, models
from odoo.tools import ormcache

HORIZON = timedelta(days=21)
"""How far schedules are read: longer than any row of public holidays."""

MARGIN = timedelta(days=2)
"""Beyond it, so that a working day that has begun is whole in every time zone."""


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @ormcache("self.id", "day", "zone")
    def _get_hours_from(self, day, zone):
        """The attendances around the three weeks from that day on, without leaves, as
        pairs of moments in UTC: worked out once a day, not for each letter."""
        start = utc.localize(datetime.combine(day, time.min) - MARGIN)
        end = start + MARGIN + HORIZON + MARGIN
        found = self._attendance_intervals_batch(start, end, tz=timezone(zone))
        return tuple(
            (_to_naive(since), _to_naive(until)) for since, until, _ in found[False]
        )

    @api.model
    def _get_schedule_fields(self):
        """The fields whose change changes when somebody works."""
        return {
            "attendance_ids",
            "flexible_hours",
            "hours_per_day",
            "schedule_type",
            "two_weeks_calendar",
            "tz",
        }

    def write(self, vals):
        result = super().write(vals)
        if self._get_schedule_fields() & vals.keys():
            self.env.registry.clear_cache()
        return result


def _to_naive(moment):
    """Naive UTC; the last microsecond of a day is the beginning of the next one."""
    moment = moment.astimezone(utc).replace(tzinfo=None)
    if moment.microsecond:
        moment += timedelta(seconds=1) - timedelta(microseconds=moment.microsecond)
    return moment
