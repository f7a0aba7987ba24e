# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Loaded with ``--load``: every test runs when all addons are loaded.

Most of Odoo's tests run while their own addon is being installed, before those that
extend it are there; then they would prove nothing of ours.

For Odoo's lint, which reads the sources of all addons that it finds, only those in
``NEIGHBOURS_LINT`` are found, and the tools are those of the gates.
"""

import os
import sys

from odoo.modules import Manifest
from odoo.tests import loader
from odoo.tests.suite import OdooSuite
from odoo.tools import config

LINTED = os.environ.get("NEIGHBOURS_LINT")

make_suite = loader.make_suite


def make_late_suite(module_names, position="at_install"):
    if position == "at_install":
        return OdooSuite([])
    if LINTED is not None:
        lint_only(LINTED.split(","))
    names = sorted(module_names)
    tests = [*make_suite(names, "at_install"), *make_suite(names, "post_install")]
    return OdooSuite(sorted(tests, key=lambda test: getattr(test, "test_sequence", 0)))


def lint_only(names):
    """Let the lint find these addons, and import the tools of the gates."""
    sys.path += os.environ["NEIGHBOURS_PACKAGES"].split(os.pathsep)
    found = [one for one in Manifest.all_addon_manifests() if one.name in names]
    Manifest.all_addon_manifests = staticmethod(lambda: found)
    # pylint reads all below this folder, which is the whole of Odoo
    root = found[0].path if found else os.path.dirname(__file__)
    type(config).root_path = property(lambda _config: root)


loader.make_suite = make_late_suite
