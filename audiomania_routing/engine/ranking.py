# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everybody by the weighted sum of what the criteria say of him (rule 2).

Thousands of decisions a second on one core: each criterion is asked about everybody
before the next one is, its answers are checked together, and what only an explanation
needs is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, repeat
from math import isnan
from operator import attrgetter
from typing import Any, NamedTuple

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

    def points_without(self, criterion: str) -> float:
        """His total as if nothing were known of that."""
        for term, value in zip(self.terms, self.values, strict=True):
            if term.criterion == criterion:
                return round(self.total - value * term.weight, 9)
        return self.total


def rank(
    asked: Question, staff: Sequence[Employee], policy: Policy
) -> tuple[Candidate, ...]:
    """Who is ruled out comes last, of equals the lower id first.

    :param staff: in the order of ids
    """
    table = _Table(asked, staff)
    for term in asked_terms(policy):
        table.ask(term, CRITERIA[term.criterion])
    return table.candidates()


def asked_terms(policy: Policy) -> tuple[Term, ...]:
    """What is asked: what has a weight, and what rules out in any case.

    A weight of a criterion that is not there any more is no reason to lose a letter.
    """
    weights = policy.weights
    return tuple(
        Term(code, weights.get(code, 0.0))
        for code, criterion in sorted(CRITERIA.items())
        if criterion.always or code in weights
    )


class _Table:
    """What the criteria say, a column for each that has something to say."""

    def __init__(self, asked: Question, staff: Sequence[Employee]) -> None:
        self.asked = asked
        self.staff = staff
        self.places = {employee.id: place for place, employee in enumerate(staff)}
        self.totals = [0.0] * len(staff)
        self.columns: dict[Term, Sequence[float]] = {}
        self.vetoes: dict[int, tuple[Reason, ...]] = {}

    def ask(self, term: Term, criterion: Criterion) -> None:
        """Add its column; whoever is ruled out is noted."""
        if criterion.given and not criterion.given(self.asked):
            return
        places, answers = self._ask(criterion)
        if not places:
            return
        if not _within_bounds(answers):
            self._note_vetoes(term.criterion, places, answers)
            answers = [_bounded(answer) for answer in answers]
        if len(places) == len(self.staff):
            self._add_full(term, answers)
        else:
            self._add(term, places, answers)

    def _ask(self, criterion: Criterion) -> tuple[Sequence[int], Sequence[float]]:
        """Of whom it has something to say, as rising places, and what."""
        staff, asked, answer = self.staff, self.asked, criterion.answer
        places: Sequence[int] = range(len(staff))
        if criterion.whom:
            known = self.places
            places = sorted({known[k] for k in criterion.whom(asked) if k in known})
        elif criterion.needs:
            facts: list[Any] = list(map(criterion.needs, staff))
            places = tuple(compress(places, facts))
            if criterion.plain:
                return places, tuple(filter(None, facts))
        return places, [answer(asked, staff[place]) for place in places]

    def _add(self, term: Term, places: Sequence[int], answers: Sequence[float]) -> None:
        column = [0.0] * len(self.staff)
        totals, weight = self.totals, term.weight
        for place, answer in zip(places, answers, strict=True):
            column[place] = answer
            totals[place] += answer * weight
        self.columns[term] = column

    def _add_full(self, term: Term, answers: Sequence[float]) -> None:
        """The same where it speaks of everybody, without looking for places."""
        weight = term.weight
        self.columns[term] = answers
        self.totals = [
            total + answer * weight
            for total, answer in zip(self.totals, answers, strict=True)
        ]

    def _note_vetoes(
        self, code: str, places: Sequence[int], answers: Sequence[float]
    ) -> None:
        for place, answer in zip(places, answers, strict=True):
            if isinstance(answer, Veto):
                employee = self.staff[place]
                noted = self.vetoes.get(employee.id, ())
                self.vetoes[employee.id] = (*noted, answer.reason(code, employee))

    def candidates(self) -> tuple[Candidate, ...]:
        terms, ids = tuple(self.columns), list(self.places)
        rows = zip(*self.columns.values(), strict=True) if terms else repeat(())
        totals = [round(total, 9) for total in self.totals]
        vetoes = [self.vetoes.get(key, ()) for key in ids]
        made = zip(ids, totals, rows, repeat(terms), vetoes)
        candidates = sorted(
            map(Candidate._make, made), key=attrgetter("total"), reverse=True
        )
        if self.vetoes:
            candidates.sort(key=lambda each: bool(each.vetoes))
        return tuple(candidates)


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
