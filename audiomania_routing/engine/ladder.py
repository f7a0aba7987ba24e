# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rule 7: he alone, then the team, then the department, each from its moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .facts import Employee
from .policy import Policy
from .worktime import after_working_time


@dataclass(frozen=True)
class Ladder:
    """From when on each rung sees the inquiry; None: there is no such rung.

    :param exclusive_until: until then only the addressee and the supervisors see it
    :param team_visible_from: from then on the team sees it
    :param department_visible_from: from then on the department sees it
    :param supervisors_alerted_from: from then on the supervisors get an alert
    """

    exclusive_until: datetime | None
    team_visible_from: datetime | None
    department_visible_from: datetime
    supervisors_alerted_from: datetime

    def window_runs(self, now: datetime) -> bool:
        return self.exclusive_until is not None and self.exclusive_until > now

    def team_sees(self, now: datetime) -> bool:
        return self.team_visible_from is not None and self.team_visible_from <= now


def climb(
    now: datetime,
    window: datetime | None,
    team: Sequence[Employee] | None,
    department: Sequence[Employee],
    policy: Policy,
) -> Ladder:
    """The moments of an inquiry that is decided now.

    :param window: the end of the exclusive window, if there is one
    :param team: the members of the team rung; None: there is no team rung, because the
        audience is unknown
    """
    first = window or now
    below = first if team is None else next_rung(first, policy.team_delay, team)
    return Ladder(
        exclusive_until=window,
        team_visible_from=None if team is None else first,
        department_visible_from=below,
        supervisors_alerted_from=next_rung(below, policy.department_delay, department),
    )


def window_end(now: datetime, addressee: Employee, longest: datetime) -> datetime:
    """Rule 4: plain time, cut short by the end of his working day or his absence."""
    return max(now, min(longest, addressee.at_work_until or longest))


def next_rung(
    start: datetime, delay: timedelta, members: Sequence[Employee]
) -> datetime:
    """When the next rung follows: after working time of those who can act.

    Where nobody can, it follows at once.
    """
    return after_working_time(
        start, delay, *(each.hours for each in members if each.can_act)
    )


def never_backwards(old: Ladder, new: Ladder, now: datetime) -> Ladder:
    """The moments of an inquiry that is decided again: who has been let in stays in.

    No moment moves back, so that deciding again and again cannot put anything off.
    Nobody gets an exclusive window that he did not have; whom the new decision gives
    none loses what is left of his.

    >>> hours = [datetime(2025, 3, 3, hour) for hour in range(24)]
    >>> old = Ladder(hours[12], hours[12], hours[14], hours[16])
    >>> new = Ladder(None, hours[11], hours[13], hours[15])
    >>> never_backwards(old, new, now=hours[11]) == Ladder(
    ...     hours[11], hours[11], hours[13], hours[15])
    True
    >>> never_backwards(new, old, now=hours[11]) == new
    True
    """
    department = min(old.department_visible_from, new.department_visible_from)
    return Ladder(
        exclusive_until=_window(old, new, now),
        team_visible_from=_team_moment(old, new, now, department),
        department_visible_from=department,
        supervisors_alerted_from=min(
            old.supervisors_alerted_from, new.supervisors_alerted_from
        ),
    )


def _window(old: Ladder, new: Ladder, now: datetime) -> datetime | None:
    if old.exclusive_until is None or old.exclusive_until <= now:
        return old.exclusive_until
    return min(old.exclusive_until, new.exclusive_until or now)


def _team_moment(
    old: Ladder, new: Ladder, now: datetime, department: datetime
) -> datetime | None:
    """A team that has not been let in is none where there is no audience any more."""
    if new.team_visible_from is None:
        return old.team_visible_from if old.team_sees(now) else None
    return min(old.team_visible_from or department, new.team_visible_from, department)
