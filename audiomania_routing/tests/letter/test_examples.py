# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import importlib

import pytest

WITH_EXAMPLES = ["address", "forward", "numbering", "parts", "report"]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_reading_letters_are_true(name):
    result = doctest.testmod(importlib.import_module(f"letter.{name}"))
    assert result.attempted
    assert not result.failed
