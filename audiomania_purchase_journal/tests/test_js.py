# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import re

from odoo.tests import tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker

FILTER = "@audiomania_purchase_journal"


class Collector(logging.Handler):
    """Keeps what the browser said."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@tagged("post_install", "-at_install")
class TestJs(HOOTCommon):
    """The hoot tests of this addon, and only these."""

    # The tests of the helper itself belong to web.
    test_generate_hoot_hash = None
    test_get_hoot_filter = None

    def get_hoot_filters(self):
        self._test_params = [("+", FILTER)]
        return super().get_hoot_filters()

    def test_hoot(self):
        collector = Collector()
        browser = self._logger.getChild("browser")
        browser.addHandler(collector)
        self.addCleanup(browser.removeHandler, collector)
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            + self.hoot_filters,
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
        passed = re.search(r"Passed (\d+) tests", "\n".join(collector.lines))
        self.assertTrue(passed, "No hoot test was run.")
        self.assertGreaterEqual(int(passed[1]), 5)
