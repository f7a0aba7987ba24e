# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import importlib

import pytest

WITH_EXAMPLES = [
    "affinity",
    "answer",
    "criteria",
    "facts",
    "ladder",
    "marks",
    "policy",
    "promise",
    "ranking",
    "reasons",
    "worktime",
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_the_engine_are_true(name):
    result = doctest.testmod(importlib.import_module(f"engine.{name}"))
    assert result.attempted
    assert not result.failed
