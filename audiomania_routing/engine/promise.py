# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a promised answer comes back to who promised it (rule 17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from .worktime import Interval


def back_at(
    until: datetime, before: timedelta, hours: Sequence[Interval], now: datetime
) -> datetime | None:
    """The moment when so much of his working time is left until then.

    None where less than that is left from now on: nobody is reminded of what he has
    just promised.

    :param hours: when he works, sorted; of whom nothing is known plain time counts

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> hours = [(day[9], day[12]), (day[13], day[18])]
    >>> back_at(day[14], timedelta(hours=2), hours, day[9])
    datetime.datetime(2025, 3, 3, 11, 0)
    >>> back_at(day[10], timedelta(hours=2), hours, day[9])
    """
    left = before
    for start, end in reversed(hours or [(now, until)]):
        worked = min(end, until) - max(start, now)
        if worked <= timedelta(0):
            continue
        if worked >= left:
            moment = (min(end, until) - left).replace(microsecond=0)
            return moment if moment > now else None
        left -= worked
    return None


def next_days(
    hours: Sequence[Interval], now: datetime, offset: timedelta
) -> list[Interval]:
    """The working days to come, each from its first to its last working moment.

    A day is one of the clock that shows ``offset`` more than these moments.

    >>> at = [datetime(2025, 3, 3) + timedelta(hours=hour) for hour in range(48)]
    >>> hours = [(at[9], at[12]), (at[13], at[18]), (at[33], at[42])]
    >>> next_days(hours, at[10], timedelta(0)) == [(at[9], at[18]), (at[33], at[42])]
    True
    """
    days: dict[object, Interval] = {}
    for start, end in hours:
        if end > now:
            day = (start + offset).date()
            first = days.get(day, (start, end))[0]
            days[day] = (first, end)
    # Lunch may be over: the day has begun in the morning all the same.
    for start, end in hours:
        day = (start + offset).date()
        if day in days:
            days[day] = (min(days[day][0], start), max(days[day][1], end))
    return [days[day] for day in sorted(days, key=str)]
