# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for every inquiry, whoever works when."""

import json
from datetime import timedelta

from builders import HOURS, NOW, at
from engine.affinity import DecayedSum, shares
from engine.choice import PASSED_OVER
from engine.decision import Nobody, decide
from engine.policy import Policy
from engine.reasons import Code
from engine.record import from_json, to_json
from engine.worktime import after_working_time, subtract, union, working_day
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    CUSTOMERS,
    IDS,
    INQUIRIES,
    INTERVALS,
    MOMENTS,
    PEOPLE,
    POLICIES,
)

CASES = (INQUIRIES, CUSTOMERS, PEOPLE, POLICIES)


@given(*CASES, st.randoms())
def test_the_order_of_candidates_changes_nothing(
    inquiry, customer, staff, policy, random
):
    shuffled = list(staff)
    random.shuffle(shuffled)
    first = decide(inquiry, customer, staff, policy, NOW)
    assert decide(inquiry, customer, shuffled, policy, NOW) == first


@given(*CASES)
def test_the_rungs_follow_each_other_and_the_department_always_sees_it(
    inquiry, customer, staff, policy
):
    ladder = decide(inquiry, customer, staff, policy, NOW).ladder
    moments = [
        ladder.exclusive_until,
        ladder.team_visible_from,
        ladder.department_visible_from,
        ladder.supervisors_alerted_from,
    ]
    known = [moment for moment in moments if moment is not None]
    assert ladder.department_visible_from is not None
    assert known == sorted(known)
    assert known[0] >= NOW


