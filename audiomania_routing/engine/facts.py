# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the engine is told. Moments are naive datetimes in UTC; ids are opaque.

A share is a part from 0 to 1. What is not known has the default, and then counts
neither for nor against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from .marks import Mark, Marks
from .worktime import Interval


class Away(str, Enum):
    """Why an employee cannot be asked now."""

    OFF_HOURS = "off_hours"
    """Outside of his working schedule; he is back by himself."""
    STEPPED_OUT = "stepped_out"
    """He says that he is away, during his working time."""
    OFFLINE = "offline"
    """He was there today, and nothing has been seen of him for a while."""
    LEAVE = "leave"
    """On leave during what would be his working time."""
    NO_ACCESS = "no_access"
    """He has no right to work with conversations."""
    ARCHIVED = "archived"
    """He left, or never had an account."""


BACK_BY_HIMSELF = frozenset({Away.OFF_HOURS, Away.STEPPED_OUT, Away.OFFLINE})


@dataclass(frozen=True)
class Segment:
    """An audience in which products of the letter belong.

    :param share: which part of the products that the letter names
    """

    audience_id: int
    team_id: int | None = None
    share: float = 1.0


@dataclass(frozen=True)
class Inquiry:
    """One message of a customer.

    :param named: the employees named in its addresses, in the order of the letter
        (To before Cc)
    :param continues: who has taken the conversation that it continues
    :param document: the salesperson of the order, delivery or invoice it came on
    :param mentioned: the salespeople of those whose numbers the text names, in the
        order of the text
    :param products: the audiences of the products that it names
    :param named_products: those products themselves; told, not weighed
    :param language: the language of its text, in the way of ``Employee.languages``
    :param transferred_to: to whom a colleague has transferred it (rule 10)
    :param transferred_team: to which team, whatever the audience says
    """

    id: int
    named: tuple[int, ...] = ()
    continues: int | None = None
    document: int | None = None
    mentioned: tuple[int, ...] = ()
    products: tuple[Segment, ...] = ()
    named_products: tuple[int, ...] = ()
    language: str | None = None
    transferred_to: int | None = None
    transferred_team: int | None = None
    extra: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def addressed(self) -> tuple[int, ...]:
        """To whom it is addressed: the assignee first (rule 12), then by name.

        A transfer takes the place of both: to him, or to nobody in a team.

        >>> Inquiry(1, named=(7, 8), continues=8).addressed
        (8, 7)
        >>> Inquiry(1, named=(7, 8), continues=8, transferred_to=9).addressed
        (9,)
        >>> Inquiry(1, named=(7, 8), transferred_team=50).addressed
        ()
        """
        if self.is_transferred:
            return () if self.transferred_to is None else (self.transferred_to,)
        first = () if self.continues is None else (self.continues,)
        return tuple(dict.fromkeys(first + self.named))

    @property
    def is_transferred(self) -> bool:
        return self.transferred_to is not None or self.transferred_team is not None


@dataclass(frozen=True)
class Customer:
    """Who wrote: the segment of his orders and the team that serves it.

    :param language: the language that is kept with him
    :param open_with: who has taken other conversations of his that are open
    :param guessed: a stranger wrote; a number in the letter suggests this customer
    """

    audience_id: int | None = None
    audience_team_id: int | None = None
    language: str | None = None
    open_with: tuple[int, ...] = ()
    guessed: bool = False
    extra: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Employee:
    """One who may be asked, as he is at the moment of deciding.

    :param team_ids: his teams, the one that speaks for him first
    :param away: why he cannot be asked now; None: he is at work
    :param at_work_until: the end of his working day or the beginning of his absence;
        None while he is at work: nothing is known to end it
    :param back_at: when he is expected back, if he is away and it is known
    :param hours: his working time from now on, sorted and without overlaps. Not
        compared and not stored: the moments that follow from it are
    :param handled: the share of this customer's orders that he handled, decayed with
        ``Policy.half_life``
    :param conversed: the share of this customer's conversations that he took, decayed
        with ``Policy.conversation_half_life``
    :param conversed_lately: the same, decayed with ``Policy.recent_half_life``: nearly
        all of it is his who took the last one
    :param expertise: his share of the matters of this kind (type, category, channel),
        whoever asked, decayed with ``Policy.conversation_half_life``
    :param workshare: his share of everything that was taken, decayed with
        ``Policy.recent_half_life``
    :param last_active_at: when he last did anything, where no schedule tells whether
        he is at work; None: not known, or a schedule tells
    :param mark: the latest counted mark that this customer gave him
    :param marks: what all customers gave him
    :param open_inquiries: the pending inquiries that he has taken, or is asked alone
    :param unanswered: of what was his alone lately (taken, or in his exclusive window)
        the share that ran out without an answer, or that was taken away from him;
        decayed with ``Policy.recent_half_life``
    :param limit: with so many he has no room for more; None: ``Policy.limit``
    :param languages: those he speaks; empty: not known
    :param substitute_for: in whose absence he stands in now, whose directly first;
        through others too
    :param excluded: the inquiry is not for him on any rung, because it is about him
    :param extra: facts of other addons by name
    """

    id: int
    team_ids: tuple[int, ...] = ()
    away: Away | None = None
    at_work_until: datetime | None = None
    back_at: datetime | None = None
    hours: tuple[Interval, ...] = field(default=(), compare=False)
    handled: float = 0.0
    conversed: float = 0.0
    conversed_lately: float = 0.0
    expertise: float = 0.0
    workshare: float = 0.0
    last_active_at: datetime | None = None
    mark: Mark | None = None
    marks: Marks | None = None
    open_inquiries: int = 0
    unanswered: float = 0.0
    limit: int | None = None
    languages: tuple[str, ...] = ()
    substitute_for: tuple[int, ...] = ()
    excluded: bool = False
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
        return self.away is None or self.away in BACK_BY_HIMSELF


@dataclass(frozen=True)
class Case:
    """Everything that is known about one inquiry."""

    inquiry: Inquiry
    customer: Customer
    staff: tuple[Employee, ...]
