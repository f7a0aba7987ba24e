# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Nobody is over his limit while another who may has room, unless his lead is
decisive."""

from builders import OTHER_TEAM, ask, codes, employee
from engine.facts import Away
from engine.marks import Mark
from engine.policy import Policy
from engine.reasons import Code, Reason

POLICY = Policy(threshold=0.0, lead=0.5, decisive_lead=2.0, limit=3)
ROOM = employee(8, handled=0.4)


def full(**values):
    return employee(7, open_inquiries=3, **{"handled": 0.9, **values})


def test_who_is_full_is_passed_over_while_another_has_room():
    decision = ask([full(), ROOM], policy=POLICY)
    assert decision.addressee_id == 8
    assert Reason.of(Code.AT_LIMIT, full(), open=3, limit=3) in decision.reasons


def test_who_is_decisively_ahead_gets_it_beyond_his_limit():
    decision = ask([full(conversed_lately=1.0), ROOM], policy=POLICY)
    assert decision.addressee_id == 7
    assert Code.LEAD_BEYOND_LIMIT in codes(decision)


def test_who_is_full_gets_it_where_nobody_else_has_room():
    other = employee(8, open_inquiries=9)
    decision = ask([full(), other], policy=POLICY)
    assert decision.addressee_id == 7
    assert Code.NO_ROOM_ELSEWHERE in codes(decision)


def test_who_is_away_or_ruled_out_has_no_room():
    away = employee(8, handled=0.4, away=Away.LEAVE)
    bad = employee(9, handled=0.4, mark=Mark(1.0, employee(1).at_work_until))
    assert ask([full(), away, bad], policy=POLICY).addressee_id == 7


def test_who_comes_next_has_to_stand_out_among_the_rest():
    decision = ask([full(), ROOM, employee(9, handled=0.4)], policy=POLICY)
    assert decision.addressee_id is None
    assert codes(decision)[:2] == [Code.LEAD_TOO_SMALL, Code.AT_LIMIT]


def test_whose_own_limit_is_higher_has_room():
    assert ask([full(limit=4), ROOM], policy=POLICY).addressee_id == 7


def test_who_is_named_has_no_limit():
    assert ask([full(), ROOM], named=[7], policy=POLICY).addressee_id == 7


def test_who_has_much_to_do_is_ranked_lower():
    busy, idle = employee(7, open_inquiries=15), employee(8, open_inquiries=5)
    assert ask([busy, idle]).ranking[0].employee_id == 8


def test_a_full_colleague_of_another_team_is_passed_over_too():
    decision = ask([full(team=OTHER_TEAM), ROOM], policy=POLICY)
    assert decision.addressee_id == 8