@given(*CASES)
def test_only_who_is_at_work_and_not_ruled_out_gets_a_window_and_never_a_longer_one(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    people = {each.id: each for each in staff}
    ruled_out = {each.employee_id for each in decision.ranking if each.vetoes}
    assert (decision.addressee_id is None) == (decision.ladder.exclusive_until is None)
    if decision.addressee_id is not None:
        addressee = people[decision.addressee_id]
        assert addressee.at_work
        assert addressee.id not in ruled_out
        assert not addressee.excluded
        until = addressee.at_work_until
        assert until is None or decision.ladder.exclusive_until <= until
        assert decision.ladder.exclusive_until <= NOW + policy.exclusive_window


@given(*CASES)
def test_whom_it_is_addressed_to_and_who_is_at_work_is_asked_before_any_weight(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    ruled_out = {each.employee_id for each in decision.ranking if each.vetoes}
    present = {each.id for each in staff if each.at_work} - ruled_out
    addressed = [key for key in inquiry.addressed if key in present]
    if addressed:
        expected = addressed[0] if policy.window_for_named else None
        assert decision.addressee_id == expected


@given(*CASES)
def test_whom_this_customer_rated_badly_is_never_asked_first_and_ranked_last(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    bad = {
        each.id
        for each in staff
        if each.mark
        and each.mark.value <= policy.bad_mark
        and NOW - each.mark.given_at < policy.marks_half_life
    }
    assert decision.addressee_id not in bad
    ruled_out = [bool(each.vetoes) for each in decision.ranking]
    assert ruled_out == sorted(ruled_out)
    assert bad <= {each.employee_id for each in decision.ranking if each.vetoes}


@given(*CASES)
def test_it_is_hidden_only_where_the_policy_says_so_and_never_from_its_holder(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    about = {each.id for each in staff if each.excluded}
    assert set(decision.barred_ids) == about
    assert about <= set(decision.excluded_ids)
    if not policy.hide_badly_rated:
        assert decision.excluded_ids == decision.barred_ids
    assert inquiry.continues not in set(decision.excluded_ids) - about


@given(*CASES)
def test_nobody_is_over_his_limit_while_another_who_may_has_room(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    people = {each.id: each for each in staff}
    if decision.addressee_id is None or set(inquiry.addressed) & set(people):
        return
    totals = {each.employee_id: each.total for each in decision.ranking}
    room = {
        each.id: each.open_inquiries
        < (policy.limit if each.limit is None else each.limit)
        for each in staff
    }
    best = decision.addressee_id
    rivals = [
        each.employee_id
        for each in decision.ranking
        if not each.vetoes and people[each.employee_id].at_work
        if room[each.employee_id] and each.employee_id != best
    ]
    if not room[best]:
        leads = [round(totals[best] - totals[key], 9) for key in rivals]
        assert all(lead >= policy.decisive_lead for lead in leads)


@given(*CASES)
def test_a_rung_on_which_nobody_can_act_is_passed_at_once_and_said(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    ladder = decision.ladder
    codes = {reason.code for reason in decision.reasons}
    rung = {Code.TEAM_EMPTY, Code.TEAM_EXCLUDED, Code.TEAM_CANNOT_ACT}
    acting = [each for each in staff if each.can_act and not each.excluded]
    assert (decision.nobody is Nobody.DEPARTMENT) == (not acting)
    assert (decision.nobody is Nobody.DEPARTMENT) == (
        Code.DEPARTMENT_CANNOT_ACT in codes
    )
    if decision.nobody is Nobody.DEPARTMENT:
        assert ladder.supervisors_alerted_from == ladder.department_visible_from
    if decision.nobody is Nobody.TEAM:
        assert ladder.department_visible_from == ladder.team_visible_from
        assert rung & codes


@given(*CASES)
def test_every_candidate_is_ranked_once_and_the_totals_fall(
    inquiry, customer, staff, policy
):
    ranking = decide(inquiry, customer, staff, policy, NOW).ranking
    assert sorted(each.employee_id for each in ranking) == sorted(e.id for e in staff)
    places = [(bool(each.vetoes), -each.total, each.employee_id) for each in ranking]
    assert places == sorted(places)


@given(*CASES)
def test_the_total_is_the_weighted_sum_of_values_within_bounds(
    inquiry, customer, staff, policy
):
    for each in decide(inquiry, customer, staff, policy, NOW).ranking:
        assert all(-1.0 <= score.value <= 1.0 for score in each.scores)
        points = sum(score.points for score in each.scores)
        assert abs(each.total - points) < 1e-6


@given(*CASES)
def test_few_who_would_have_been_ahead_are_named(inquiry, customer, staff, policy):
    decision = decide(inquiry, customer, staff, policy, NOW)
    absent = [r for r in decision.reasons if r.code is Code.WOULD_LEAD]
    assert len(absent) <= PASSED_OVER
    people = {each.id: each for each in staff}
    assert not any(people[reason.employee_id].at_work for reason in absent)


@given(*CASES)
def test_what_is_stored_is_what_was_decided(inquiry, customer, staff, policy):
    decision = decide(inquiry, customer, staff, policy, NOW)
    assert from_json(json.loads(json.dumps(to_json(decision)))) == decision


@given(POLICIES)
def test_a_stored_policy_is_the_same_policy(policy):
    stored = Policy.from_json(json.loads(json.dumps(policy.to_json())))
    assert stored == policy
    assert stored.fingerprint == policy.fingerprint


AMOUNTS = st.lists(
    st.tuples(st.floats(1, 1e6), st.integers(0, 3650)), min_size=1, max_size=8
)
HALF_LIFE = timedelta(days=180)


def total_of(amounts):
    result = DecayedSum(0.0, at(0))
    for amount, days in amounts:
        result = result.add(amount, at(0) + timedelta(days=days), HALF_LIFE)
    return result


def close(one, other):
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


@given(AMOUNTS, st.randoms())
def test_the_order_in_which_amounts_come_does_not_matter(amounts, random):
    shuffled = list(amounts)
    random.shuffle(shuffled)
    one, other = total_of(amounts), total_of(shuffled)
    assert one.at == other.at
    assert close(one.value, other.value)


@given(AMOUNTS, st.floats(1, 1e6), st.integers(0, 3650))
def test_what_is_taken_back_was_never_there(amounts, amount, days):
    moment = at(0) + timedelta(days=days)
    before = total_of(amounts)
    after = before.add(amount, moment, HALF_LIFE).add(-amount, moment, HALF_LIFE)
    assert abs(after.value - before.worth(after.at, HALF_LIFE)) <= 1e-9 * max(
        amount, before.value
    )


@given(st.dictionaries(IDS, AMOUNTS, min_size=1), st.integers(0, 3650))
def test_waiting_changes_no_share(histories, days):
    sums = {key: total_of(amounts) for key, amounts in histories.items()}
    later = at(0) + timedelta(days=3650 + days)
    aged = {
        key: DecayedSum(each.worth(later, HALF_LIFE), later)
        for key, each in sums.items()
    }
    now, then = shares(sums, HALF_LIFE), shares(aged, HALF_LIFE)
    assert all(close(now[key], then[key]) for key in sums)
    assert close(sum(now.values()), 1.0)


@given(INTERVALS, INTERVALS)
def test_nothing_is_left_of_time_that_was_taken_away(intervals, holes):
    left = subtract(intervals, holes)
    assert left == union(left)
    for start, end in left:
        assert not any(start < hole[1] and hole[0] < end for hole in holes)
        assert any(one <= start and end <= two for one, two in union(intervals))


@given(INTERVALS, INTERVALS, MOMENTS)
def test_a_working_day_holds_now_and_ends_with_work(schedule, absences, now):
    day = working_day(schedule, absences, now)
    worked = subtract(schedule, absences)
    if day:
        assert day[0] <= now < day[1]
        assert any(part[1] == day[1] for part in worked)
    assert day or not any(part[0] <= now < part[1] for part in worked)


@given(MOMENTS, st.integers(1, 600), INTERVALS.map(union))
def test_working_time_passes_only_while_somebody_works(start, minutes, intervals):
    duration = timedelta(0, 60 * minutes)
    moment = after_working_time(start, duration, intervals)
    passed = sum(
        (
            max(timedelta(0), min(end, moment) - max(begin, start))
            for begin, end in intervals
        ),
        timedelta(0),
    )
    ended = not any(end > moment for _begin, end in intervals)
    assert moment >= start
    assert passed == duration or (ended and passed < duration)


@given(MOMENTS, st.integers(1, 600), st.lists(INTERVALS.map(union), max_size=4))
def test_the_working_time_of_several_is_that_of_all_together(start, minutes, many):
    duration = timedelta(0, 60 * minutes)
    together = union(part for each in many for part in each)
    assert after_working_time(start, duration, *many) == after_working_time(
        start, duration, together
    )


def test_two_working_hours_pass_over_night():
    assert after_working_time(at(17), timedelta(hours=2), HOURS) == at(10, day=4)
