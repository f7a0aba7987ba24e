# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tests without a database never import an addon: that would need a running Odoo."""

import os

import pytest
from hypothesis import settings

# The machine may be busy: what is linear is shown by sizes, not by a clock. A run that
# nobody watches tries the same examples each time; `AUDIOMANIA_FUZZ=20000` others.
MANY = int(os.environ.get("AUDIOMANIA_FUZZ", "0"))
settings.register_profile(
    "house",
    derandomize=not MANY,
    database=None,
    deadline=None,
    max_examples=MANY or 100,
)
settings.load_profile("house")


def pytest_collect_directory(path, parent):
    """A folder is a folder, also where it is a package of Odoo."""
    return pytest.Dir.from_parent(parent, path=path)
