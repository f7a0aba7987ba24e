# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    PARTIALLY_RECEIVED,
    RECEIVED,
)

from .common import JournalCase

OVER = ("done", "cancel")


@tagged("post_install", "-at_install")
class TestMoves(JournalCase):
    """What is bought for an order is reserved for its delivery, and nothing that
    happens to the purchase cancels the delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cable = cls.new_product("Cable", vendor=cls.vendor, stock=2)

    def sell(self, product=None, quantity=5, buy=True):
        """A confirmed order; what is short of it is on a confirmed purchase."""
        request = self.new_request(product=product or self.amplifier, quantity=quantity)
        order = request.order_id
        order.sudo().action_confirm()
        purchase = self.order_requests(request, confirm=True) if buy else None
        return order, request, purchase

    def get_moves(self, order):
        moves = order.sudo().order_line.move_ids
        return moves.filtered(lambda m: m.state not in OVER).sorted("id")

    def assert_delivery(self, order, expected):
        """The open moves of the delivery: (demand, reserved, waits for a purchase)."""
        self.end_transaction()
        moves = self.get_moves(order)
        found = [
            (m.product_qty, m.quantity, bool(m.journal_allocation_id)) for m in moves
        ]
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual(moves.picking_id.state in ("cancel", False), False)

    def send_back(self, picking, quantity):
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        returned = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        returned.move_ids.picked = True
        returned.button_validate()
        self.end_transaction()

    def test_the_covered_part_is_from_stock_and_the_bought_part_waits(self):
        order, request, purchase = self.sell(self.cable)
        self.assertEqual(request.product_qty, 3)
        self.assert_delivery(order, [(2, 2, False), (3, 0, True)])
        part = self.get_moves(order).filtered("journal_allocation_id")
        receipt = purchase.sudo().picking_ids.move_ids
        self.assertEqual(part.move_orig_ids, receipt)
        self.assertEqual(part.state, "waiting")
        self.assertFalse(receipt.propagate_cancel)

    def test_a_purchase_that_was_confirmed_before_the_sale_is_waited_for_too(self):
        request = self.new_request(product=self.cable, quantity=5)
        self.order_requests(request, confirm=True)
        request.order_id.sudo().action_confirm()
        self.assert_delivery(request.order_id, [(2, 2, False), (3, 0, True)])

    def test_what_arrives_is_reserved_for_the_order_it_was_bought_for(self):
        earlier = self.new_order((self.amplifier, 5))
        earlier.sudo().action_confirm()
        order, request, purchase = self.sell()
        self.receive(purchase)
        self.assertEqual(request.state, RECEIVED)
        self.assert_delivery(order, [(5, 5, True)])
        self.assert_delivery(earlier, [(5, 0, False)])

    def test_a_part_that_arrives_is_reserved_and_the_rest_waited_for(self):
        order, request, purchase = self.sell()
        self.receive(purchase, 2)
        self.assertEqual(request.state, PARTIALLY_RECEIVED)
        self.assert_delivery(order, [(5, 2, True)])
        self.receive(purchase)
        self.assert_delivery(order, [(5, 5, True)])

    def test_what_arrives_beyond_what_was_asked_is_free(self):
        order, _request, purchase = self.sell()
        self.receive(purchase, 9)
        self.assert_delivery(order, [(5, 5, True)])
        self.assertEqual(self.amplifier.with_user(self.buyer).free_qty, 4)

    def test_goods_that_came_before_the_sale_was_confirmed_are_taken_from_stock(self):
        request = self.new_request()
        self.receive(self.order_requests(request, confirm=True))
        request.order_id.sudo().action_confirm()
        self.assert_delivery(request.order_id, [(5, 5, False)])

    def test_a_deleted_purchase_line_leaves_the_delivery_to_stock(self):
        order, request, purchase = self.sell()
        purchase.button_cancel()
        self.assert_delivery(order, [(5, 0, False)])
        purchase.order_line.unlink()
        self.assert_delivery(order, [(5, 0, False)])
        self.assertEqual(request.qty_to_order, 5)

    def test_a_cancelled_receipt_does_not_cancel_the_delivery(self):
        order, request, purchase = self.sell(self.cable)
        purchase.sudo().picking_ids.action_cancel()
        self.assert_delivery(order, [(2, 2, False), (3, 0, False)])
        self.assertEqual(request.qty_to_order, 3)

    def test_stock_that_comes_from_elsewhere_serves_what_is_no_longer_bought(self):
        order, _request, purchase = self.sell()
        purchase.button_cancel()
        self.env["stock.quant"]._update_available_quantity(
            self.amplifier, self.warehouse.lot_stock_id, 5
        )
        self.get_moves(order).picking_id.action_assign()
        self.assert_delivery(order, [(5, 5, False)])

    def test_bought_again_it_is_waited_for_again(self):
        order, request, purchase = self.sell()
        purchase.button_cancel()
        self.end_transaction()
        again = self.order_requests(request) - purchase
        again.button_confirm()
        self.assert_delivery(order, [(5, 0, True)])
        self.receive(again)
        self.assert_delivery(order, [(5, 5, True)])

    def test_a_receipt_that_ends_short_is_not_waited_for(self):
        order, _request, purchase = self.sell()
        self.receive(purchase, 2, backorder=False)
        self.assert_delivery(order, [(2, 2, True), (3, 0, False)])

    def test_a_shorter_purchase_line_is_waited_for_with_what_it_holds(self):
        order, _request, purchase = self.sell()
        purchase.order_line.product_qty = 2
        self.assert_delivery(order, [(2, 0, True), (3, 0, False)])

    def test_a_longer_purchase_line_brings_only_what_it_says(self):
        order, _request, purchase = self.sell()
        for quantity in (8, 10, 7):
            purchase.order_line.product_qty = quantity
            receipts = purchase.sudo().picking_ids.move_ids
            open_ = receipts.filtered(lambda m: m.state not in OVER)
            self.assertEqual(sum(open_.mapped("product_qty")), quantity)
        self.assert_delivery(order, [(5, 0, True)])

    def test_goods_returned_to_the_vendor_are_not_waited_for(self):
        order, request, purchase = self.sell()
        self.receive(purchase)
        self.send_back(purchase.sudo().picking_ids, 5)
        self.assertEqual(request.qty_to_order, 5)
        self.assertFalse(self.get_moves(order).journal_allocation_id)
        again = self.order_requests(request) - purchase
        again.button_confirm()
        self.assert_delivery(order, [(5, 0, True)])

    def test_a_shorter_sale_shortens_the_part_that_waits(self):
        order, _request, _purchase = self.sell(self.cable)
        order.sudo().order_line.product_uom_qty = 1
        self.assert_delivery(order, [(1, 0, True)])
        self.assertFalse(order.sudo().picking_ids.filtered("return_id"))

    def test_a_longer_sale_waits_for_no_more_than_is_bought(self):
        order, _request, _purchase = self.sell()
        order.sudo().order_line.product_uom_qty = 8
        self.assert_delivery(order, [(5, 0, True), (3, 0, False)])

    def test_a_request_on_two_purchases_waits_for_both(self):
        request = self.new_request(quantity=5)
        order = request.order_id
        order.sudo().action_confirm()
        first = self.order_requests(request)
        first.order_line.product_qty = 2
        first.button_confirm()
        self.end_transaction()
        second = self.order_requests(request) - first
        second.button_confirm()
        self.assert_delivery(order, [(2, 0, True), (3, 0, True)])
        self.receive(second)
        self.assert_delivery(order, [(2, 0, True), (3, 3, True)])
        self.receive(first)
        self.assert_delivery(order, [(2, 2, True), (3, 3, True)])

    def test_two_orders_on_one_purchase_line_get_each_their_own(self):
        requests = self.new_request(quantity=2) | self.new_request(quantity=3)
        for order in requests.order_id:
            order.sudo().action_confirm()
        purchase = self.order_requests(requests, confirm=True)
        self.receive(purchase)
        self.assert_delivery(requests[0].order_id, [(2, 2, True)])
        self.assert_delivery(requests[1].order_id, [(3, 3, True)])

    def test_dozens_are_waited_for_in_dozens(self):
        self.amplifier.seller_ids.product_uom_id = self.dozen
        order, _request, purchase = self.sell(quantity=24)
        self.assert_delivery(order, [(24, 0, True)])
        self.receive(purchase, 12)
        self.assert_delivery(order, [(24, 12, True)])

    def test_a_receipt_in_two_steps_is_reserved_at_its_end(self):
        self.warehouse.reception_steps = "two_steps"
        order, _request, purchase = self.sell(self.cable)
        self.receive(purchase)
        self.assert_delivery(order, [(2, 2, False), (3, 0, True)])
        part = self.get_moves(order).filtered("journal_allocation_id")
        inside = part.move_orig_ids
        self.assertEqual(inside.location_dest_id, self.warehouse.lot_stock_id)
        inside.quantity = 3
        inside.picked = True
        inside.picking_id.button_validate()
        self.assert_delivery(order, [(2, 2, False), (3, 3, True)])

    def test_a_delivery_in_two_steps_picks_what_was_bought(self):
        self.warehouse.delivery_steps = "pick_ship"
        order, _request, purchase = self.sell(self.cable)
        self.assert_delivery(order, [(2, 2, False), (3, 0, True)])
        self.receive(purchase)
        self.assert_delivery(order, [(2, 2, False), (3, 3, True)])

    def test_delivered_is_delivered(self):
        order, _request, purchase = self.sell(self.cable)
        self.receive(purchase)
        picking = order.sudo().picking_ids
        picking.move_ids.picked = True
        picking.with_user(self.storekeeper).button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(order.sudo().order_line.qty_delivered, 5)

    def test_a_cancelled_sale_leaves_the_purchase(self):
        order, _request, purchase = self.sell()
        order.sudo()._action_cancel()
        self.end_transaction()
        self.assertEqual(purchase.state, "purchase")
        self.assertEqual(purchase.sudo().picking_ids.state, "assigned")
        self.receive(purchase)
        self.assertEqual(self.amplifier.with_user(self.buyer).free_qty, 5)
