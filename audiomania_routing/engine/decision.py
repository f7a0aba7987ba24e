# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is asked first, who sees the inquiry from when, and why (rules 3 to 7, 13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from operator import attrgetter

from .choice import Choice, Field, choose
from .criteria import Question
from .facts import Case, Customer, Employee, Inquiry
from .ladder import Ladder, climb, never_backwards, window_end
from .policy import Policy
from .ranking import Candidate, Score, Term, rank
from .reasons import Code, Reason

__all__ = [
    "Candidate",
    "Code",
    "Decision",
    "Nobody",
    "Reason",
    "Score",
    "Term",
    "decide",
    "decide_again",
]


class Nobody(str, Enum):
    """The rung on which nobody can act: the supervisors are told at once."""

    TEAM = "team"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Decision:
    """The answer. Nobody found is an answer too: no addressee, no team.

    :param addressee_id: who alone is asked first; None: there is no exclusive window
    :param audience_id: the audience of the customer, or else of what he writes about
    :param team_id: the team of the audience; None: the department
    :param addressee_team_id: the team of whom it is addressed to, where it is another
    :param ranking: every candidate, the best first
    :param reasons: why, and who was passed over and why
    :param excluded_ids: who does not see it with his team
    :param barred_ids: those of them who do not see it with the department either
    :param nobody: on which rung nobody can act; the next one follows at once
    :param policy: the fingerprint of the policy that was asked
    :param facts: what was known
    """

    decided_at: datetime
    addressee_id: int | None
    audience_id: int | None
    team_id: int | None
    addressee_team_id: int | None
    ladder: Ladder
    ranking: Sequence[Candidate]
    reasons: tuple[Reason, ...]
    excluded_ids: tuple[int, ...]
    barred_ids: tuple[int, ...]
    nobody: Nobody | None
    policy: str
    facts: Case


def decide(
    inquiry: Inquiry,
    customer: Customer,
    staff: Iterable[Employee],
    policy: Policy,
    now: datetime,
) -> Decision:
    """Decide one inquiry. The order of the staff does not matter."""
    case = _in_order(inquiry, customer, staff)
    field = _ask(case, policy, now)
    return _conclude(case, field, choose(field))


def decide_again(
    before: Decision,
    inquiry: Inquiry,
    customer: Customer,
    staff: Iterable[Employee],
    policy: Policy,
    now: datetime,
) -> Decision:
    """Decide an inquiry that waits anew, because what its decision rests on changed.

    Never backwards: who has been let in is not locked out, and no moment moves back.
    The addressee keeps what is left of his window while he is at work and not ruled
    out; nobody else gets one.

    :param before: the decision that holds now, also one of this function
    """
    case = _in_order(inquiry, customer, staff)
    field = _ask(case, policy, now)
    fresh = _conclude(case, field, _choose_again(before, field))
    return _let_in(before, fresh)


def _in_order(inquiry: Inquiry, customer: Customer, staff: Iterable[Employee]) -> Case:
    people = {employee.id: employee for employee in staff}
    in_order = sorted(people.values(), key=attrgetter("id"))
    return Case(inquiry, customer, tuple(in_order))


def _ask(case: Case, policy: Policy, now: datetime) -> Field:
    asked = Question(case.inquiry, case.customer, policy, now)
    people = {employee.id: employee for employee in case.staff}
    return Field(asked, people, rank(asked, case.staff, policy))


# --- which rungs there are


def _conclude(case: Case, field: Field, choice: Choice) -> Decision:
    """The table of rule 7: which teams see it after the window."""
    asked = field.asked
    excluded, barred = _excluded(field)
    other_id = _other_team(asked.team_id, choice.addressed)
    department = _without(case.staff, barred)
    members = _members(case.staff, asked.team_id, other_id)
    team = _without(members, excluded)
    rung = None if asked.team_id is None else team
    longest = choice.until or asked.now + asked.policy.exclusive_window
    addressee = choice.addressee
    window = window_end(asked.now, addressee, longest) if addressee else None
    ladder = climb(asked.now, window, rung, department, asked.policy)
    return Decision(
        decided_at=asked.now,
        addressee_id=addressee.id if addressee else None,
        audience_id=asked.audience.audience_id if asked.audience else None,
        team_id=asked.team_id,
        addressee_team_id=other_id,
        ladder=ladder,
        ranking=field.ranking,
        reasons=(
            *choice.reasons,
            *_window_reasons(addressee, window, longest),
            *_audience_reasons(asked),
            *_rung_reasons(rung, members, department),
            *(Reason(Code.HIDDEN, key) for key in excluded if key not in barred),
        ),
        excluded_ids=excluded,
        barred_ids=barred,
        nobody=_nobody(rung, department),
        policy=asked.policy.fingerprint,
        facts=case,
    )


def _other_team(team_id: int | None, addressed: Employee | None) -> int | None:
    """The team of whom it is addressed to, unless it is the audience's already."""
    if team_id is None or addressed is None or team_id in addressed.team_ids:
        return None
    return addressed.team_ids[0] if addressed.team_ids else None


def _members(
    staff: Sequence[Employee], team_id: int | None, other_id: int | None
) -> Sequence[Employee]:
    return [
        each for each in staff if team_id in each.team_ids or other_id in each.team_ids
    ]


def _without(people: Sequence[Employee], ids: Sequence[int]) -> Sequence[Employee]:
    return [each for each in people if each.id not in ids] if ids else people


