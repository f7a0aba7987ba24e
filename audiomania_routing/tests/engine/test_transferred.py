# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rule 10: a transfer says to whom, instead of the letter and of the audience."""

from builders import (
    KNOWN,
    NOW,
    OTHER_TEAM,
    TEAM,
    UNKNOWN,
    codes,
    employee,
    hours,
)
from engine.decision import decide
from engine.facts import Away, Inquiry
from engine.policy import Policy
from engine.reasons import Code

STAFF = (employee(1), employee(2), employee(3, team=OTHER_TEAM))


def transfer(to=None, team=None, staff=STAFF, customer=KNOWN, **values):
    inquiry = Inquiry(1, transferred_to=to, transferred_team=team, **values)
    return decide(inquiry, customer, staff, Policy(), NOW)


def test_he_gets_an_exclusive_window_whoever_is_named_or_had_it():
    decision = transfer(to=2, named=(1,), continues=3)
    assert decision.addressee_id == 2
    assert decision.ladder.exclusive_until == NOW + hours(2)
    assert codes(decision)[0] is Code.TRANSFERRED


def test_then_the_audiences_team_and_his_see_it():
    decision = transfer(to=3)
    assert (decision.team_id, decision.addressee_team_id) == (TEAM, OTHER_TEAM)


def test_who_is_away_has_no_window_and_his_team_sees_it_at_once():
    decision = transfer(to=2, staff=[employee(1), employee(2, away=Away.LEAVE)])
    assert decision.addressee_id is None
    assert decision.ladder.team_visible_from == NOW
    assert codes(decision)[0] is Code.AWAY


def test_a_team_sees_it_at_once_and_nobody_alone():
    favourite = employee(1, handled=1.0, conversed_lately=1.0)
    decision = transfer(team=TEAM, staff=[favourite, employee(2)], named=(1,))
    assert decision.addressee_id is None
    assert decision.ladder.exclusive_until is None
    assert decision.ladder.team_visible_from == NOW
    assert codes(decision) == [Code.TRANSFERRED_TEAM]


def test_the_team_goes_before_that_of_the_audience_known_or_not():
    for customer in (KNOWN, UNKNOWN):
        decision = transfer(team=OTHER_TEAM, customer=customer)
        assert (decision.team_id, decision.addressee_team_id) == (OTHER_TEAM, None)
        assert decision.ladder.department_visible_from > NOW


def test_to_somebody_in_a_chosen_team():
    decision = transfer(to=3, team=OTHER_TEAM)
    assert (decision.addressee_id, decision.team_id) == (3, OTHER_TEAM)
    assert decision.addressee_team_id is None
    assert codes(decision) == [Code.TRANSFERRED, Code.TRANSFERRED_TEAM]
