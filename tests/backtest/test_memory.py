# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""At each moment the engine is told what was past, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from backtest.history import Event
from backtest.memory import FORGOTTEN, Memory
from engine.facts import Away
from engine.marks import Mark, Marks
from engine.policy import Policy

NOW = datetime(2025, 3, 3, 9)
WEEK = timedelta(days=7)


def event(kind, employee="eve", customer="ann", case="1", at=NOW, **others):
    return Event(at, case, customer, employee, kind, **others)


def asked(memory, customer="ann", at=NOW, employee="", category=""):
    """What the engine is told of a case that opens."""
    opened = Event(at, "new", customer, employee, "opened", category)
    inquiry, known, staff = memory.question(opened, 1)
    names = {key: name for name, key in memory.ids.items()}
    return inquiry, known, {names[each.id]: each for each in staff}


def remembering(*events, policy=None, **options):
    memory = Memory(policy or Policy(), **options)
    for each in events:
        memory.learn(each)
    return memory


def test_who_was_never_seen_is_no_candidate():
    assert asked(remembering())[2] == {}


def test_orders_are_shared_by_their_amounts_and_fade():
    policy = replace(Policy(), half_life=WEEK)
    memory = remembering(
        event("order", "eve", amount=200.0, at=NOW - WEEK),
        event("order", "bob", amount=300.0),
        policy=policy,
    )
    staff = asked(memory)[2]
    assert staff["eve"].handled == pytest.approx(0.25)
    assert staff["bob"].handled == pytest.approx(0.75)
    assert asked(memory, "someone else")[2]["eve"].handled == 0.0


def test_conversations_are_shared_and_the_last_has_nearly_all_of_what_is_recent():
    memory = remembering(
        event("taken", "eve", case="1", at=NOW - 13 * WEEK),
        event("taken", "bob", case="2"),
    )
    bob = asked(memory)[2]["bob"]
    assert 0.6 < bob.conversed < 0.7
    assert bob.conversed_lately > 0.95
    assert bob.workshare == bob.conversed_lately


def test_taking_again_what_he_has_counts_once_and_a_handover_counts_for_both():
    memory = remembering(event("taken"), event("taken"), event("taken", "bob"))
    assert memory.most_frequent_for("ann", 3) == [1, 2]
    assert memory.taken_of["ann"] == {1: 1, 2: 1}


def test_who_resolves_what_another_took_has_handled_him_too():
    memory = remembering(event("taken"), event("resolved", "bob"))
    assert memory.last_for("ann", 3) == [2, 1]


def test_a_row_without_customer_and_category_is_about_those_of_its_case():
    memory = remembering(
        event("opened", "", category="tubes"), event("taken", customer="")
    )
    staff = asked(memory, category="tubes")[2]
    assert staff["eve"].expertise == staff["eve"].conversed == 1.0
    assert asked(memory, category="cables")[2]["eve"].expertise == 0.0


def test_rows_without_a_case_are_no_case():
    memory = remembering(event("taken", case=""), event("taken", "bob", case=""))
    assert memory.cases == {}
    assert memory.last_for("ann", 3) == [2, 1]


def test_who_is_named_is_told():
    memory = remembering(event("taken"))
    assert asked(memory, employee="eve")[0].named == (1,)
    assert asked(memory, employee="new one")[0].named == (2,)


def test_the_latest_mark_of_this_customer_and_the_average_of_all():
    memory = remembering(
        event("taken"),
        event("rating", "", amount=1.0, at=NOW),
        event("rating", "eve", "zoe", "2", amount=5.0),
        event("rating", "bob", "zoe", "3", amount=3.0),
    )
    eve = asked(memory)[2]["eve"]
    assert eve.mark == Mark(1.0, NOW)
    assert eve.marks == Marks(mean=3.0, number=2, usual=3.0)
    assert asked(memory, "zoe")[2]["eve"].mark == Mark(5.0, NOW)


def test_a_rating_without_a_mark_or_of_nobody_says_nothing():
    memory = remembering(event("rating"), event("rating", "", case="9", amount=1.0))
    assert asked(memory)[2]["eve"].marks is None


def test_what_is_taken_and_not_resolved_is_open():
    memory = remembering(event("taken"), event("taken", case="2"))
    _inquiry, customer, staff = asked(memory)
    assert staff["eve"].open_inquiries == 2
    assert customer.open_with == (1,)
    memory.learn(event("resolved", case="2"))
    assert asked(memory)[2]["eve"].open_inquiries == 1
    assert asked(memory, "zoe")[1].open_with == ()


def test_what_opens_again_is_open_again():
    memory = remembering(event("taken"), event("resolved"), event("opened", ""))
    assert asked(memory)[2]["eve"].open_inquiries == 1


def test_a_case_without_a_sign_for_long_does_not_wait_any_more():
    memory = remembering(event("taken"))
    later = NOW + FORGOTTEN + timedelta(seconds=1)
    assert asked(memory, at=later)[2]["eve"].open_inquiries == 0


def test_where_nothing_is_ever_resolved_nobody_knows_what_is_open():
    memory = remembering(event("taken"), closes=False)
    assert asked(memory)[2]["eve"].open_inquiries == 0


def test_without_absences_presence_is_when_he_was_last_seen():
    memory = remembering(event("taken", at=NOW - WEEK), event("resolved"))
    assert asked(memory)[2]["eve"].last_active_at == NOW


def test_being_written_to_or_rated_is_no_sign_of_him():
    memory = remembering(event("opened", "eve"), event("rating", amount=5.0))
    assert asked(memory)[2]["eve"].last_active_at is None


def test_absences_tell_who_is_away_and_until_when():
    back = NOW + WEEK
    memory = remembering(event("taken"), absences={"eve": [(NOW, back)], "bob": []})
    staff = asked(memory)[2]
    assert (staff["eve"].away, staff["eve"].back_at) == (Away.LEAVE, back)
    assert staff["eve"].last_active_at is None
    assert staff["bob"].at_work
    assert asked(memory, at=back)[2]["eve"].at_work
