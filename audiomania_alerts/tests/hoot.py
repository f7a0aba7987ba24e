# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs the hoot tests of one addon in Chromium, and sees that they were run."""

import re
from unittest.mock import patch

from odoo.tests import HttpCase, common

PASSED = re.compile(r"Passed (\d+) tests")


def suite_id(name):
    """The id that hoot gives to a suite, as ``HOOTCommon`` of web computes it."""
    number = 0
    for character in name:
        number = (number << 5) - number + ord(character) & 0xFFFFFFFF
    return f"{number:08x}"


class HootCase(HttpCase):
    """A test case that runs a suite: a suite without tests is a failure."""

    def run_hoot(self, suite, at_least):
        """Run ``suite``, such as ``@audiomania_alerts``, and only that.

        :param at_least: how many tests it has at the least.
        """
        messages = []
        handle = common.ChromeBrowser._handle_console

        def noting(browser, *args, **kwargs):
            messages.append(str(kwargs.get("args") or args))
            return handle(browser, *args, **kwargs)

        with patch.object(common.ChromeBrowser, "_handle_console", noting):
            self.browser_js(
                "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
                f"&id={suite_id(suite)}",
                "",
                login="admin",
                timeout=600,
                success_signal="[HOOT] Test suite succeeded",
                error_checker=lambda message: "[HOOT]" not in message,
            )
        passed = PASSED.search(" ".join(messages))
        self.assertTrue(passed, "Hoot did not say how many tests it ran")
        self.assertGreaterEqual(int(passed[1]), at_least)
