# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everybody by the weighted sum of what the criteria say of him (rule 2).

Thousands of decisions a second on one core: each criterion is asked about everybody
before the next one is, its answers are checked together, and what only an explanation
needs is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import isnan
from operator import mul
from typing import NamedTuple

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
    """Who is ruled out comes last, of equals the lower id first."""
    vetoes: dict[int, tuple[Reason, ...]] = {}
    table = {
        term: answers
        for term in asked_terms(policy)
        if (answers := _ask(term.criterion, asked, staff, vetoes))
    }
    terms, weights = tuple(table), [term.weight for term in table]
    rows = zip(*table.values(), strict=True) if table else repeat(())
    candidates = [
        Candidate(
            employee.id,
            round(sum(map(mul, values, weights)), 9),
            values,
            terms,
            vetoes.get(employee.id, ()),
        )
        for employee, values in zip(staff, rows)  # noqa: B905 (rows may be endless)
    ]
    return tuple(sorted(candidates, key=_place))


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


def _place(candidate: Candidate) -> tuple[bool, float, int]:
    return bool(candidate.vetoes), -candidate.total, candidate.employee_id


def _ask(
    code: str,
    asked: Question,
    staff: Sequence[Employee],
    vetoes: dict[int, tuple[Reason, ...]],
) -> list[float]:
    """What a criterion says of everybody, within [-1, 1]; nothing: it is silent.

    :param vetoes: who is ruled out is entered here
    """
    answers = _answers(CRITERIA[code], asked, staff)
    if not answers or (
        min(answers) >= -1.0 and max(answers) <= 1.0 and not isnan(sum(answers))
    ):
        return answers
    for employee, answer in zip(staff, answers, strict=True):
        if isinstance(answer, Veto):
            reason = answer.reason(code, employee)
            vetoes[employee.id] = (*vetoes.get(employee.id, ()), reason)
    return [_bounded(answer) for answer in answers]


def _answers(
    criterion: Criterion, asked: Question, staff: Sequence[Employee]
) -> list[float]:
    """What it says where it has something to go by, else 0."""
    if criterion.given and not criterion.given(asked):
        return []
    answer = criterion.answer
    if not criterion.needs:
        return [answer(asked, employee) for employee in staff]
    facts = list(map(criterion.needs, staff))
    if not any(facts):
        return []
    return [
        answer(asked, employee) if fact else 0.0
        for employee, fact in zip(staff, facts, strict=True)
    ]


def _bounded(answer: float) -> float:
    """
    >>> [_bounded(answer) for answer in (-7.0, 0.5, 7.0, float("nan"), Veto())]
    [-1.0, 0.5, 1.0, 0.0, 0.0]
    """
    if isinstance(answer, Veto) or isnan(answer):
        return 0.0
    return max(-1.0, min(1.0, answer))
