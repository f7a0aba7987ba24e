# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for every inquiry, whoever works when."""

from datetime import timedelta

from builders import HOURS, NOW, OTHER_TEAM, TEAM, at
from engine.affinity import DecayedSum, shares
from engine.decision import decide
from engine.facts import Away, Customer, Employee, Inquiry
from engine.policy import Policy
from engine.record import from_json, to_json
from engine.worktime import after_working_time, subtract, union, working_day
from hypothesis import given
from hypothesis import strategies as st

MOMENTS = st.integers(0, 7 * 24 * 60).map(
    lambda minutes: at(0) + timedelta(0, 60 * minutes)
)
INTERVALS = st.lists(
    st.tuples(MOMENTS, MOMENTS).filter(lambda pair: pair[0] < pair[1]), max_size=6
)
IDS = st.integers(1, 6)
PEOPLE = st.lists(
    st.builds(
        Employee,
        id=IDS,
        team_ids=st.lists(st.sampled_from([TEAM, OTHER_TEAM]), unique=True).map(tuple),
        away=st.sampled_from([None, *Away]),
        at_work_until=MOMENTS.filter(lambda moment: moment > NOW),
        back_at=st.none() | MOMENTS,
        hours=INTERVALS.map(union),
        handled=st.floats(0, 1),
    ),
    unique_by=lambda each: each.id,
    max_size=5,
)
INQUIRIES = st.builds(
    Inquiry,
    id=st.just(1),
    named=st.lists(IDS, unique=True, max_size=3).map(tuple),
    continues=st.none() | IDS,
)
CUSTOMERS = st.sampled_from(
    [Customer(), Customer(5), Customer(5, TEAM), Customer(6, OTHER_TEAM)]
)
POLICIES = st.builds(
    Policy,
    window_for_named=st.booleans(),
    stand_out=st.booleans(),
    threshold=st.floats(0, 5),
    lead=st.floats(0, 3),
)


@given(INQUIRIES, CUSTOMERS, PEOPLE, POLICIES, st.randoms())
def test_the_order_of_candidates_changes_nothing(
    inquiry, customer, staff, policy, random
):
    shuffled = list(staff)
    random.shuffle(shuffled)
    first = decide(inquiry, customer, staff, policy, NOW)
    assert decide(inquiry, customer, shuffled, policy, NOW) == first


@given(INQUIRIES, CUSTOMERS, PEOPLE, POLICIES)
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


@given(INQUIRIES, CUSTOMERS, PEOPLE, POLICIES)
def test_only_somebody_at_work_gets_a_window_and_never_a_longer_one(
    inquiry, customer, staff, policy
):
    decision = decide(inquiry, customer, staff, policy, NOW)
    people = {each.id: each for each in staff}
    assert (decision.addressee_id is None) == (decision.ladder.exclusive_until is None)
    if decision.addressee_id is not None:
        addressee = people[decision.addressee_id]
        assert addressee.at_work
        assert decision.ladder.exclusive_until <= addressee.at_work_until
        assert decision.ladder.exclusive_until <= NOW + policy.exclusive_window


@given(INQUIRIES, CUSTOMERS, PEOPLE)
def test_whom_it_is_addressed_to_and_who_is_at_work_is_asked_before_any_weight(
    inquiry, customer, staff
):
    present = {each.id for each in staff if each.at_work}
    addressed = [key for key in inquiry.addressed if key in present]
    decision = decide(inquiry, customer, staff, Policy(), NOW)
    if addressed:
        assert decision.addressee_id == addressed[0]


@given(INQUIRIES, CUSTOMERS, PEOPLE, POLICIES)
def test_every_candidate_is_ranked_once_and_the_totals_fall(
    inquiry, customer, staff, policy
):
    ranking = decide(inquiry, customer, staff, policy, NOW).ranking
    assert sorted(each.employee_id for each in ranking) == sorted(e.id for e in staff)
    places = [(bool(each.vetoes), -each.total, each.employee_id) for each in ranking]
    assert places == sorted(places)


@given(INQUIRIES, CUSTOMERS, PEOPLE, POLICIES)
def test_what_is_stored_is_what_was_decided(inquiry, customer, staff, policy):
    decision = decide(inquiry, customer, staff, policy, NOW)
    assert from_json(to_json(decision)) == decision


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


def test_two_working_hours_pass_over_night():
    assert after_working_time(at(17), timedelta(hours=2), HOURS) == at(10, day=4)
