# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A decision can be stored and explained later as it was."""

import json

from builders import ask, at, employee
from engine.facts import Away
from engine.record import from_json, to_json


def test_a_stored_decision_reads_back_as_it_was():
    away = employee(8, away=Away.LEAVE, back_at=at(9, day=5))
    decision = ask([employee(7), away], named=[8, 7], now=at(17))
    assert from_json(json.loads(json.dumps(to_json(decision)))) == decision


def test_a_stored_decision_without_anybody_reads_back_as_it_was():
    decision = ask([])
    assert from_json(json.loads(json.dumps(to_json(decision)))) == decision
