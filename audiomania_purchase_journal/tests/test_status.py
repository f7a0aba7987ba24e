# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    ASKED,
    IN_WORK,
    ORDERED,
    PARTIALLY_RECEIVED,
    RECEIVED,
)

from .common import JournalCase


@tagged("post_install", "-at_install")
class TestStatus(JournalCase):
    """What happens to the purchase and the receipt, and what the request and the
    order line show then (rules 38 and 39)."""

    def test_the_documents_move_the_status(self):
        request = self.new_request(quantity=5)
        steps = [
            ("asked", lambda: None, ASKED, 5),
            ("draft", lambda: self.order_requests(request), IN_WORK, 0),
            ("confirmed", lambda: self.purchase(request).button_confirm(), ORDERED, 0),
            ("2 of 5", lambda: self.receive(self.purchase(request), 2),
             PARTIALLY_RECEIVED, 0),
            ("the rest", lambda: self.receive(self.purchase(request)), RECEIVED, 0),
        ]  # fmt: skip
        for name, step, state, to_order in steps:
            with self.subTest(name):
                step()
                self.end_transaction()
                self.assertRecordValues(
                    request, [{"state": state, "qty_to_order": to_order}]
                )
                self.assertEqual(self.shown(request), state)

    def test_cancelled_upstream_it_is_back_in_the_journal(self):
        for confirm in (False, True):
            with self.subTest(confirm=confirm):
                request = self.new_request()
                order = self.order_requests(request, confirm=confirm)
                order.button_cancel()
                self.end_transaction()
                self.assertRecordValues(
                    request,
                    [{"state": IN_WORK, "qty_to_order": 5, "came_back": True}],
                )

    def test_after_a_cancelled_purchase_it_can_be_ordered_again(self):
        request = self.new_request()
        self.order_requests(request, confirm=True).button_cancel()
        self.end_transaction()
        self.order_requests(request).filtered(
            lambda order: order.state == "draft"
        ).button_confirm()
        self.end_transaction()
        self.assertRecordValues(
            request, [{"state": ORDERED, "qty_to_order": 0, "came_back": False}]
        )

    def test_another_product_on_the_purchase_line_gives_the_request_back(self):
        request = self.new_request()
        line = self.order_requests(request).order_line
        line.product_id = self.new_product("Other", vendor=self.vendor)
        self.end_transaction()
        self.assertFalse(request.allocation_ids)
        self.assertRecordValues(
            request,
            [{"state": IN_WORK, "qty_to_order": 5, "came_back": True}],
        )

    def test_the_same_product_on_the_purchase_line_changes_nothing(self):
        request = self.new_request()
        line = self.order_requests(request).order_line
        line.product_id = self.amplifier
        self.assertEqual(request.qty_planned, 5)

    def test_a_cancelled_receipt_gives_the_request_back(self):
        request = self.new_request()
        order = self.order_requests(request, confirm=True)
        order.sudo().picking_ids.action_cancel()
        self.end_transaction()
        self.assertRecordValues(
            request,
            [
                {
                    "state": IN_WORK,
                    "qty_ordered": 0,
                    "qty_to_order": 5,
                    "came_back": True,
                }
            ],
        )

    def test_a_receipt_without_a_backorder_gives_the_rest_back(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request, confirm=True)
        self.receive(order, 2, backorder=False)
        self.assertRecordValues(
            request,
            [
                {
                    "state": PARTIALLY_RECEIVED,
                    "qty_ordered": 2,
                    "qty_to_order": 3,
                    "came_back": True,
                }
            ],
        )
        self.order_requests(request).filtered(
            lambda order: order.state == "draft"
        ).button_confirm()
        self.assertRecordValues(request, [{"qty_ordered": 5, "qty_to_order": 0}])

    def test_a_receipt_in_dozens_without_a_backorder_gives_units_back(self):
        self.amplifier.seller_ids.product_uom_id = self.dozen
        request = self.new_request(quantity=24)
        order = self.order_requests(request, confirm=True)
        self.receive(order, 12, backorder=False)
        self.assertRecordValues(request, [{"qty_ordered": 12, "qty_to_order": 12}])

    def test_a_deleted_purchase_line_gives_the_request_back(self):
        request = self.new_request()
        self.order_requests(request).order_line.unlink()
        self.end_transaction()
        self.assertRecordValues(
            request, [{"state": IN_WORK, "qty_to_order": 5, "came_back": True}]
        )

    def test_a_deleted_purchase_order_gives_the_request_back(self):
        request = self.new_request()
        order = self.order_requests(request)
        order.button_cancel()
        order.unlink()
        self.end_transaction()
        self.assertRecordValues(request, [{"state": IN_WORK, "qty_to_order": 5}])
        self.assertFalse(request.allocation_ids)

    def test_merged_drafts_keep_their_requests(self):
        first = self.new_request(quantity=2)
        draft = self.order_requests(first)
        draft.state = "sent"  # so that the next request gets a draft of its own
        second = self.new_request(quantity=3)
        (draft | self.order_requests(second)).action_merge()
        self.end_transaction()
        self.assertRecordValues(
            first | second,
            [
                {"qty_planned": 2, "came_back": False},
                {"qty_planned": 3, "came_back": False},
            ],
        )
        self.assertEqual(draft.order_line.product_qty, 5)

    def test_a_shorter_purchase_line_gives_the_rest_back(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request, confirm=True)
        order.order_line.product_qty = 3
        self.end_transaction()
        self.assertRecordValues(
            request, [{"state": IN_WORK, "qty_ordered": 3, "qty_to_order": 2}]
        )

    def test_a_longer_purchase_line_changes_nothing(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request, confirm=True)
        order.order_line.product_qty = 12
        self.assertRecordValues(request, [{"state": ORDERED, "qty_ordered": 5}])

    def test_the_first_request_on_a_line_is_served_first(self):
        requests = self.new_request(quantity=2) | self.new_request(quantity=3)
        order = self.order_requests(requests, confirm=True)
        self.receive(order, 3)
        self.assertRecordValues(
            requests,
            [
                {"state": RECEIVED, "qty_received": 2},
                {"state": PARTIALLY_RECEIVED, "qty_received": 1},
            ],
        )

    def test_too_much_received_is_not_more_than_was_asked(self):
        request = self.new_request(quantity=5)
        self.receive(self.order_requests(request, confirm=True), 9)
        self.assertRecordValues(request, [{"state": RECEIVED, "qty_received": 5}])

    def test_received_in_dozens_is_received_in_units(self):
        self.amplifier.seller_ids.product_uom_id = self.dozen
        request = self.new_request(quantity=24)
        order = self.order_requests(request, confirm=True)
        self.receive(order, 12)
        self.assertRecordValues(
            request, [{"state": PARTIALLY_RECEIVED, "qty_received": 12}]
        )
        self.receive(order)
        self.assertEqual(request.state, RECEIVED)

    def test_returned_goods_are_to_be_bought_again(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request, confirm=True)
        self.receive(order)
        picking = order.sudo().picking_ids
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.write({"quantity": 5, "to_refund": True})
        returned = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        returned.move_ids.picked = True
        returned.button_validate()
        self.end_transaction()
        self.assertRecordValues(
            request, [{"state": IN_WORK, "qty_received": 0, "qty_to_order": 5}]
        )

    def test_a_new_date_of_the_purchase_is_the_expected_date(self):
        request = self.new_request()
        order = self.order_requests(request, confirm=True)
        order.order_line.date_planned = "2031-05-06 12:00:00"
        self.assertEqual(str(request.expected_date), "2031-05-06")

    def test_a_draft_is_no_word_on_the_date(self):
        request = self.new_request()
        self.order_requests(request)
        self.assertFalse(request.expected_date)

    def test_a_cancelled_purchase_leaves_the_buyers_own_date(self):
        request = self.new_request()
        request.expected_date = "2031-01-02"
        order = self.order_requests(request, confirm=True)
        order.button_cancel()
        self.assertEqual(str(request.expected_date), "2031-01-02")

    def test_a_deleted_purchase_line_leaves_the_delivery_alone(self):
        request = self.new_request()
        request.order_id.sudo().action_confirm()
        delivery = request.order_id.sudo().picking_ids
        self.order_requests(request).order_line.unlink()
        self.assertEqual(delivery.state, "confirmed")

    def test_the_line_shows_the_request_that_is_furthest_from_done(self):
        request = self.new_request(quantity=5)
        line = request.sale_line_id.with_user(self.salesperson)
        self.order_requests(request, confirm=True)
        line.product_uom_qty = 7
        self.ask(line)
        self.end_transaction()
        self.assertEqual(line.purchase_request_state, ASKED)
        self.assertEqual(len(line.purchase_request_mark["requests"]), 2)

    def test_a_storekeeper_without_other_rights_moves_the_status(self):
        request = self.new_request()
        self.assertFalse(
            self.storekeeper.has_group("purchase.group_purchase_user")
            or self.storekeeper.has_group("sales_team.group_sale_salesman")
        )
        self.receive(self.order_requests(request, confirm=True))
        self.assertEqual(request.state, RECEIVED)

    def purchase(self, request):
        return request.purchase_line_ids.order_id

    def shown(self, request):
        line = request.sale_line_id.with_user(self.salesperson)
        line.invalidate_recordset()
        return line.purchase_request_state
