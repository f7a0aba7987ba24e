# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who stands in for an absent one counts as named after him."""

import pytest
from builders import AWAY, NOW, OTHER_TEAM, ask, codes, employee
from engine.facts import Away
from engine.marks import Mark
from engine.policy import Policy
from engine.reasons import Code, Reason

ANN_AWAY = employee(7, away=Away.LEAVE)
SUBSTITUTE = employee(8, substitute_for=(7,))


@pytest.mark.parametrize("why", AWAY)
def test_who_stands_in_for_whom_it_is_addressed_to_is_asked(why):
    decision = ask([employee(7, away=why), SUBSTITUTE], named=[7])
    assert decision.addressee_id == 8
    assert decision.reasons[0] == Reason.of(Code.SUBSTITUTE, SUBSTITUTE, absent=7)
    assert decision.reasons[1].code is Code.AWAY


def test_who_stands_in_for_the_assignee_is_asked():
    assert ask([ANN_AWAY, SUBSTITUTE], continues=7).addressee_id == 8


def test_who_is_named_himself_comes_before_who_stands_in():
    decision = ask([ANN_AWAY, SUBSTITUTE, employee(9)], named=[7, 9])
    assert decision.addressee_id == 9


def test_nobody_stands_in_for_who_is_at_work():
    decision = ask([employee(7), SUBSTITUTE], named=[7])
    assert decision.addressee_id == 7


def test_nobody_stands_in_for_whom_the_customer_rated_badly():
    bad = employee(7, mark=Mark(1.0, NOW))
    assert ask([bad, SUBSTITUTE], named=[7]).addressee_id is None


def test_a_substitute_who_is_away_or_rated_badly_is_not_asked():
    absent = employee(8, substitute_for=(7,), away=Away.LEAVE)
    bad = employee(9, substitute_for=(7,), mark=Mark(1.0, NOW))
    decision = ask([ANN_AWAY, absent, bad], named=[7])
    assert decision.addressee_id is None
    assert codes(decision)[0] is Code.AWAY


def test_who_stands_in_directly_comes_before_who_does_so_through_others():
    far = employee(8, substitute_for=(9, 7))
    near = employee(10, substitute_for=(7,))
    assert ask([ANN_AWAY, far, near], named=[7]).addressee_id == 10


def test_who_stands_in_for_the_first_named_comes_first():
    gone = employee(6, away=Away.ARCHIVED)
    for_gone = employee(8, substitute_for=(6,))
    for_ann = employee(9, substitute_for=(7,))
    decision = ask([ANN_AWAY, gone, for_gone, for_ann], named=[7, 6])
    assert decision.addressee_id == 9


def test_a_circle_of_absent_substitutes_is_nobody():
    one = employee(7, away=Away.LEAVE, substitute_for=(8, 7))
    other = employee(8, away=Away.LEAVE, substitute_for=(7, 8))
    decision = ask([one, other, employee(9)], named=[7])
    assert decision.addressee_id is None
    assert decision.ladder.team_visible_from == NOW


def test_a_substitute_of_another_team_brings_his_team():
    from_afar = employee(8, OTHER_TEAM, substitute_for=(7,))
    decision = ask([ANN_AWAY, from_afar], named=[7])
    assert decision.addressee_team_id == OTHER_TEAM


def test_without_windows_nobody_stands_in():
    policy = Policy(window_for_named=False)
    assert ask([ANN_AWAY, SUBSTITUTE], named=[7], policy=policy).addressee_id is None