def _excluded(field: Field) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who does not see it with his team, and who of them not at all.

    It is never hidden from whose conversation it is (rule 3), except where it is about
    him.
    """
    barred = [each.id for each in field.people.values() if each.excluded]
    if not field.asked.policy.hide_badly_rated:
        return tuple(barred), tuple(barred)
    bad = [
        key
        for key, reasons in field.ranking.vetoes.items()
        if key != field.asked.inquiry.continues
        if any(reason.code is Code.RATED_BADLY for reason in reasons)
    ]
    return tuple(sorted({*barred, *bad})), tuple(barred)


def _nobody(
    team: Sequence[Employee] | None, department: Sequence[Employee]
) -> Nobody | None:
    if not _any_can_act(department):
        return Nobody.DEPARTMENT
    return None if team is None or _any_can_act(team) else Nobody.TEAM


def _any_can_act(people: Iterable[Employee]) -> bool:
    return any(each.can_act for each in people)


# --- what is said of it


def _window_reasons(
    addressee: Employee | None, window: datetime | None, longest: datetime
) -> Iterable[Reason]:
    if window is not None and window != longest:
        yield Reason.of(Code.WINDOW_CUT, addressee, until=window)


def _audience_reasons(asked: Question) -> Iterable[Reason]:
    if asked.customer.guessed:
        yield Reason.of(Code.CUSTOMER_GUESSED)
    if asked.inquiry.transferred_team is not None:
        yield Reason.of(Code.TRANSFERRED_TEAM)
    elif asked.audience is None:
        yield Reason.of(Code.AUDIENCE_UNKNOWN)
    elif asked.team_id is None:
        yield Reason.of(Code.AUDIENCE_WITHOUT_TEAM)
    elif asked.customer.audience_id is None:
        yield Reason.of(Code.AUDIENCE_FROM_LETTER)
    else:
        yield Reason.of(Code.AUDIENCE_KNOWN)


def _rung_reasons(
    team: Sequence[Employee] | None,
    members: Sequence[Employee],
    department: Sequence[Employee],
) -> Iterable[Reason]:
    """Why a rung is passed at once.

    :param members: of the team, with those from whom it is hidden
    """
    if team is not None and not _any_can_act(team):
        if not members:
            yield Reason.of(Code.TEAM_EMPTY)
        else:
            hidden = _any_can_act(members)
            yield Reason.of(Code.TEAM_EXCLUDED if hidden else Code.TEAM_CANNOT_ACT)
    if not _any_can_act(department):
        yield Reason.of(Code.DEPARTMENT_CANNOT_ACT)


# --- never backwards


def _choose_again(before: Decision, field: Field) -> Choice:
    """The addressee keeps his window, or nobody has one."""
    fresh = choose(field)
    ended: tuple[Reason, ...] = ()
    if before.ladder.window_runs(field.asked.now):
        holder = field.people.get(before.addressee_id or 0)
        hindrance = field.hindrance(holder, Code.WINDOW_LOST) if holder else None
        if holder and not hindrance:
            return _keep_window(holder, fresh, before.ladder.exclusive_until)
        ended = _window_ended(before, hindrance)
    seen = (Reason.of(Code.SEEN_ALREADY),) if fresh.addressee else ()
    reasons = dict.fromkeys((*ended, *fresh.reasons, *seen))
    return Choice(tuple(reasons), addressed=fresh.addressed)


def _keep_window(holder: Employee, fresh: Choice, until: datetime | None) -> Choice:
    """He keeps what is left of it."""
    if fresh.addressee == holder:
        return replace(fresh, until=until)
    return Choice((Reason.of(Code.WINDOW_KEPT, holder),), holder, holder, until)


def _window_ended(before: Decision, hindrance: Reason | None) -> tuple[Reason, ...]:
    """He is away now; or he is ruled out, or not among the staff any more."""
    if hindrance and hindrance.code is Code.WINDOW_LOST:
        return (hindrance,)
    ended = Reason(Code.WINDOW_ENDED, before.addressee_id)
    return (ended, hindrance) if hindrance else (ended,)


def _let_in(before: Decision, fresh: Decision) -> Decision:
    """The new decision with everybody whom the one before has let in."""
    now = fresh.decided_at
    team_ids, more = _teams_let_in(before, fresh)
    below = now if more else fresh.ladder.department_visible_from
    ladder = never_backwards(
        before.ladder, replace(fresh.ladder, department_visible_from=below), now
    )
    return replace(
        fresh,
        addressee_id=before.addressee_id,
        team_id=team_ids[0],
        addressee_team_id=team_ids[1],
        ladder=ladder,
        excluded_ids=_still_out(before, fresh.excluded_ids, now),
        barred_ids=_still_out(before, fresh.barred_ids, now),
    )


def _teams_let_in(
    before: Decision, fresh: Decision
) -> tuple[tuple[int | None, int | None], bool]:
    """The two teams that see it; whether there are more, which takes the department.

    A team that sees it already goes before one that would see it from now on.
    """
    opened = before.ladder.team_sees(fresh.decided_at)
    seen = [before.team_id, before.addressee_team_id] if opened else []
    wanted = dict.fromkeys([fresh.team_id, *seen, fresh.addressee_team_id])
    wanted.pop(None, None)
    kept = sorted(wanted, key=lambda team_id: team_id not in seen)[:2]
    teams = [team_id for team_id in wanted if team_id in kept] + [None, None]
    return (teams[0], teams[1]), len(wanted) > 2


def _still_out(before: Decision, ids: Sequence[int], now: datetime) -> tuple[int, ...]:
    """Those of them who have not seen it yet."""
    if before.ladder.department_visible_from <= now:
        ids = [key for key in ids if key in before.barred_ids]
    if before.ladder.team_sees(now):
        ids = [key for key in ids if key in before.excluded_ids]
    return tuple(key for key in ids if key != before.addressee_id)
