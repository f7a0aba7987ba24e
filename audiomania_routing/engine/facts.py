# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the engine is told. Moments are naive datetimes in UTC; ids are opaque."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from .worktime import Interval


class Away(str, Enum):
    """Why an employee cannot be asked now."""

    OFF_HOURS = "off_hours"
    """Outside of his working schedule; he is back by himself."""
    LEAVE = "leave"
    """On leave during what would be his working time."""
    NO_ACCESS = "no_access"
    """He has no right to work with conversations."""
    ARCHIVED = "archived"
    """He left, or never had an account."""


@dataclass(frozen=True)
class Inquiry:
    """One message of a customer.

    :param named: the employees named in its addresses, in the order of the letter
        (To before Cc)
    :param continues: who has taken the conversation that it continues
    """

    id: int
    named: tuple[int, ...] = ()
    continues: int | None = None
    extra: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def addressed(self) -> tuple[int, ...]:
        """To whom it is addressed: the assignee first (rule 12), then by name.

        >>> Inquiry(1, named=(7, 8), continues=8).addressed
        (8, 7)
        """
        first = () if self.continues is None else (self.continues,)
        return tuple(dict.fromkeys(first + self.named))


@dataclass(frozen=True)
class Customer:
    """Who wrote: the segment of his orders and the team that serves it."""

    audience_id: int | None = None
    audience_team_id: int | None = None
    extra: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Employee:
    """One who may be asked, as he is at the moment of deciding.

    :param team_ids: his teams, the one that speaks for him first
    :param away: why he cannot be asked now; None: he is at work
    :param at_work_until: the end of his working day or the beginning of his absence;
        None while he is at work: nothing is known to end it
    :param back_at: when he is expected back, if he is away and it is known
    :param hours: his working time from now on, sorted and without overlaps
    :param handled: the share of this customer's decayed orders that he handled, 0 to 1
    :param extra: facts of other addons by name
    """

    id: int
    team_ids: tuple[int, ...] = ()
    away: Away | None = None
    at_work_until: datetime | None = None
    back_at: datetime | None = None
    hours: tuple[Interval, ...] = ()
    handled: float = 0.0
    extra: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def at_work(self) -> bool:
        return self.away is None

    @property
    def can_act(self) -> bool:
        """He works today or returns with his schedule: the hours count for him.

        >>> [Employee(1, away=why).can_act for why in (Away.OFF_HOURS, Away.LEAVE)]
        [True, False]
        """
        return self.away in (None, Away.OFF_HOURS)


@dataclass(frozen=True)
class Case:
    """Everything that is known about one inquiry."""

    inquiry: Inquiry
    customer: Customer
    staff: tuple[Employee, ...]
