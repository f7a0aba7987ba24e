# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An inquiry that waits is decided again, never backwards."""

from datetime import timedelta

from builders import KNOWN, NOW, OTHER_TEAM, TEAM, UNKNOWN, ask, at, codes, employee
from engine.decision import decide, decide_again
from engine.facts import Away, Customer, Inquiry
from engine.ladder import never_backwards
from engine.marks import Mark
from engine.policy import Policy
from engine.reasons import Code
from hypothesis import given
from hypothesis import strategies as st
from strategies import CUSTOMERS, INQUIRIES, PEOPLE, POLICIES, THIRD_TEAM, later_staff

ANN, BOB = employee(7), employee(8)
EVE = employee(9, team=OTHER_TEAM)
TO_ANN = Inquiry(1, named=(7,))
LATER = at(11)


def again(before, staff, inquiry=TO_ANN, customer=KNOWN, policy=None, now=LATER):
    return decide_again(before, inquiry, customer, staff, policy or Policy(), now)


def window(decision):
    return decision.addressee_id, decision.ladder.exclusive_until


# --- the window


def test_who_is_still_at_work_keeps_what_is_left_of_his_window():
    decision = again(ask([ANN, BOB], named=[7]), [ANN, BOB])
    assert window(decision) == (7, at(12))
    assert decision.ladder.team_visible_from == at(12)
    assert decision.ladder.department_visible_from == at(15)


def test_who_goes_on_leave_loses_the_rest_of_his_window():
    before = ask([ANN, BOB], named=[7])
    decision = again(before, [employee(7, away=Away.LEAVE, back_at=at(9, day=5)), BOB])
    assert decision.ladder.exclusive_until == at(11)
    assert decision.ladder.team_visible_from == at(11)
    assert decision.reasons[0].code is Code.WINDOW_LOST
    assert dict(decision.reasons[0].params)["back_at"] == at(9, day=5)


def test_who_leaves_early_today_has_a_shorter_window():
    before = ask([ANN, BOB], named=[7])
    decision = again(before, [employee(7, at_work_until=at(11, 30)), BOB])
    assert window(decision) == (7, at(11, 30))
    assert Code.WINDOW_CUT in codes(decision)


def test_an_end_of_the_day_after_the_window_cuts_nothing():
    before = ask([ANN, BOB], named=[7])
    decision = again(before, [employee(7, at_work_until=at(12, 30)), BOB])
    assert window(decision) == (7, at(12))
    assert Code.WINDOW_CUT not in codes(decision)


def test_who_is_not_among_the_staff_any_more_loses_his_window():
    decision = again(ask([ANN, BOB], named=[7]), [BOB])
    assert decision.ladder.team_visible_from == at(11)
    assert codes(decision)[0] is Code.WINDOW_ENDED


def test_who_is_rated_badly_meanwhile_loses_his_window_and_still_sees_it():
    hiding = Policy(hide_badly_rated=True)
    before = ask([ANN, BOB], named=[7], policy=hiding)
    decision = again(before, [employee(7, mark=Mark(1.0, NOW)), BOB], policy=hiding)
    assert decision.ladder.team_visible_from == at(11)
    assert codes(decision)[:2] == [Code.WINDOW_ENDED, Code.RATED_BADLY]
    assert decision.excluded_ids == ()


def test_nobody_takes_the_place_of_the_addressee():
    nobody_named = Inquiry(1)
    before = ask([employee(7, handled=0.9), BOB])
    better = employee(8, handled=1.0, conversed_lately=1.0)
    decision = again(before, [ANN, better], inquiry=nobody_named)
    assert window(decision) == (7, at(12))
    assert codes(decision)[0] is Code.WINDOW_KEPT


def test_a_substitute_gets_no_window_that_others_would_have_to_leave_for():
    before = ask([ANN, BOB], named=[7])
    stand_in = employee(8, substitute_for=(7,))
    decision = again(before, [employee(7, away=Away.LEAVE), stand_in])
    assert decision.ladder.team_visible_from == at(11)
    assert codes(decision)[:2] == [Code.WINDOW_LOST, Code.SUBSTITUTE]
    assert codes(decision)[3] is Code.SEEN_ALREADY


def test_nobody_gets_a_window_once_a_team_sees_it():
    before = ask([ANN, BOB])
    decision = again(before, [employee(7, handled=1.0), BOB], inquiry=Inquiry(1))
    assert window(decision) == (None, None)
    assert Code.SEEN_ALREADY in codes(decision)
    assert decision.ladder.team_visible_from == NOW


def test_a_window_that_is_over_stays_in_the_record():
    decision = again(ask([ANN, BOB], named=[7]), [ANN, BOB], now=at(14))
    assert window(decision) == (7, at(12))
    assert decision.ladder.team_visible_from == at(12)


# --- the teams


def test_a_team_that_has_not_been_let_in_can_change():
    before = ask([ANN, EVE], named=[7])
    decision = again(before, [ANN, EVE], customer=Customer(6, OTHER_TEAM))
    assert (decision.team_id, decision.addressee_team_id) == (OTHER_TEAM, TEAM)
    assert decision.ladder.team_visible_from == at(12)


