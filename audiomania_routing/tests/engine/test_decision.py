# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules 3 to 6: who is asked first, and why not somebody else."""

from builders import (
    AUDIENCE,
    NOW,
    OTHER_TEAM,
    TEAM,
    UNKNOWN,
    ask,
    at,
    codes,
    employee,
)
from engine import criteria
from engine.decision import Code, Reason
from engine.facts import Away
from engine.policy import DEFAULT_WEIGHTS, Policy

ANN, BOB = employee(7), employee(8)


def test_who_is_named_is_asked_whatever_others_have_done():
    decision = ask([ANN, employee(8, handled=1.0)], named=[7])
    assert decision.addressee_id == 7
    assert codes(decision)[0] is Code.NAMED


def test_of_two_who_are_named_the_first_is_asked():
    decision = ask([ANN, BOB], named=[8, 7])
    assert decision.addressee_id == 8
    assert decision.reasons[1] == Reason(Code.NAMED_LATER, 7)


def test_of_two_who_are_named_the_one_at_work_is_asked():
    away = employee(8, away=Away.LEAVE, back_at=at(9, day=5))
    decision = ask([ANN, away], named=[8, 7])
    assert decision.addressee_id == 7
    passed = Reason.of(Code.AWAY, away, away="leave", back_at=at(9, day=5))
    assert passed in decision.reasons


def test_who_has_the_conversation_comes_before_who_is_named():
    decision = ask([ANN, BOB], named=[7], continues=8)
    assert decision.addressee_id == 8
    assert codes(decision)[:2] == [Code.CONTINUES, Code.NAMED_LATER]


def test_who_is_named_is_asked_when_the_assignee_is_away():
    decision = ask([ANN, employee(8, away=Away.ARCHIVED)], named=[7], continues=8)
    assert decision.addressee_id == 7


def test_who_is_named_but_away_gives_no_window_to_the_best_candidate():
    decision = ask([employee(7, away=Away.LEAVE), employee(8, handled=1.0)], named=[7])
    assert decision.addressee_id is None


def test_a_name_that_is_no_employee_is_nobody():
    decision = ask([employee(7, handled=1.0)], named=[99])
    assert decision.addressee_id == 7


def test_a_policy_without_windows_lets_the_teams_see_it_at_once():
    named = employee(9, team=OTHER_TEAM)
    policy = Policy(window_for_named=False)
    decision = ask([ANN, named], named=[9], policy=policy)
    assert decision.addressee_id is None
    assert decision.ladder.team_visible_from == NOW
    assert decision.addressee_team_id == OTHER_TEAM
    assert codes(decision)[0] is Code.NO_WINDOW_FOR_NAMED


def test_the_best_candidate_is_asked_when_he_stands_out():
    decision = ask([employee(7, handled=0.8), employee(8, handled=0.2)])
    assert decision.addressee_id == 7
    chosen, passed = decision.reasons[:2]
    assert chosen.code is Code.STANDS_OUT
    assert (passed.code, passed.employee_id) == (Code.OUTRANKED, 8)


def test_a_single_candidate_is_ahead_of_nobody_and_needs_the_threshold_only():
    assert ask([employee(7, handled=0.8)]).addressee_id == 7
    assert ask([ANN]).addressee_id is None


def test_nobody_stands_out_below_the_threshold():
    decision = ask([employee(7, handled=0.3), BOB])
    assert decision.addressee_id is None
    assert codes(decision)[0] is Code.BELOW_THRESHOLD


def test_nobody_stands_out_without_a_lead():
    decision = ask([employee(7, handled=0.55), employee(8, handled=0.45)])
    assert decision.addressee_id is None
    assert codes(decision)[0] is Code.LEAD_TOO_SMALL


def test_the_best_candidate_is_passed_over_when_he_is_away():
    away = employee(7, handled=0.9, away=Away.OFF_HOURS, back_at=at(9, day=4))
    decision = ask([away, employee(8, handled=0.1)])
    assert decision.addressee_id is None
    assert decision.reasons[0].code is Code.BEST_AWAY
    assert dict(decision.reasons[0].params)["back_at"] == at(9, day=4)


def test_nobody_stands_out_where_the_policy_does_not_want_it():
    decision = ask([employee(7, handled=1.0)], policy=Policy(stand_out=False))
    assert decision.addressee_id is None
    assert codes(decision)[0] is Code.STAND_OUT_OFF


def test_nobody_at_all_is_an_answer():
    decision = ask([], customer=UNKNOWN)
    assert decision.addressee_id is None
    assert decision.ranking == ()
    assert decision.ladder.department_visible_from == NOW
    assert codes(decision) == [
        Code.NO_STAFF,
        Code.AUDIENCE_UNKNOWN,
        Code.DEPARTMENT_CANNOT_ACT,
    ]


def test_nobody_of_the_team_can_act_is_said():
    decision = ask([employee(8, team=OTHER_TEAM)])
    assert codes(decision)[-2:] == [Code.AUDIENCE_KNOWN, Code.TEAM_EMPTY]
    assert (decision.audience_id, decision.team_id) == (AUDIENCE, TEAM)


def test_a_window_that_ends_early_is_said():
    decision = ask([ANN], named=[7], now=at(17))
    assert Reason.of(Code.WINDOW_CUT, ANN, until=at(18)) in decision.reasons
    assert Code.WINDOW_CUT not in codes(ask([ANN], named=[7]))


def test_equal_candidates_are_ranked_by_id():
    ranking = ask([BOB, employee(9), ANN]).ranking
    assert [each.employee_id for each in ranking[:2]] == [7, 8]


def test_the_ranking_shows_what_counts_with_its_weight():
    best = ask([employee(7, handled=0.5)]).ranking[0]
    points = {score.criterion: (score.value, score.weight) for score in best.scores}
    assert points == {"audience_team": (1.0, 1.0), "handled_orders": (0.5, 3.0)}
    assert best.total == 2.5


def test_who_is_named_ranks_first():
    ranking = ask([ANN, employee(8, handled=1.0)], named=[7]).ranking
    assert ranking[0].employee_id == 7


def test_another_addon_adds_a_criterion_with_a_function_and_a_weight(monkeypatch):
    monkeypatch.setattr(criteria, "CRITERIA", criteria.CRITERIA)
    monkeypatch.setitem(criteria.CRITERIA, "knows_tubes", None)

    @criteria.criterion("knows_tubes")
    def knows_tubes(asked, employee):
        return employee.extra.get("knows_tubes", 0.0)

    policy = Policy(weights={**DEFAULT_WEIGHTS, "knows_tubes": 2.0})
    expert = employee(8, extra={"knows_tubes": 1.0})
    assert ask([ANN, expert], policy=policy).addressee_id == 8
    assert ask([ANN, expert]).addressee_id is None
