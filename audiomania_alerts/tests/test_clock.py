# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import doctest
from datetime import datetime

from odoo.tests import BaseCase, tagged

from .. import clock


@tagged("post_install", "-at_install")
class TestClock(BaseCase):
    def test_examples_in_the_documentation_hold(self):
        result = doctest.testmod(clock)
        self.assertGreater(result.attempted, 2)
        self.assertEqual(result.failed, 0)

    def test_hour_is_of_the_clocks_there_when_they_change(self):
        before = datetime(2026, 3, 28, 12)
        self.assertEqual(
            clock.find_tomorrow(before, "Europe/Berlin", 9), datetime(2026, 3, 29, 7)
        )

    def test_without_a_zone_it_is_utc(self):
        now = datetime(2026, 3, 2, 5)
        self.assertEqual(clock.find_next(now, False, 9), datetime(2026, 3, 2, 9))
