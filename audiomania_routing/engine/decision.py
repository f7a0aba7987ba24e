# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is asked first, who sees the inquiry from when, and why (rules 4 to 7, 13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .criteria import evaluate
from .facts import Case, Customer, Employee, Inquiry
from .ladder import Ladder, climb
from .policy import Policy

Value = str | int | float | datetime | None


class Code(str, Enum):
    """What speaks for or against somebody. Stored; each has one sentence for users."""

    CONTINUES = "continues"
    NAMED = "named"
    STANDS_OUT = "stands_out"
    AWAY = "away"
    NAMED_LATER = "named_later"
    NO_WINDOW_FOR_NAMED = "no_window_for_named"
    BEST_AWAY = "best_away"
    BELOW_THRESHOLD = "below_threshold"
    LEAD_TOO_SMALL = "lead_too_small"
    OUTRANKED = "outranked"
    STAND_OUT_OFF = "stand_out_off"
    NO_STAFF = "no_staff"
    AUDIENCE_KNOWN = "audience_known"
    AUDIENCE_UNKNOWN = "audience_unknown"
    AUDIENCE_WITHOUT_TEAM = "audience_without_team"
    TEAM_CANNOT_ACT = "team_cannot_act"
    WINDOW_CUT = "window_cut"


@dataclass(frozen=True)
class Reason:
    """One sentence of the explanation, before it is put into words."""

    code: Code
    employee_id: int | None = None
    params: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(
        cls, code: Code, employee: Employee | None = None, **params: Value
    ) -> Reason:
        employee_id = employee.id if employee else None
        return cls(code, employee_id, tuple(sorted(params.items())))


@dataclass(frozen=True)
class Score:
    """What one criterion says of a candidate, and what that weighs."""

    criterion: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        return self.value * self.weight


@dataclass(frozen=True)
class Candidate:
    """An employee with what every criterion says of him."""

    employee_id: int
    scores: tuple[Score, ...]

    @property
    def total(self) -> float:
        """The weighted sum, rounded so that noise in the last bits ranks nobody."""
        return round(sum(score.points for score in self.scores), 9)


@dataclass(frozen=True)
class Decision:
    """The answer. Nobody found is an answer too: no addressee, no team.

    :param addressee_id: who alone is asked first; None: there is no exclusive window
    :param team_id: the team of the customer's audience; None: the department
    :param addressee_team_id: the team of whom it is addressed to, where it is another
    :param ranking: every candidate, the best first
    :param reasons: why, and who was passed over and why
    """

    decided_at: datetime
    addressee_id: int | None
    audience_id: int | None
    team_id: int | None
    addressee_team_id: int | None
    ladder: Ladder
    ranking: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Choice:
    """Who is asked first, and whose own team sees it beside the audience's."""

    reasons: tuple[Reason, ...]
    addressee: Employee | None = None
    addressed: Employee | None = None


def decide(
    inquiry: Inquiry,
    customer: Customer,
    staff: Iterable[Employee],
    policy: Policy,
    now: datetime,
) -> Decision:
    """Decide one inquiry. The order of the staff does not matter."""
    people = {employee.id: employee for employee in staff}
    case = Case(inquiry, customer, tuple(people[key] for key in sorted(people)))
    ranking = rank(case, policy)
    choice = choose(case, ranking, policy)
    return _conclude(case, ranking, choice, policy, now)


def rank(case: Case, policy: Policy) -> tuple[Candidate, ...]:
    """Everybody by the weighted sum of the criteria; of equals the lower id first."""
    candidates = (_candidate(case, employee, policy) for employee in case.staff)
    return tuple(sorted(candidates, key=lambda each: (-each.total, each.employee_id)))


def choose(case: Case, ranking: Sequence[Candidate], policy: Policy) -> Choice:
    """Rule 4: whom it is addressed to, else who clearly stands out, else nobody."""
    people = {employee.id: employee for employee in case.staff}
    addressed = [people[key] for key in case.inquiry.addressed if key in people]
    if addressed:
        return _choose_addressed(case.inquiry, addressed, policy)
    return _choose_best(people, ranking, policy)


def _candidate(case: Case, employee: Employee, policy: Policy) -> Candidate:
    scores = (
        Score(code, evaluate(code, case.inquiry, case.customer, employee), weight)
        for code, weight in sorted(policy.weights.items())
    )
    return Candidate(employee.id, tuple(scores))