def test_a_team_that_sees_it_stays_beside_the_new_one():
    before = ask([ANN, EVE])
    decision = again(before, [ANN, EVE], Inquiry(1), Customer(6, OTHER_TEAM))
    assert (decision.team_id, decision.addressee_team_id) == (OTHER_TEAM, TEAM)


def test_a_third_team_takes_the_whole_department():
    third = employee(10, team=THIRD_TEAM)
    before = ask([ANN, EVE, third], named=[9], policy=Policy(window_for_named=False))
    assert (before.team_id, before.addressee_team_id) == (TEAM, OTHER_TEAM)
    decision = again(before, [ANN, EVE, third], Inquiry(1), Customer(7, THIRD_TEAM))
    assert {decision.team_id, decision.addressee_team_id} == {TEAM, OTHER_TEAM}
    assert decision.ladder.department_visible_from == at(11)


def test_an_audience_that_gets_unknown_takes_nothing_from_its_team():
    before = ask([ANN, BOB])
    decision = again(before, [ANN, BOB], Inquiry(1), UNKNOWN)
    assert decision.team_id == TEAM
    assert decision.ladder.team_visible_from == NOW
    assert decision.ladder.department_visible_from == at(11)


def test_an_audience_that_gets_unknown_in_the_window_leaves_no_team():
    before = ask([ANN, BOB], named=[7])
    decision = again(before, [ANN, BOB], customer=UNKNOWN)
    assert decision.team_id is None
    assert decision.ladder.team_visible_from is None
    assert decision.ladder.department_visible_from == at(12)


def test_a_team_that_loses_its_last_member_is_passed_at_once():
    before = ask([ANN, EVE])
    decision = again(before, [employee(7, away=Away.ARCHIVED), EVE], Inquiry(1))
    assert decision.ladder.department_visible_from == at(11)
    assert Code.TEAM_CANNOT_ACT in codes(decision)


def test_who_has_seen_it_is_not_excluded_later():
    hiding = Policy(hide_badly_rated=True)
    before = ask([ANN, BOB], policy=hiding)
    bad = employee(7, mark=Mark(1.0, NOW))
    assert again(before, [bad, BOB], Inquiry(1), policy=hiding).excluded_ids == ()
    hidden = ask([bad, BOB], policy=hiding)
    assert again(hidden, [bad, BOB], Inquiry(1), policy=hiding).excluded_ids == (7,)


# --- for all facts


def viewers(decision, staff, moment):
    """Whom the ladder lets see it, as the record rules read it."""
    ladder = decision.ladder
    seen = {decision.addressee_id} & {each.id for each in staff}
    if ladder.team_sees(moment):
        teams = {decision.team_id, decision.addressee_team_id}
        members = {each.id for each in staff if teams & set(each.team_ids)}
        seen |= members - set(decision.excluded_ids)
    if ladder.department_visible_from <= moment:
        seen |= {each.id for each in staff} - set(decision.barred_ids)
    return seen


@given(
    INQUIRIES,
    st.tuples(CUSTOMERS, CUSTOMERS, CUSTOMERS),
    PEOPLE,
    st.tuples(POLICIES, POLICIES, POLICIES),
    st.data(),
)
def test_who_has_been_let_in_is_never_locked_out(
    inquiry, customers, staff, policies, data
):
    now = NOW
    decision = decide(inquiry, customers[0], staff, policies[0], now)
    for customer, policy in zip(customers[1:], policies[1:], strict=True):
        now += timedelta(0, 60 * data.draw(st.integers(0, 300)))
        seen = viewers(decision, staff, now)
        people = data.draw(later_staff(staff))
        before, decision = (
            decision,
            decide_again(decision, inquiry, customer, people, policy, now),
        )
        assert seen <= viewers(decision, staff, now)
        assert_no_moment_moved_back(before.ladder, decision.ladder)


def assert_no_moment_moved_back(old, new):
    assert new.department_visible_from <= old.department_visible_from
    assert new.supervisors_alerted_from <= old.supervisors_alerted_from
    assert new.supervisors_alerted_from >= new.department_visible_from
    assert (new.exclusive_until is None) == (old.exclusive_until is None)
    if old.exclusive_until:
        assert new.exclusive_until <= old.exclusive_until
    if new.team_visible_from:
        assert new.team_visible_from <= new.department_visible_from
        assert new.team_visible_from >= (new.exclusive_until or new.team_visible_from)


@given(INQUIRIES, CUSTOMERS, PEOPLE, POLICIES)
def test_deciding_the_same_again_at_once_changes_no_moment(
    inquiry, customer, staff, policy
):
    before = decide(inquiry, customer, staff, policy, NOW)
    decision = decide_again(before, inquiry, customer, staff, policy, NOW)
    assert decision.addressee_id == before.addressee_id
    assert decision.ladder == before.ladder
    assert decision.team_id == before.team_id
    assert decision.addressee_team_id == before.addressee_team_id
    assert decision.barred_ids == before.barred_ids
    if before.ladder.department_visible_from > NOW:
        assert decision.excluded_ids == before.excluded_ids


def test_a_window_is_never_given_to_who_did_not_have_it():
    old = ask([ANN]).ladder
    new = ask([ANN], named=[7]).ladder
    assert never_backwards(old, new, NOW) == old
