# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every cell of the table of rule 7, and the moments of the ladder."""

import pytest
from builders import AWAY, KNOWN, NOW, OTHER_TEAM, TEAM, UNKNOWN, ask, at, employee
from engine.facts import Away, Customer
from engine.policy import Policy

ANN, BOB = employee(7), employee(8)
EVE = employee(9, team=OTHER_TEAM)


def steps(decision):
    """Who is added when: alone, team, his own team, department."""
    ladder = decision.ladder
    return (
        decision.addressee_id,
        ladder.exclusive_until,
        ladder.team_visible_from,
        ladder.department_visible_from,
    )


# --- addressed to an employee of that team, at work


def test_of_that_team_audience_known_he_alone_then_that_team():
    decision = ask([ANN, BOB, EVE], named=[7])
    assert steps(decision) == (7, at(12), at(12), at(15))
    assert (decision.team_id, decision.addressee_team_id) == (TEAM, None)


def test_of_that_team_audience_unknown_he_alone_then_the_department():
    decision = ask([ANN, BOB, EVE], named=[7], customer=UNKNOWN)
    assert steps(decision) == (7, at(12), None, at(12))
    assert (decision.team_id, decision.addressee_team_id) == (None, None)


# --- addressed to an employee of another team, at work


def test_of_another_team_audience_known_he_alone_then_both_teams():
    decision = ask([ANN, BOB, EVE], named=[9])
    assert steps(decision) == (9, at(12), at(12), at(15))
    assert (decision.team_id, decision.addressee_team_id) == (TEAM, OTHER_TEAM)


def test_of_another_team_audience_unknown_he_alone_then_the_department():
    decision = ask([ANN, BOB, EVE], named=[9], customer=UNKNOWN)
    assert steps(decision) == (9, at(12), None, at(12))
    assert decision.addressee_team_id is None


# --- addressed to an employee who is away or gone


@pytest.mark.parametrize("why", AWAY)
def test_away_audience_known_the_team_at_once(why):
    decision = ask([employee(7, away=why), BOB, EVE], named=[7])
    assert steps(decision) == (None, None, NOW, at(12))
    assert (decision.team_id, decision.addressee_team_id) == (TEAM, None)


@pytest.mark.parametrize("why", AWAY)
def test_away_of_another_team_audience_known_both_teams_at_once(why):
    away = employee(9, team=OTHER_TEAM, away=why)
    decision = ask([ANN, BOB, away], named=[9])
    assert steps(decision) == (None, None, NOW, at(12))
    assert (decision.team_id, decision.addressee_team_id) == (TEAM, OTHER_TEAM)


@pytest.mark.parametrize("why", AWAY)
def test_away_audience_unknown_the_department_at_once(why):
    decision = ask([employee(7, away=why), BOB, EVE], named=[7], customer=UNKNOWN)
    assert steps(decision) == (None, None, None, NOW)


# --- addressed to nobody in particular


def test_nobody_named_audience_known_the_best_candidate_then_the_team():
    decision = ask([employee(7, handled=0.9), BOB, EVE])
    assert steps(decision) == (7, at(12), at(12), at(15))


def test_nobody_named_nobody_stands_out_the_team_at_once():
    decision = ask([ANN, BOB, EVE])
    assert steps(decision) == (None, None, NOW, at(12))


def test_nobody_named_audience_unknown_the_department_at_once():
    decision = ask([ANN, BOB, EVE], customer=UNKNOWN)
    assert steps(decision) == (None, None, None, NOW)


def test_an_audience_that_no_team_serves_is_like_an_unknown_one():
    decision = ask([ANN, BOB], customer=Customer(audience_id=5))
    assert steps(decision) == (None, None, None, NOW)
    assert decision.audience_id == 5


# --- the window


def test_the_window_is_plain_time_lunch_does_not_stretch_it():
    assert ask([ANN], named=[7], now=at(11)).ladder.exclusive_until == at(13)


def test_the_window_ends_with_his_working_day():
    assert ask([ANN], named=[7], now=at(17)).ladder.exclusive_until == at(18)


def test_the_window_ends_with_the_beginning_of_his_absence():
    leaving = employee(7, at_work_until=at(11))
    assert ask([leaving], named=[7]).ladder.exclusive_until == at(11)


def test_the_window_is_whole_where_nothing_is_known_to_end_his_day():
    always = employee(7, at_work_until=None)
    assert ask([always], named=[7], now=at(23)).ladder.exclusive_until == at(1, day=4)


def test_the_window_is_as_long_as_the_policy_says():
    policy = Policy(exclusive_window=at(3) - at(0))
    assert ask([ANN], named=[7], policy=policy).ladder.exclusive_until == at(13)


# --- the further rungs


def test_the_department_follows_after_working_hours_of_the_team():
    """Two hours from five: one today, one tomorrow morning."""
    decision = ask([ANN, BOB], now=at(17))
    assert decision.ladder.department_visible_from == at(10, day=4)


def test_hours_of_other_teams_do_not_count_for_the_team():
    night = employee(9, team=OTHER_TEAM, hours=((at(0), at(0, day=8)),))
    decision = ask([ANN, night], now=at(17))
    assert decision.ladder.department_visible_from == at(10, day=4)


def test_hours_of_the_addressee_s_team_count_beside_those_of_the_audience_s():
    late = employee(9, OTHER_TEAM, Away.OFF_HOURS, hours=((at(18), at(22)),))
    decision = ask([ANN, late], named=[9], now=at(17))
    assert decision.ladder.department_visible_from == at(19)


@pytest.mark.parametrize("why", [Away.LEAVE, Away.NO_ACCESS, Away.ARCHIVED])
def test_a_team_in_which_nobody_can_act_is_followed_by_the_department_at_once(why):
    decision = ask([employee(7, away=why), EVE])
    assert decision.ladder.team_visible_from == NOW
    assert decision.ladder.department_visible_from == NOW


def test_a_team_without_members_is_followed_by_the_department_at_once():
    assert ask([EVE]).ladder.department_visible_from == NOW


def test_a_team_at_home_for_the_night_is_waited_for():
    away = employee(7, away=Away.OFF_HOURS)
    decision = ask([away], now=at(20))
    assert decision.ladder.department_visible_from == at(11, day=4)


def test_supervisors_are_alerted_after_working_hours_of_the_department():
    decision = ask([ANN, BOB, EVE], customer=KNOWN)
    assert decision.ladder.supervisors_alerted_from == at(15)


def test_the_delays_are_those_of_the_policy():
    policy = Policy(team_delay=at(1) - at(0), department_delay=at(5) - at(0))
    ladder = ask([ANN], policy=policy).ladder
    assert ladder.department_visible_from == at(11)
    assert ladder.supervisors_alerted_from == at(17)
