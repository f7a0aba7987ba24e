# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import CANCELLED

from .common import JournalCase


@tagged("post_install", "-at_install")
class TestFewer(JournalCase):
    """What a shortened order line takes off its requests."""

    def reduce(self, request, quantity):
        request.sale_line_id.with_user(self.salesperson).product_uom_qty = quantity
        self.end_transaction()

    def test_what_nobody_ordered_is_taken_off_first(self):
        request = self.new_request(quantity=5)
        self.order_requests(request).order_line.product_qty = 2
        self.end_transaction()
        self.reduce(request, 4)
        self.assertRecordValues(
            request, [{"product_qty": 4, "qty_planned": 2, "qty_to_order": 2}]
        )

    def test_what_a_caller_says_of_himself_keeps_no_request(self):
        """Words of ours in the context are believed only where we put them there."""
        request = self.new_request(quantity=5)
        forged = {"journal_keeps_requests": True, "journal_without_unordered": True}
        line = request.sale_line_id.with_user(self.salesperson).with_context(**forged)
        self.assertFalse(line._get_purchase_short()[line])
        line.product_uom_qty = 3
        self.end_transaction()
        self.assertEqual(request.product_qty, 3)
        line.product_id = self.new_product("Other", vendor=self.vendor)
        self.assertEqual(request.state, CANCELLED)

    def test_then_what_is_noted_on_the_purchase_line(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request, confirm=True)
        self.reduce(request, 3)
        self.assertRecordValues(request, [{"product_qty": 3, "qty_to_order": 0}])
        self.assertRecordValues(
            order.order_line, [{"product_qty": 5, "journal_requested_qty": 3}]
        )

    def test_what_stock_covers_is_not_bought(self):
        product = self.new_product("Cable", vendor=self.vendor, stock=3)
        request = self.new_request(product=product, quantity=5)
        self.assertEqual(request.product_qty, 2)
        self.reduce(request, 4)
        self.assertEqual(request.product_qty, 1)
        self.reduce(request, 3)
        self.assertEqual(request.state, CANCELLED)

    def test_what_was_asked_for_beyond_the_short_stays(self):
        product = self.new_product("Cable", vendor=self.vendor, stock=5)
        order = self.new_order((product, 5))
        line = order.order_line.with_user(self.salesperson)
        line._ask_to_buy({line: {"product_qty": 5}})
        request = self.get_requests(order)
        self.reduce(request, 4)
        self.assertEqual(request.product_qty, 4)

    def test_a_request_for_less_than_is_short_stays(self):
        order = self.new_order((self.amplifier, 10))
        line = order.order_line.with_user(self.salesperson)
        line._ask_to_buy({line: {"product_qty": 4}})
        request = self.get_requests(order)
        self.reduce(request, 8)
        self.assertEqual(request.product_qty, 4)
        self.reduce(request, 3)
        self.assertEqual(request.product_qty, 3)

    def test_what_has_come_stays(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request, confirm=True)
        self.receive(order, 2)
        self.reduce(request, 3)
        self.assertRecordValues(request, [{"product_qty": 3, "qty_received": 2}])
        self.reduce(request, 1)
        self.assertRecordValues(request, [{"product_qty": 2, "state": "received"}])

    def test_a_confirmed_order_is_shortened_alike(self):
        request = self.new_request(quantity=5)
        request.order_id.sudo().action_confirm()
        self.reduce(request, 2)
        self.assertEqual(request.product_qty, 2)

    def test_dozens_are_taken_off_in_dozens(self):
        order = self.new_order(
            {
                "product_id": self.amplifier.id,
                "product_uom_qty": 3,
                "product_uom_id": self.dozen.id,
            }
        )
        self.ask(order)
        request = self.get_requests(order)
        self.reduce(request, 2)
        self.assertRecordValues(
            request, [{"product_qty": 2, "product_uom_id": self.dozen.id}]
        )

    def test_the_latest_request_is_shortened_first(self):
        first = self.new_request(quantity=5)
        self.order_requests(first, confirm=True)
        line = first.sale_line_id.with_user(self.salesperson)
        line.product_uom_qty = 9
        self.ask(line)
        second = self.get_requests(line.order_id) - first
        self.assertEqual(second.product_qty, 4)
        self.reduce(first, 6)
        self.assertEqual((first.product_qty, second.product_qty), (5, 1))

    def test_the_history_says_why(self):
        request = self.new_request(quantity=5)
        self.reduce(request, 3)
        bodies = " ".join(request.message_ids.mapped("body"))
        self.assertIn("shortened to 3", bodies)
