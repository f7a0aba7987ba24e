# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A few employees at work for some seconds: what `setup/load` does for long does not
rot. Whether all is fast is for a quiet machine to say."""

import os
from types import SimpleNamespace

from kit import command_load, databases

SECONDS = (15, 90)
"""The longer one is for a machine that is so busy that hardly anything is asked."""
FEW = {"employees": 6, "letters_a_second": 1.0, "stored": 300, "haste": 0.06}
KINDS = ("queue: page", "conversation", "take", "alerts: list")
SPEED = "the queue at p95 is there within a second"


def test_employees_work_while_letters_come_and_all_is_accounted_for(postgres):
    name = f"load_{os.getpid()}"
    for seconds in SECONDS:
        few = SimpleNamespace(minutes=seconds / 60, **FEW)
        with databases.temporary(postgres, databases.product(postgres), name):
            found = command_load.put_load(postgres, name, few)
        missed = [goal for goal, met in command_load.judge(found) if not met]
        assert set(missed) <= {SPEED}, command_load.describe(found)
        if not (idle := find_idle(found)):
            break
    assert not idle
    roles = [row["process"] for row in found["processes"]]
    assert roles.count("websockets") == 1


def find_idle(found):
    """What nobody has done in that time."""
    asked = {row["request"] for row in found["rows"]}
    done = {
        "letters": found["letters"]["handed over"] > 2,
        "worked out": found["worked out"],
        "bus": found["bus"].get("a change in the queue", {}).get("count"),
        **{kind: kind in asked for kind in KINDS},
    }
    return [kind for kind, is_done in done.items() if not is_done]


def test_a_goal_that_is_missed_is_named():
    letters = {"handed over": 2, "accounted for": 1, "entries": 2, "inquiries": 2}
    found = {
        "letters": {**letters, "left over": 0},
        "rows": [{"request": "queue: page", "p95": 1200}],
        "errors": ["take: could not serialize access due to concurrent update"],
        "log": [],
        "lost websockets": 0,
    }
    met = dict(command_load.judge(found))
    assert not met.pop("every letter has one entry and one inquiry")
    assert not met.pop(SPEED)
    assert not met.pop("nobody is shown an error")
    assert not met.pop("no failure to serialise is shown to anybody")
    assert all(met.values())
