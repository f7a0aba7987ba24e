# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rule 2: each fact moves whom it speaks for, and nobody else."""

from datetime import timedelta

import pytest
from builders import AUDIENCE, KNOWN, NOW, OTHER_TEAM, TEAM, ask, codes, employee
from engine.decision import decide
from engine.facts import Away, Customer, Inquiry, Segment
from engine.policy import Policy
from engine.reasons import Code

ANN = employee(7)


def rank(staff, customer=KNOWN, **letter):
    decision = decide(Inquiry(1, **letter), customer, staff, Policy(), NOW)
    return [each.employee_id for each in decision.ranking]


@pytest.mark.parametrize(
    "fact", ["handled", "conversed", "conversed_lately", "expertise", "workshare"]
)
def test_who_knows_more_comes_first(fact):
    assert rank([ANN, employee(8, **{fact: 0.3})]) == [8, 7]


@pytest.mark.parametrize(
    "letter", [{"document": 8}, {"mentioned": (8,)}, {"named": (8,)}, {"continues": 8}]
)
def test_of_whom_the_letter_speaks_comes_first(letter):
    assert rank([ANN, employee(8)], **letter) == [8, 7]


def test_who_was_last_comes_before_who_was_often():
    often, last = employee(7, conversed=0.8), employee(8, conversed_lately=0.8)
    assert rank([often, last]) == [8, 7]


def test_who_has_another_conversation_with_the_customer_comes_first():
    assert rank([ANN, employee(8)], customer=Customer(open_with=(8,))) == [8, 7]


def test_who_serves_the_products_of_the_letter_comes_first():
    letter = {"products": (Segment(6, OTHER_TEAM, 0.3),)}
    assert rank([ANN, employee(8, OTHER_TEAM)], customer=Customer(), **letter) == [8, 7]


def test_who_does_not_speak_the_language_comes_last():
    german = employee(8, languages=("de",))
    assert rank([employee(7, languages=("en",)), german], language="de") == [8, 7]


def test_the_letter_s_language_counts_before_the_customer_s():
    staff = [employee(7, languages=("en",)), employee(8, languages=("de",))]
    assert rank(staff, customer=Customer(language="de")) == [8, 7]
    assert rank(staff, customer=Customer(language="de"), language="en") == [7, 8]


def test_who_lets_inquiries_run_out_comes_last():
    assert rank([employee(7, unanswered=0.5), employee(8)]) == [8, 7]


def test_who_knows_the_customer_stays_ahead_though_he_left_some_unanswered():
    assert rank([ANN, employee(8, handled=0.5, unanswered=0.5)]) == [8, 7]


def test_who_has_not_been_seen_for_long_comes_last():
    gone = employee(7, last_active_at=NOW - timedelta(days=60))
    assert rank([gone, employee(8, last_active_at=NOW)]) == [8, 7]


def test_a_clock_that_runs_ahead_makes_nobody_more_than_present():
    ahead = employee(7, last_active_at=NOW + timedelta(days=60))
    assert ask([ahead]).ranking[0].total == ask([ANN]).ranking[0].total


def test_who_is_away_falls_behind_and_who_left_is_last():
    away = employee(7, away=Away.OFF_HOURS)
    leave = employee(8, away=Away.LEAVE)
    left = employee(6, away=Away.ARCHIVED, handled=1.0)
    assert rank([away, leave, left, employee(9)]) == [9, 7, 8, 6]


def test_who_left_is_named_where_he_would_have_been_ahead():
    left = employee(6, away=Away.ARCHIVED, handled=1.0)
    decision = ask([left, ANN])
    said = [each for each in decision.reasons if each.code is Code.WOULD_LEAD]
    assert [each.employee_id for each in said] == [6]


def test_a_stranger_s_audience_is_that_of_the_products_he_names():
    letter = Inquiry(1, products=(Segment(AUDIENCE, TEAM, 0.8), Segment(6, None, 0.2)))
    decision = decide(letter, Customer(), [ANN], Policy(), NOW)
    assert (decision.audience_id, decision.team_id) == (AUDIENCE, TEAM)
    assert Code.AUDIENCE_FROM_LETTER in codes(decision)


def test_few_products_of_an_audience_are_thin_evidence():
    letter = Inquiry(1, products=(Segment(AUDIENCE, TEAM, 0.3),))
    decision = decide(letter, Customer(), [ANN], Policy(), NOW)
    assert decision.audience_id is None


def test_a_customer_s_own_audience_counts_before_what_he_asks_about():
    letter = Inquiry(1, products=(Segment(6, OTHER_TEAM),))
    decision = decide(letter, KNOWN, [ANN], Policy(), NOW)
    assert decision.team_id == TEAM


def test_a_guessed_customer_is_said_to_be_guessed():
    assert Code.CUSTOMER_GUESSED in codes(ask([ANN], customer=Customer(guessed=True)))


@pytest.mark.parametrize(
    "fact", ["handled", "conversed", "conversed_lately", "expertise", "workshare"]
)
def test_a_plain_fact_is_what_its_criterion_answers(fact):
    from engine.criteria import CRITERIA, Question

    asked = Question(Inquiry(1), Customer(), Policy(), NOW)
    knowing = employee(7, **{fact: 0.3})
    plain = [
        each.answer(asked, knowing)
        for each in CRITERIA.values()
        if each.plain and each.needs(knowing)
    ]
    assert plain == [0.3]


def test_who_it_is_about_never_sees_it():
    decision = ask([employee(7, excluded=True), employee(8)], named=[7])
    assert decision.addressee_id is None
    assert decision.barred_ids == decision.excluded_ids == (7,)
    assert codes(decision)[0] is Code.EXCLUDED


def test_nobody_is_left_where_everybody_is_ruled_out():
    decision = ask([employee(7, excluded=True), employee(8, away=Away.NO_ACCESS)])
    assert decision.addressee_id is None
    assert codes(decision)[0] is Code.ALL_RULED_OUT
    assert Code.DEPARTMENT_CANNOT_ACT in codes(decision)
