# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A few employees at work for some seconds: what `setup/load` does for long does not
rot. Whether all is fast is for a quiet machine to say."""

import os
from types import SimpleNamespace

from kit import command_load, databases

SECONDS = 15
FEW = SimpleNamespace(
    minutes=SECONDS / 60, employees=6, letters_a_second=1.0, stored=300, haste=0.06
)
SPEED = "the queue at p95 is there within a second"


def test_employees_work_while_letters_come_and_all_is_accounted_for(postgres):
    name = f"load_{os.getpid()}"
    with databases.temporary(postgres, databases.product(postgres), name):
        found = command_load.put_load(postgres, name, FEW)
    missed = [goal for goal, met in command_load.judge(found) if not met]
    assert set(missed) <= {SPEED}, command_load.describe(found)

    # it was no idle day
    assert found["letters"]["handed over"] > SECONDS / 5
    assert found["worked out"]
    asked = {row["request"] for row in found["rows"]}
    assert {"queue: page", "conversation", "take", "alerts: list"} <= asked
    assert found["bus"]["a change in the queue"]["count"]
    roles = [row["process"] for row in found["processes"]]
    assert roles.count("websockets") == 1


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