def _choose_addressed(
    inquiry: Inquiry, addressed: Sequence[Employee], policy: Policy
) -> Choice:
    """The first of the addressed who is at work, before any weight or limit."""
    present = [employee for employee in addressed if employee.at_work]
    absent = tuple(_away(Code.AWAY, each) for each in addressed if not each.at_work)
    if not present:
        return Choice(absent, addressed=addressed[0])
    first, later = present[0], present[1:]
    passed = absent + tuple(Reason.of(Code.NAMED_LATER, each) for each in later)
    if not policy.window_for_named:
        off = Reason.of(Code.NO_WINDOW_FOR_NAMED, first)
        return Choice((off, *passed), addressed=first)
    code = Code.CONTINUES if inquiry.continues == first.id else Code.NAMED
    return Choice((Reason.of(code, first), *passed), first, first)


def _choose_best(
    people: dict[int, Employee], ranking: Sequence[Candidate], policy: Policy
) -> Choice:
    """Nobody is named: the best candidate, when he clearly stands out."""
    if not policy.stand_out:
        return Choice((Reason.of(Code.STAND_OUT_OFF),))
    if not ranking:
        return Choice((Reason.of(Code.NO_STAFF),))
    best = people[ranking[0].employee_id]
    doubt = _doubt(best, ranking, policy)
    if doubt:
        return Choice((doubt,))
    chosen = Reason.of(Code.STANDS_OUT, best, total=ranking[0].total)
    passed = _outranked([people[each.employee_id] for each in ranking[1:2]], ranking)
    return Choice((chosen, *passed), best, best)


def _doubt(
    best: Employee, ranking: Sequence[Candidate], policy: Policy
) -> Reason | None:
    """Why the best candidate is not asked alone."""
    total = ranking[0].total
    if total < policy.threshold:
        return Reason.of(
            Code.BELOW_THRESHOLD, best, total=total, threshold=policy.threshold
        )
    lead = round(total - ranking[1].total, 9) if len(ranking) > 1 else policy.lead
    if lead < policy.lead:
        return Reason.of(Code.LEAD_TOO_SMALL, best, lead=lead, needed=policy.lead)
    return None if best.at_work else _away(Code.BEST_AWAY, best)


def _outranked(
    followers: Iterable[Employee], ranking: Sequence[Candidate]
) -> tuple[Reason, ...]:
    totals = {each.employee_id: each.total for each in ranking}
    return tuple(
        Reason.of(Code.OUTRANKED, each, total=totals[each.id]) for each in followers
    )


def _away(code: Code, employee: Employee) -> Reason:
    away = employee.away and employee.away.value
    return Reason.of(code, employee, away=away, back_at=employee.back_at)


def _conclude(
    case: Case,
    ranking: tuple[Candidate, ...],
    choice: Choice,
    policy: Policy,
    now: datetime,
) -> Decision:
    """The table of rule 7: which teams see it after the window."""
    team_id = case.customer.audience_team_id
    other_id = _other_team(team_id, choice.addressed)
    team = _members(case.staff, team_id, other_id) if team_id is not None else None
    ladder = climb(now, choice.addressee, team, case.staff, policy)
    return Decision(
        decided_at=now,
        addressee_id=choice.addressee.id if choice.addressee else None,
        audience_id=case.customer.audience_id,
        team_id=team_id,
        addressee_team_id=other_id,
        ladder=ladder,
        ranking=ranking,
        reasons=(
            *choice.reasons,
            *_window_reasons(choice.addressee, ladder, policy, now),
            *_audience_reasons(case.customer, team),
        ),
    )


def _other_team(team_id: int | None, addressed: Employee | None) -> int | None:
    """The team of whom it is addressed to, unless it is the audience's already."""
    if team_id is None or addressed is None or team_id in addressed.team_ids:
        return None
    return addressed.team_ids[0] if addressed.team_ids else None


def _members(staff: Sequence[Employee], *team_ids: int | None) -> tuple[Employee, ...]:
    return tuple(each for each in staff if set(each.team_ids).intersection(team_ids))


def _window_reasons(
    addressee: Employee | None, ladder: Ladder, policy: Policy, now: datetime
) -> tuple[Reason, ...]:
    if ladder.exclusive_until in (None, now + policy.exclusive_window):
        return ()
    return (Reason.of(Code.WINDOW_CUT, addressee, until=ladder.exclusive_until),)


def _audience_reasons(
    customer: Customer, team: Sequence[Employee] | None
) -> tuple[Reason, ...]:
    if customer.audience_id is None:
        return (Reason.of(Code.AUDIENCE_UNKNOWN),)
    if team is None:
        return (Reason.of(Code.AUDIENCE_WITHOUT_TEAM),)
    known = Reason.of(Code.AUDIENCE_KNOWN)
    if any(each.can_act for each in team):
        return (known,)
    return (known, Reason.of(Code.TEAM_CANNOT_ACT))
