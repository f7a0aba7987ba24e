# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import importlib

import pytest

WITH_EXAMPLES = [
    "address",
    "bounds",
    "charset",
    "coding",
    "forward",
    "glance",
    "headers",
    "heading",
    "identity",
    "language",
    "mailboxes",
    "mending",
    "mentions",
    "mime",
    "naming",
    "numbering",
    "own",
    "parts",
    "phones",
    "plain",
    "reading",
    "report",
    "soundness",
    "thanks",
    "trial",
    "words",
    "writing",
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_the_package_are_true(name):
    result = doctest.testmod(importlib.import_module(f"letter.{name}"))
    assert result.attempted
    assert not result.failed
