# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tests without a database never import an addon: that would need a running Odoo."""

import pytest


def pytest_collect_directory(path, parent):
    """A folder is a folder, also where it is a package of Odoo."""
    return pytest.Dir.from_parent(parent, path=path)
