# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is asked first, and who was passed over and why (rules 3, 4 and 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from .criteria import Question, has_room, limit_of
from .facts import Employee, Inquiry
from .ranking import Ranking
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
    """Everybody who may be chosen, and how they are ranked."""

    asked: Question
    people: Mapping[int, Employee]
    ranking: Ranking

    def hindrance(self, employee: Employee, code: Code = Code.AWAY) -> Reason | None:
        """Why he cannot be the addressee: he is away, or ruled out."""
        if not employee.at_work:
            return away(code, employee)
        return next(iter(self.ranking.vetoes.get(employee.id, ())), None)

    def room(self, employee: Employee) -> bool:
        return has_room(employee, self.asked.policy)

    def total(self, employee: Employee) -> float:
        return self.ranking.totals[employee.id]

    def lead(self, employee: Employee, other: Employee) -> float:
        return self.ranking.lead(employee.id, other.id)


def away(code: Code, employee: Employee) -> Reason:
    why = employee.away and employee.away.value
    return Reason.of(code, employee, away=why, back_at=employee.back_at)


def choose(field: Field) -> Choice:
    """Rule 4: whom it is addressed to, else who clearly stands out, else nobody.

    What was transferred to a team is nobody's alone.
    """
    wanted = field.asked.inquiry.addressed
    addressed = [field.people[key] for key in wanted if key in field.people]
    if addressed:
        return _choose_addressed(field, addressed)
    if field.asked.inquiry.is_transferred:
        return Choice(())
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
    reason = Reason.of(_addressed_by(field.asked.inquiry, first), first)
    return Choice((reason, *passed), first, first)


def _addressed_by(inquiry: Inquiry, employee: Employee) -> Code:
    if inquiry.is_transferred:
        return Code.TRANSFERRED
    return Code.CONTINUES if inquiry.continues == employee.id else Code.NAMED


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
    if not field.people:
        return Choice((Reason.of(Code.NO_STAFF),))
    running = [field.people[key] for key in field.ranking.running]
    if not running:
        return Choice((Reason.of(Code.ALL_RULED_OUT), *_would_lead(field, None)))
    left, limits = _with_room(field, running)
    best = left[0]
    passed = (*limits, *_would_lead(field, best))
    doubt = _doubt(field, left)
    if doubt:
        return Choice((doubt, *passed))
    chosen = Reason.of(Code.STANDS_OUT, best, total=field.total(best))
    outranked = (
        Reason.of(Code.OUTRANKED, each, total=field.total(each)) for each in left[1:2]
    )
    return Choice((chosen, *passed, *outranked), best, best)


def _with_room(
    field: Field, running: Sequence[Employee]
) -> tuple[Sequence[Employee], tuple[Reason, ...]]:
    """Nobody gets more than his limit while another who may has room, unless his lead
    is decisive.

    :return: who is left, the best first, and what is said of the limits
    """
    rivals = (each for each in running if each.at_work and field.room(each))
    rival = next(rivals, None)
    least = field.asked.policy.decisive_lead

    def fills_up(each: Employee) -> bool:
        return each.at_work and not field.room(each)

    def gives_way(each: Employee) -> bool:
        return fills_up(each) and rival is not None and field.lead(each, rival) < least

    left = list(dropwhile(gives_way, running))
    passed = running[: len(running) - len(left)]
    said = [_limit_reason(field, Code.AT_LIMIT, each) for each in passed]
    if fills_up(left[0]):
        code = Code.LEAD_BEYOND_LIMIT if rival else Code.NO_ROOM_ELSEWHERE
        said.append(_limit_reason(field, code, left[0]))
    return left, tuple(said)


def _limit_reason(field: Field, code: Code, employee: Employee) -> Reason:
    limit = limit_of(employee, field.asked.policy)
    return Reason.of(code, employee, open=employee.open_inquiries, limit=limit)


def _doubt(field: Field, left: Sequence[Employee]) -> Reason | None:
    """Why the best candidate is not asked alone."""
    best, policy = left[0], field.asked.policy
    total = field.total(best)
    if total < policy.threshold:
        return Reason.of(
            Code.BELOW_THRESHOLD, best, total=total, threshold=policy.threshold
        )
    lead = field.lead(best, left[1]) if len(left) > 1 else policy.lead
    if lead < policy.lead:
        return Reason.of(Code.LEAD_TOO_SMALL, best, lead=lead, needed=policy.lead)
    return None if best.at_work else away(Code.BEST_AWAY, best)


def _would_lead(field: Field, best: Employee | None) -> tuple[Reason, ...]:
    """Why those who would be ahead of the best are not: absent, or ruled out."""
    absence = field.ranking.points("at_work")

    def merit(employee: Employee) -> float:
        """His points as if he were at work."""
        return round(field.total(employee) - absence.get(employee.id, 0.0), 9)

    least = merit(best) if best else 0.0
    vetoes = field.ranking.vetoes
    ahead = [
        each
        for each in field.people.values()
        if (each.away or each.id in vetoes) and each is not best and merit(each) > least
    ]
    ahead.sort(key=lambda each: (-merit(each), each.id))
    reasons = (field.hindrance(each, Code.WOULD_LEAD) for each in ahead[:PASSED_OVER])
    return tuple(reason for reason in reasons if reason)
