# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Moments of an employee's day, as UTC without a zone, as Odoo stores them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def find_next(now, tz, hour):
    """The next time that clocks in ``tz`` show ``hour``.

    >>> find_next(datetime(2026, 3, 2, 5), "Europe/Moscow", 9)
    datetime.datetime(2026, 3, 2, 6, 0)
    >>> find_next(datetime(2026, 3, 2, 6), "Europe/Moscow", 9)
    datetime.datetime(2026, 3, 3, 6, 0)
    """
    zone = ZoneInfo(tz or "UTC")
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    moments = (at_hour(today + timedelta(days=days), zone, hour) for days in (0, 1))
    return next(moment for moment in moments if moment > now)


def find_tomorrow(now, tz, hour):
    """That hour of tomorrow, as clocks in ``tz`` show it.

    >>> find_tomorrow(datetime(2026, 3, 2, 22), "Europe/Moscow", 9)
    datetime.datetime(2026, 3, 4, 6, 0)
    """
    zone = ZoneInfo(tz or "UTC")
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    return at_hour(today + timedelta(days=1), zone, hour)


def at_hour(day, zone, hour):
    """That hour of a day in a zone, as UTC."""
    local = datetime.combine(day, time(hour), zone)
    return local.astimezone(UTC).replace(tzinfo=None)
