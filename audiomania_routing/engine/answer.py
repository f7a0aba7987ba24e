# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Until when who has taken a conversation answers, and what follows (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .policy import Policy
from .worktime import Interval, after_working_time


@dataclass(frozen=True)
class AnswerTimes:
    """Moments of what is taken; None: never.

    :param remind_at: when the assignee is reminded
    :param due_at: from when on his team may take it
    :param supervisors_at: when the supervisors get an alert
    """

    remind_at: datetime | None = None
    due_at: datetime | None = None
    supervisors_at: datetime | None = None


def answer_times(
    taken_at: datetime, hours: Sequence[Interval], policy: Policy
) -> AnswerTimes:
    """The moments of an employee who works in these hours.

    Of whom no working time is known plain time counts.

    >>> day = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> times = answer_times(day[11], [(day[8], day[12]), (day[13], day[17])], Policy())
    >>> times.remind_at.hour, times.due_at.hour, times.supervisors_at.hour
    (12, 14, 16)
    >>> answer_times(day[11], [], Policy(answer_within=timedelta(0))).due_at
    """
    within, before = policy.answer_within, policy.remind_before
    if not within:
        return AnswerTimes()
    reminds = timedelta(0) < before < within
    return AnswerTimes(
        remind_at=_after(taken_at, within - before, hours) if reminds else None,
        due_at=_after(taken_at, within, hours),
        supervisors_at=_after(taken_at, within + policy.supervisors_after, hours),
    )


def _after(start: datetime, duration: timedelta, hours: Sequence[Interval]) -> datetime:
    """To the second: the columns have no less."""
    moment = after_working_time(start, duration, hours or [(start, start + duration)])
    return moment.replace(microsecond=0)
