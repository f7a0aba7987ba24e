# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Working time as data: sorted tuples of (start, end), end excluded.

>>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
>>> with_lunch = ((day[9], day[12]), (day[13], day[18]))
>>> after_working_time(day[11], timedelta(hours=2), with_lunch)
datetime.datetime(2025, 3, 3, 14, 0)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

Interval = tuple[datetime, datetime]

LONGEST_BREAK = timedelta(hours=2)
"""A longer gap between two parts of a schedule is no lunch: he goes home."""


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The time that any of the intervals covers.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> union([(day[13], day[18]), (day[9], day[14])]) == ((day[9], day[18]),)
    True
    """
    return _join(intervals, timedelta(0))


def subtract(
    intervals: Iterable[Interval], holes: Iterable[Interval]
) -> tuple[Interval, ...]:
    """What is left of the intervals outside of the holes.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> subtract([(day[9], day[18])], [(day[12], day[13])]) == (
    ...     (day[9], day[12]), (day[13], day[18]))
    True
    """
    left = list(union(intervals))
    for hole in holes:
        left = [piece for interval in left for piece in _cut(interval, hole)]
    return tuple(left)


def since(intervals: Iterable[Interval], moment: datetime) -> tuple[Interval, ...]:
    """The part of the intervals that is not yet past.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> since([(day[1], day[2]), (day[9], day[18])], day[12]) == ((day[12], day[18]),)
    True
    """
    return tuple((max(start, moment), end) for start, end in intervals if end > moment)


def measure(
    intervals: Sequence[Interval], pairs: Iterable[Interval]
) -> dict[Interval, timedelta]:
    """How much of each pair the intervals cover: they are in order, and apart.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> pair = (day[11], day[15])
    >>> measure([(day[9], day[12]), (day[13], day[18])], [pair])[pair]
    datetime.timedelta(seconds=10800)
    """
    starts = [start for start, _end in intervals]
    sums = list(
        accumulate((end - start for start, end in intervals), initial=timedelta(0))
    )

    def before(moment: datetime) -> timedelta:
        index = bisect_right(starts, moment)
        if not index:
            return timedelta(0)
        start, end = intervals[index - 1]
        return sums[index - 1] + min(moment, end) - start

    return {
        pair: max(before(pair[1]) - before(pair[0]), timedelta(0)) for pair in pairs
    }


def after_working_time(
    start: datetime, duration: timedelta, *schedules: Sequence[Interval]
) -> datetime:
    """The moment when anybody has worked for so long since start.

    Where the known working time ends before that, its end; where there is none, start.
    No further is read than is needed: weeks of many employees may be given.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> after_working_time(
    ...     day[11], timedelta(hours=2), [(day[9], day[12])], [(day[14], day[18])])
    datetime.datetime(2025, 3, 3, 15, 0)
    """
    moment, left = start, duration
    while parts := _next_parts(moment, moment + left, schedules):
        moment = max(moment, min(parts)[0])
        reach = max(end for begin, end in parts if begin <= moment)
        if reach - moment >= left:
            return moment + left
        moment, left = reach, left - (reach - moment)
    return moment


def _next_parts(
    moment: datetime, goal: datetime, schedules: Iterable[Sequence[Interval]]
) -> list[Interval]:
    """The first part of each that is not past; one alone, if it goes on to the goal."""
    parts = []
    for schedule in schedules:
        for part in schedule:
            if part[1] > moment:
                if part[1] >= goal and part[0] <= moment:
                    return [part]
                parts.append(part)
                break
    return parts


def working_day(
    schedule: Iterable[Interval], absences: Iterable[Interval], now: datetime
) -> Interval | None:
    """The part of his working day around now: lunch belongs to it, an absence ends it.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> schedule = [(day[9], day[12]), (day[13], day[18])]
    >>> working_day(schedule, [], day[12]) == (day[9], day[18])
    True
    >>> working_day(schedule, [(day[16], day[20])], day[12]) == (day[9], day[16])
    True
    >>> working_day(schedule, [(day[13], day[20])], day[12]) is None
    True
    """
    worked = subtract(schedule, absences)
    for start, end in subtract(_join(schedule, LONGEST_BREAK), absences):
        parts = [part for part in worked if start <= part[0] and part[1] <= end]
        if parts and parts[0][0] <= now < parts[-1][1]:
            return parts[0][0], parts[-1][1]
    return None


def _join(intervals: Iterable[Interval], gap: timedelta) -> tuple[Interval, ...]:
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _cut(interval: Interval, hole: Interval) -> list[Interval]:
    start, end = interval
    before = (start, min(end, hole[0]))
    after = (max(start, hole[1]), end)
    if hole[0] >= hole[1]:
        return [interval]
    return [piece for piece in (before, after) if piece[0] < piece[1]]
