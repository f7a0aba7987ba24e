# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everybody by the weighted sum of what the criteria say of him (rule 2).

Thousands of decisions a second on one core: each criterion is asked about everybody
before the next one is, but only where it has something to go by; its answers are
checked together; and what only an explanation needs is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import compress
from math import isnan
from typing import Any, NamedTuple, overload

from .criteria import CRITERIA, Criterion, Question
from .facts import Employee
from .policy import Policy
from .reasons import Reason, Veto


class Term(NamedTuple):
    """A criterion and what it weighs."""

    criterion: str
    weight: float


class Score(NamedTuple):
    """What one criterion says of a candidate, and what that weighs."""

    criterion: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        return self.value * self.weight


class Candidate(NamedTuple):
    """An employee with what every criterion says of him.

    :param total: the weighted sum, rounded so that noise in the last bits ranks nobody
    :param values: of each term; 0 where it ruled him out
    :param terms: the same for all candidates of a decision
    :param vetoes: why he is ruled out, whatever speaks for him
    """

    employee_id: int
    total: float
    values: tuple[float, ...]
    terms: tuple[Term, ...]
    vetoes: tuple[Reason, ...] = ()

    @property
    def scores(self) -> tuple[Score, ...]:
        """What speaks for or against him, as far as it counts."""
        pairs = [pair for pair in zip(self.terms, self.values, strict=True) if pair[1]]
        return tuple(Score(term.criterion, value, term.weight) for term, value in pairs)


Column = tuple[str, float, Sequence[int], Sequence[float]]
"""A criterion, its weight, of whom it says something, and what."""


class Ranking(Sequence[Candidate]):
    """Everybody, the best first; who is ruled out last, of equals the lower id first.

    Only the order and the totals decide. A candidate with his values is made when
    somebody asks for him.

    :param totals: {employee: his points}, the lower ids first
    :param columns: what each criterion says, and of whom, as places in the totals
    :param vetoes: {employee: why he is ruled out} of those who are
    """

    def __init__(
        self,
        totals: Mapping[int, float],
        columns: Sequence[Column],
        vetoes: Mapping[int, tuple[Reason, ...]],
    ) -> None:
        self.totals = totals
        self.vetoes = vetoes
        self.ids = sorted(totals, key=totals.__getitem__, reverse=True)
        if vetoes:
            self.ids.sort(key=vetoes.__contains__)
        self._columns = columns

    @property
    def running(self) -> Sequence[int]:
        """Those who are not ruled out, the best first."""
        return self.ids[: len(self.ids) - len(self.vetoes)]

    def lead(self, key: int, other: int) -> float:
        """By how much one is ahead of another."""
        return round(self.totals[key] - self.totals[other], 9)

    def points(self, criterion: str) -> Mapping[int, float]:
        """{employee: what that criterion gives him} of those to whom it gives any"""
        ids = list(self.totals)
        return {
            ids[place]: answer * weight
            for code, weight, places, answers in self._columns
            if code == criterion
            for place, answer in zip(places, answers, strict=True)
        }

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Candidate, ...]: ...

    def __getitem__(self, index: int | slice) -> Candidate | tuple[Candidate, ...]:
        if isinstance(index, slice):
            return tuple(self._candidate(key) for key in self.ids[index])
        return self._candidate(self.ids[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _candidate(self, key: int) -> Candidate:
        values = tuple(column.get(key, 0.0) for column in self._values)
        vetoes = self.vetoes.get(key, ())
        return Candidate(key, self.totals[key], values, self._terms, vetoes)

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return tuple(Term(code, weight) for code, weight, *_said in self._columns)

    @cached_property
    def _values(self) -> Sequence[Mapping[int, float]]:
        """{employee: value} of each column."""
        ids = list(self.totals)
        return [
            {ids[place]: answer for place, answer in zip(places, answers, strict=True)}
            for _code, _weight, places, answers in self._columns
        ]


def rank(asked: Question, staff: Sequence[Employee], policy: Policy) -> Ranking:
    """What has a weight is asked, and what rules out in any case.

    A weight of a criterion that is not there any more is no reason to lose a letter.

    :param staff: in the order of ids
    """
    table = _Table(asked, staff)
    for code, criterion in CRITERIA.items():
        weight = policy.weights.get(code)
        if weight is not None or criterion.always:
            table.ask(code, weight or 0.0, criterion)
    return table.ranking()


class _Table:
    """What the criteria say, a column for each that has something to say."""

    def __init__(self, asked: Question, staff: Sequence[Employee]) -> None:
        self.asked = asked
        self.staff = staff
        self.places = {employee.id: place for place, employee in enumerate(staff)}
        self.totals = [0.0] * len(staff)
        self.columns: list[Column] = []
        self.vetoes: dict[int, tuple[Reason, ...]] = {}

    def ask(self, code: str, weight: float, criterion: Criterion) -> None:
        """Add its column; whoever is ruled out is noted."""
        if criterion.given and not criterion.given(self.asked):
            return
        places, answers = self._ask(criterion)
        if not places:
            return
        if not _within_bounds(answers):
            self._note_vetoes(code, places, answers)
            answers = [_bounded(answer) for answer in answers]
        self.columns.append((code, weight, places, answers))
        self._add(places, answers, weight)

    def _ask(self, criterion: Criterion) -> tuple[Sequence[int], Sequence[float]]:
        """Of whom it has something to say, as rising places, and what."""
        staff, asked, answer = self.staff, self.asked, criterion.answer
        if criterion.whom:
            known = self.places
            places = sorted({known[k] for k in criterion.whom(asked) if k in known})
            return places, [answer(asked, staff[place]) for place in places]
        if not criterion.needs:
            return range(len(staff)), [answer(asked, employee) for employee in staff]
        facts: list[Any] = list(map(criterion.needs, staff))
        places = list(compress(range(len(staff)), facts))
        if criterion.plain:
            return places, list(filter(None, facts))
        return places, [answer(asked, staff[place]) for place in places]

    def _add(
        self, places: Sequence[int], answers: Sequence[float], weight: float
    ) -> None:
        totals = self.totals
        if len(places) < len(totals):
            for place, answer in zip(places, answers, strict=True):
                totals[place] += answer * weight
        else:
            self.totals = [
                total + answer * weight
                for total, answer in zip(totals, answers, strict=True)
            ]

    def _note_vetoes(
        self, code: str, places: Sequence[int], answers: Sequence[float]
    ) -> None:
        for place, answer in zip(places, answers, strict=True):
            if isinstance(answer, Veto):
                employee = self.staff[place]
                noted = self.vetoes.get(employee.id, ())
                self.vetoes[employee.id] = (*noted, answer.reason(code, employee))

    def ranking(self) -> Ranking:
        rounded = [round(total, 9) for total in self.totals]
        totals = dict(zip(self.places, rounded, strict=True))
        return Ranking(totals, self.columns, self.vetoes)


def _within_bounds(answers: Sequence[float]) -> bool:
    """Values from -1 to 1: no veto, and nothing that a criterion should not say."""
    return min(answers) >= -1.0 and max(answers) <= 1.0 and not isnan(sum(answers))


def _bounded(answer: float) -> float:
    """
    >>> [_bounded(answer) for answer in (-7.0, 0.5, 7.0, float("nan"), Veto())]
    [-1.0, 0.5, 1.0, 0.0, 0.0]
    """
    if isinstance(answer, Veto) or isnan(answer):
        return 0.0
    return max(-1.0, min(1.0, answer))
