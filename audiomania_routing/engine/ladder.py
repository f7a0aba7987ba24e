# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rule 7: he alone, then the team, then the department, each from its moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .facts import Employee
from .policy import Policy
from .worktime import after_working_time, union


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


def climb(
    now: datetime,
    addressee: Employee | None,
    team: Sequence[Employee] | None,
    department: Sequence[Employee],
    policy: Policy,
) -> Ladder:
    """The moments of an inquiry that is decided now.

    :param team: the members of the team rung; None: there is no team rung, because the
        audience is unknown
    """
    window = window_end(now, addressee, policy) if addressee else None
    first = window or now
    below = first if team is None else next_rung(first, policy.team_delay, team)
    return Ladder(
        exclusive_until=window,
        team_visible_from=None if team is None else first,
        department_visible_from=below,
        supervisors_alerted_from=next_rung(below, policy.department_delay, department),
    )


def window_end(now: datetime, addressee: Employee, policy: Policy) -> datetime:
    """Rule 4: plain time, cut short by the end of his working day or his absence."""
    end = now + policy.exclusive_window
    return min(end, addressee.at_work_until or end)


def next_rung(
    start: datetime, delay: timedelta, members: Sequence[Employee]
) -> datetime:
    """When the next rung follows: after working time of those who can act.

    Where nobody can, it follows at once.
    """
    hours = union(part for each in members if each.can_act for part in each.hours)
    return after_working_time(start, delay, hours)
