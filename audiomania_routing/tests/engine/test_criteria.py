# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Another addon adds a criterion with one function and one weight."""

import pytest
from builders import ask, codes, employee
from engine.criteria import CRITERIA, criterion
from engine.policy import DEFAULT_WEIGHTS, Policy
from engine.reasons import Code, Reason, Veto

TUBES = Policy(weights={**DEFAULT_WEIGHTS, "knows_tubes": 2.0})
ANN, EXPERT = employee(7), employee(8, extra={"knows_tubes": 1.0})


@pytest.fixture
def addon(monkeypatch):
    """What an addon does; afterwards it is removed."""

    def install(answer, **declared):
        monkeypatch.setitem(CRITERIA, "knows_tubes", None)
        return criterion("knows_tubes", **declared)(answer)

    return install


def test_a_function_and_a_weight_are_enough(addon):
    addon(lambda asked, employee: employee.extra.get("knows_tubes", 0.0))
    assert ask([ANN, EXPERT], policy=TUBES).addressee_id == 8


def test_without_a_weight_it_is_not_asked(addon):
    addon(lambda asked, employee: employee.extra.get("knows_tubes", 0.0))
    assert ask([ANN, EXPERT]).addressee_id is None


def test_a_weight_without_a_function_changes_nothing():
    assert ask([ANN, EXPERT], policy=TUBES) != ask([ANN, EXPERT])
    assert ask([ANN, EXPERT], policy=TUBES).ranking == ask([ANN, EXPERT]).ranking


@pytest.mark.parametrize("answer", [-7.0, 7.0, float("nan"), float("inf")])
def test_an_answer_never_leaves_its_bounds(addon, answer):
    addon(lambda asked, employee: answer if employee.id == 8 else 0.5)
    values = [
        each.value
        for c in ask([ANN, EXPERT], policy=TUBES).ranking
        for each in c.scores
    ]
    assert all(-1.0 <= value <= 1.0 for value in values)


def test_a_veto_rules_out_and_says_which_criterion_it_was(addon):
    addon(lambda asked, employee: Veto() if employee.id == 7 else 0.0)
    decision = ask([ANN, employee(8)], named=[7], policy=TUBES)
    assert decision.addressee_id is None
    assert decision.ranking[-1].employee_id == 7
    assert Reason.of(Code.RULED_OUT, ANN, criterion="knows_tubes") in decision.reasons


def test_two_vetoes_are_both_kept(addon):
    addon(lambda asked, employee: Veto())
    ruled_out = ask([employee(7, excluded=True)], policy=TUBES).ranking[0]
    assert [each.code for each in ruled_out.vetoes] == [Code.EXCLUDED, Code.RULED_OUT]


def test_it_may_say_of_whom_it_has_something_to_say(addon):
    spoken = []

    def note(asked, employee):
        spoken.append(employee.id)
        return 1.0

    addon(note, whom="customer.open_with")
    ask([ANN, EXPERT], policy=TUBES)
    assert not spoken


def test_everybody_named_in_another_order_gets_his_own_answer():
    decision = ask([ANN, employee(8)], named=[8, 7])
    named = {
        each.employee_id: score.value
        for each in decision.ranking
        for score in each.scores
        if score.criterion == "addressed"
    }
    assert named == {8: 1.0, 7: 0.5}


def test_nothing_to_say_gives_nobody_points():
    policy = Policy(weights={"handled_orders": 1.0})
    ranking = ask([ANN, employee(8)], policy=policy).ranking
    assert [(each.total, each.scores) for each in ranking] == [(0.0, ()), (0.0, ())]
    assert codes(ask([ANN], policy=policy))[0] is Code.BELOW_THRESHOLD
