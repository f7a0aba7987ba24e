# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rule 3: whom this customer rated badly; rule 25: what all customers say."""

from datetime import timedelta

from builders import NOW, OTHER_TEAM, ask, at, codes, employee
from engine.decision import Nobody
from engine.marks import Mark, Marks
from engine.policy import Policy
from engine.reasons import Code, Reason

MARCH = at(9)
BAD = Mark(1.0, MARCH)
HIDING = Policy(hide_badly_rated=True)


def test_whom_this_customer_rated_badly_gets_no_window_though_he_is_named():
    bad = employee(7, mark=BAD)
    decision = ask([bad, employee(8)], named=[7])
    assert decision.addressee_id is None
    assert decision.ladder.team_visible_from == NOW
    said = Reason.of(Code.RATED_BADLY, bad, mark=1.0, best=5.0, given_at=MARCH)
    assert said in decision.reasons


def test_his_team_sees_it_with_that_of_the_audience():
    decision = ask([employee(7, OTHER_TEAM, mark=BAD), employee(8)], named=[7])
    assert decision.addressee_team_id == OTHER_TEAM
    assert decision.excluded_ids == ()


def test_the_next_who_is_named_is_asked_instead():
    assert ask([employee(7, mark=BAD), employee(8)], named=[7, 8]).addressee_id == 8


def test_he_is_ranked_last_whatever_speaks_for_him():
    decision = ask([employee(7, mark=BAD, handled=0.9), employee(8)])
    assert [each.employee_id for each in decision.ranking] == [8, 7]
    assert Code.RATED_BADLY in codes(decision)


def test_he_is_ruled_out_though_no_weight_is_given_to_marks():
    decision = ask([employee(7, mark=BAD)], named=[7], policy=Policy(weights={}))
    assert decision.addressee_id is None


def test_a_bad_mark_no_longer_rules_out_after_its_half_life():
    old = Mark(1.0, NOW - Policy().marks_half_life)
    young = Mark(1.0, NOW - Policy().marks_half_life + timedelta(days=1))
    assert ask([employee(7, mark=young)], named=[7]).addressee_id is None
    assert ask([employee(7, mark=old)], named=[7]).addressee_id == 7


def test_what_is_left_of_an_old_bad_mark_still_speaks_against_him():
    old = Mark(1.0, NOW - Policy().marks_half_life)
    best = ask([employee(7, mark=old)]).ranking[0]
    assert {score.criterion: score.value for score in best.scores} == {
        "audience_team": 1.0,
        "customer_marks": -0.5,
    }


def test_a_mark_above_the_threshold_is_not_bad():
    policy = Policy(bad_mark=1.0)
    middling = employee(7, mark=Mark(2.0, MARCH))
    assert ask([middling], named=[7], policy=policy).addressee_id == 7
    assert ask([middling], named=[7]).addressee_id is None


def test_a_threshold_of_nothing_makes_no_mark_bad():
    policy = Policy(bad_mark=0.0)
    assert ask([employee(7, mark=BAD)], named=[7], policy=policy).addressee_id == 7


def test_it_is_hidden_from_him_until_the_department_sees_it_by_a_switch():
    decision = ask([employee(7, mark=BAD), employee(8)], policy=HIDING)
    assert (decision.excluded_ids, decision.barred_ids) == ((7,), ())
    assert Reason(Code.HIDDEN, 7) in decision.reasons


def test_it_is_never_hidden_from_whose_conversation_it_is():
    decision = ask([employee(7, mark=BAD)], continues=7, policy=HIDING)
    assert decision.excluded_ids == ()
    assert decision.addressee_id is None


def test_a_team_from_which_it_is_hidden_is_passed_at_once():
    eve = employee(9, OTHER_TEAM)
    decision = ask([employee(7, mark=BAD), eve], policy=HIDING)
    assert decision.ladder.department_visible_from == NOW
    assert decision.nobody is Nobody.TEAM
    assert Code.TEAM_EXCLUDED in codes(decision)


def test_only_sentences_that_tell_marks_are_confidential():
    secret = {code for code in Code if code.confidential}
    assert secret == {Code.RATED_BADLY, Code.HIDDEN}


def test_good_marks_of_this_customer_and_of_others_speak_for_him():
    liked = employee(8, mark=Mark(5.0, NOW), marks=Marks(5.0, 90, 4.0))
    ranking = ask([employee(7), liked]).ranking
    assert [each.employee_id for each in ranking] == [8, 7]


def test_one_mark_of_others_hardly_counts():
    one = employee(7, marks=Marks(5.0, 1, 4.0))
    many = employee(8, marks=Marks(4.5, 200, 4.0))
    assert ask([one, many]).ranking[0].employee_id == 8
