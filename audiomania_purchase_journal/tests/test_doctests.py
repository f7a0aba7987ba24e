# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.audiomania_purchase_journal.models import request_state, stock_level


@tagged("post_install", "-at_install")
class TestRequestState(BaseCase):
    def test_examples_in_the_docstrings_hold(self):
        result = doctest.testmod(request_state)
        self.assertFalse(result.failed)
        self.assertGreater(result.attempted, 10)


@tagged("post_install", "-at_install")
class TestStockLevel(BaseCase):
    def test_examples_in_the_docstrings_hold(self):
        result = doctest.testmod(stock_level)
        self.assertFalse(result.failed)
        self.assertEqual(result.attempted, 5)
