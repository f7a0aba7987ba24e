# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is asked first, and who was passed over and why (rules 3, 4 and 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import dropwhile

from .criteria import Question, has_room, limit_of
from .facts import Employee
from .policy import Policy
from .ranking import Candidate
from .reasons import Code, Reason

PASSED_OVER = 3
"""So many of those who would have been ahead are named in the explanation."""


@dataclass(frozen=True)
class Choice:
    """Who is asked first, and whose own team sees it beside the audience's.

    :param until: his exclusive window ends then at the latest
    """

    reasons: tuple[Reason, ...]
    addressee: Employee | None = None
    addressed: Employee | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Field:
    """Everybody who may be chosen, with his place in the ranking."""

    asked: Question
    people: Mapping[int, Employee]
    ranking: Sequence[Candidate]

    @cached_property
    def vetoes(self) -> Mapping[int, Sequence[Reason]]:
        """{employee: why he is ruled out} of those who are"""
        return {each.employee_id: each.vetoes for each in self.ranking if each.vetoes}

    def hindrance(self, employee: Employee, code: Code = Code.AWAY) -> Reason | None:
        """Why he cannot be the addressee: he is away, or ruled out."""
        if not employee.at_work:
            return away(code, employee)
        return next(iter(self.vetoes.get(employee.id, ())), None)

    def may(self, candidate: Candidate) -> bool:
        """He is at work and not ruled out."""
        return not candidate.vetoes and self.people[candidate.employee_id].at_work

    def room(self, candidate: Candidate) -> bool:
        return has_room(self.people[candidate.employee_id], self.asked.policy)


def away(code: Code, employee: Employee) -> Reason:
    why = employee.away and employee.away.value
    return Reason.of(code, employee, away=why, back_at=employee.back_at)


def choose(field: Field) -> Choice:
    """Rule 4: whom it is addressed to, else who clearly stands out, else nobody."""
    wanted = field.asked.inquiry.addressed
    addressed = [field.people[key] for key in wanted if key in field.people]
    if addressed:
        return _choose_addressed(field, addressed)
    return _choose_best(field)


# --- somebody is named


def _choose_addressed(field: Field, addressed: Sequence[Employee]) -> Choice:
    """The first of the addressed who is at work and not rated badly, before any weight
    or limit; then who stands in for one of them."""
    hindrances = {each.id: field.hindrance(each) for each in addressed}
    passed = tuple(reason for reason in hindrances.values() if reason)
    present = [each for each in addressed if not hindrances[each.id]]
    if not present:
        return _choose_substitute(field, addressed, passed)
    first, later = present[0], present[1:]
    passed += tuple(Reason.of(Code.NAMED_LATER, each) for each in later)
    if not field.asked.policy.window_for_named:
        off = Reason.of(Code.NO_WINDOW_FOR_NAMED, first)
        return Choice((off, *passed), addressed=first)
    continued = field.asked.inquiry.continues == first.id
    reason = Reason.of(Code.CONTINUES if continued else Code.NAMED, first)
    return Choice((reason, *passed), first, first)


def _choose_substitute(
    field: Field, addressed: Sequence[Employee], passed: tuple[Reason, ...]
) -> Choice:
    """Who stands in for an absent one counts as named after him."""
    standing_in = [
        (place, each.substitute_for.index(absent.id), each.id)
        for place, absent in enumerate(addressed)
        for each in field.people.values()
        if absent.id in each.substitute_for and not absent.at_work
        if field.hindrance(each) is None
    ]
    if not standing_in or not field.asked.policy.window_for_named:
        return Choice(passed, addressed=addressed[0])
    place, _distance, key = min(standing_in)
    substitute = field.people[key]
    reason = Reason.of(Code.SUBSTITUTE, substitute, absent=addressed[place].id)
    return Choice((reason, *passed), substitute, substitute)


# --- nobody is named


def _choose_best(field: Field) -> Choice:
    """Nobody is named: the best candidate, when he clearly stands out."""
    if not field.asked.policy.stand_out:
        return Choice((Reason.of(Code.STAND_OUT_OFF),))
    if not field.ranking:
        return Choice((Reason.of(Code.NO_STAFF),))
    running = tuple(each for each in field.ranking if not each.vetoes)
    if not running:
        return Choice((Reason.of(Code.ALL_RULED_OUT), *_would_lead(field, None)))
    left, limits = _with_room(field, running)
    best = field.people[left[0].employee_id]
    passed = (*limits, *_would_lead(field, left[0]))
    doubt = _doubt(best, left, field.asked.policy)
    if doubt:
        return Choice((doubt, *passed))
    chosen = Reason.of(Code.STANDS_OUT, best, total=left[0].total)
    outranked = (
        Reason.of(Code.OUTRANKED, field.people[each.employee_id], total=each.total)
        for each in left[1:2]
    )
    return Choice((chosen, *passed, *outranked), best, best)


def _with_room(
    field: Field, running: Sequence[Candidate]
) -> tuple[Sequence[Candidate], tuple[Reason, ...]]:
    """Nobody gets more than his limit while another who may has room, unless his lead
    is decisive.

    :return: who is left, the best first, and what is said of the limits
    """
    rivals = (each for each in running if field.may(each) and field.room(each))
    rival = next(rivals, None)
    least = field.asked.policy.decisive_lead

    def fills_up(each: Candidate) -> bool:
        return field.may(each) and not field.room(each)

    def gives_way(each: Candidate) -> bool:
        return fills_up(each) and rival is not None and lead(each, rival) < least

    left = tuple(dropwhile(gives_way, running))
    passed = running[: len(running) - len(left)]
    said = [_limit_reason(field, Code.AT_LIMIT, each) for each in passed]
    if fills_up(left[0]):
        code = Code.LEAD_BEYOND_LIMIT if rival else Code.NO_ROOM_ELSEWHERE
        said.append(_limit_reason(field, code, left[0]))
    return left, tuple(said)


def lead(candidate: Candidate, other: Candidate) -> float:
    return round(candidate.total - other.total, 9)


def _limit_reason(field: Field, code: Code, candidate: Candidate) -> Reason:
    employee = field.people[candidate.employee_id]
    limit = limit_of(employee, field.asked.policy)
    return Reason.of(code, employee, open=employee.open_inquiries, limit=limit)


def _doubt(best: Employee, left: Sequence[Candidate], policy: Policy) -> Reason | None:
    """Why the best candidate is not asked alone."""
    total = left[0].total
    if total < policy.threshold:
        return Reason.of(
            Code.BELOW_THRESHOLD, best, total=total, threshold=policy.threshold
        )
    ahead = lead(left[0], left[1]) if len(left) > 1 else policy.lead
    if ahead < policy.lead:
        return Reason.of(Code.LEAD_TOO_SMALL, best, lead=ahead, needed=policy.lead)
    return None if best.at_work else away(Code.BEST_AWAY, best)


def _would_lead(field: Field, best: Candidate | None) -> tuple[Reason, ...]:
    """Why those who would be ahead of the best are not: absent, or ruled out."""
    least = best.points_without("at_work") if best else 0.0
    ahead = [
        (-merit, each.employee_id)
        for each in field.ranking
        if each is not best and not field.may(each)
        if (merit := each.points_without("at_work")) > least
    ]
    people = (field.people[key] for _merit, key in sorted(ahead)[:PASSED_OVER])
    reasons = (field.hindrance(each, Code.WOULD_LEAD) for each in people)
    return tuple(reason for reason in reasons if reason)
