# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    ASKED,
    IN_WORK,
)

from .common import JournalCase

# Odoo itself makes four for a purchase line; the journal adds none.
QUERIES_PER_LINE = 5


@tagged("post_install", "-at_install")
class TestOrder(JournalCase):
    def new_draft(self, vendor=None, user=None, **line):
        return (
            self.env["purchase.order"]
            .with_user(user or self.buyer)
            .create(
                {
                    "partner_id": (vendor or self.vendor).id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.amplifier.id,
                                "product_qty": 1,
                                **line,
                            }
                        )
                    ],
                }
            )
        )

    def test_a_request_becomes_a_line_of_a_draft_of_its_vendor(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request)
        self.assertRecordValues(
            order,
            [
                {
                    "partner_id": self.vendor.id,
                    "state": "draft",
                    "user_id": self.buyer.id,
                    "origin": request.order_id.sudo().name,
                    "picking_type_id": self.warehouse.in_type_id.id,
                }
            ],
        )
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "product_id": self.amplifier.id,
                    "product_qty": 5,
                    "price_unit": 100.0,
                    "propagate_cancel": False,
                }
            ],
        )
        self.assertRecordValues(
            request.allocation_ids,
            [{"purchase_line_id": order.order_line.id, "product_qty": 5}],
        )

    def test_who_orders_has_it_in_work(self):
        request = self.new_request(
            product=self.new_product("Loose", vendor=self.vendor)
        )
        request.buyer_id = False
        self.order_requests(request)
        self.assertRecordValues(
            request, [{"state": IN_WORK, "buyer_id": self.buyer.id, "qty_to_order": 0}]
        )

    def test_one_draft_for_each_vendor(self):
        other = self.env["res.partner"].create({"name": "Other vendor"})
        cable = self.new_product("Cable", vendor=other)
        requests = self.new_request() | self.new_request(product=cable)
        orders = self.order_requests(requests)
        self.assertEqual(orders.partner_id, self.vendor | other)
        self.assertEqual(len(orders), 2)

    def test_two_requests_for_one_product_share_a_line(self):
        requests = self.new_request(quantity=2) | self.new_request(quantity=3)
        order = self.order_requests(requests)
        self.assertEqual(order.order_line.product_qty, 5)
        self.assertEqual(order.order_line.journal_requested_qty, 5)
        self.assertEqual(
            order.order_line.journal_allocation_ids.mapped("product_qty"), [2, 3]
        )

    def test_the_open_draft_of_the_vendor_is_joined(self):
        draft = self.new_draft()
        order = self.order_requests(self.new_request(quantity=5))
        self.assertEqual(order, draft)

    def test_a_later_request_joins_the_line_that_the_journal_made(self):
        first = self.order_requests(self.new_request(quantity=2))
        second = self.order_requests(self.new_request(quantity=3))
        self.assertEqual(first, second)
        self.assertEqual(first.order_line.mapped("product_qty"), [5])
        self.assertEqual(len(first.origin.split(", ")), 2)

    def test_a_line_that_would_cancel_deliveries_is_not_joined(self):
        draft = self.new_draft(propagate_cancel=True)
        self.order_requests(self.new_request(quantity=5))
        self.assertEqual(draft.order_line.mapped("propagate_cancel"), [True, False])

    def test_a_confirmed_order_is_not_joined(self):
        first = self.order_requests(self.new_request(), confirm=True)
        second = self.order_requests(self.new_request())
        self.assertNotEqual(first, second)

    def test_the_price_is_that_of_the_whole_quantity(self):
        self.amplifier.seller_ids = [
            Command.create({"partner_id": self.vendor.id, "min_qty": 4, "price": 70})
        ]
        requests = self.new_request(quantity=3)
        self.assertEqual(self.order_requests(requests).order_line.price_unit, 100)
        order = self.order_requests(self.new_request(quantity=3))
        self.assertRecordValues(
            order.order_line, [{"product_qty": 6, "price_unit": 70}]
        )

    def test_a_first_line_has_the_price_of_its_quantity(self):
        self.amplifier.seller_ids = [
            Command.create({"partner_id": self.vendor.id, "min_qty": 4, "price": 70})
        ]
        order = self.order_requests(self.new_request(quantity=6))
        self.assertRecordValues(
            order.order_line, [{"product_qty": 6, "price_unit": 70}]
        )

    def test_no_less_than_the_vendor_sells_is_ordered_and_what_was_asked_is_shown(self):
        self.amplifier.seller_ids.min_qty = 10
        order = self.order_requests(self.new_request(quantity=3))
        self.assertEqual(order.partner_id, self.vendor)
        self.assertRecordValues(
            order.order_line,
            [{"product_qty": 10, "journal_requested_qty": 3, "price_unit": 100}],
        )

    def test_later_requests_use_up_what_the_minimum_added(self):
        self.amplifier.seller_ids.min_qty = 10
        quantities = []
        for quantity in (3, 4, 5):
            order = self.order_requests(self.new_request(quantity=quantity))
            quantities.append(order.order_line.product_qty)
        self.assertEqual(quantities, [10, 10, 12])

    def test_what_the_buyer_added_to_the_minimum_stays(self):
        self.amplifier.seller_ids.min_qty = 10
        order = self.order_requests(self.new_request(quantity=3))
        order.order_line.product_qty = 15
        self.order_requests(self.new_request(quantity=4))
        self.assertEqual(order.order_line.product_qty, 15)
        self.order_requests(self.new_request(quantity=4))
        self.assertEqual(order.order_line.product_qty, 16)

    def test_a_purchase_order_leads_to_its_requests(self):
        requests = self.new_request(quantity=2) | self.new_request(quantity=3)
        order = self.order_requests(requests).with_user(self.buyer)
        self.assertEqual(order.journal_request_count, 2)
        action = order.action_open_journal_requests()
        self.assertEqual(requests.search(action["domain"]), requests)
        self.assertEqual(self.new_draft().journal_request_count, 0)

    def test_a_minimum_in_packages_of_the_vendor_is_bought_in_packages(self):
        self.amplifier.seller_ids.write(
            {"product_uom_id": self.dozen.id, "min_qty": 2, "price": 900}
        )
        order = self.order_requests(self.new_request(quantity=6))
        self.assertRecordValues(
            order.order_line,
            [{"product_qty": 2, "journal_requested_qty": 0.5, "price_unit": 900}],
        )

    def test_currency_and_unit_are_those_of_the_vendor_list(self):
        currency = self.env["res.currency"].search(
            [
                ("id", "!=", self.env.company.currency_id.id),
                ("active", "in", [True, False]),
            ],
            limit=1,
        )
        currency.active = True
        self.amplifier.seller_ids.write(
            {"product_uom_id": self.dozen.id, "currency_id": currency.id}
        )
        order = self.order_requests(self.new_request(quantity=24))
        self.assertEqual(order.currency_id, currency)
        self.assertRecordValues(
            order.order_line,
            [{"product_qty": 2, "product_uom_id": self.dozen.id, "price_unit": 100}],
        )

    @freeze_time("2026-03-02 09:00:00")
    def test_the_lead_time_of_the_vendor_sets_the_date(self):
        request = self.new_request()
        self.order_requests(request, confirm=True)
        self.assertEqual(str(request.expected_date), "2026-03-05")

    def test_what_nobody_sells_is_named_and_the_rest_is_ordered(self):
        rarities = [self.new_product(name) for name in ("Rarity", "Oddity")]
        request = self.new_request()
        orphans = request.browse()
        for product in rarities:
            orphans |= self.new_request(product=product)
        action = (request | orphans).action_order()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(
            "Nobody sells Rarity, Oddity: choose", action["params"]["message"]
        )
        order = request.purchase_line_ids.order_id
        self.assertEqual(action["params"]["next"]["res_id"], order.id)
        self.assertFalse(orphans.purchase_line_ids)
        self.assertEqual(request.qty_to_order, 0)
        self.assertEqual(set(orphans.mapped("state")), {ASKED})

    def test_nothing_but_what_nobody_sells_is_one_sentence(self):
        request = self.new_request(product=self.new_product("Rarity"))
        with self.assertRaisesRegex(UserError, "Nobody sells Rarity: choose"):
            request.action_order()
        self.assertEqual(request.state, ASKED)

    def test_a_buyer_may_choose_a_vendor_that_has_no_price_list(self):
        request = self.new_request(product=self.new_product("Rarity"))
        request.vendor_id = self.vendor
        order = self.order_requests(request)
        self.assertEqual(order.partner_id, self.vendor)
        self.assertEqual(order.order_line.product_qty, 5)

    def test_a_chosen_vendor_is_bought_from_at_his_price(self):
        other = self.env["res.partner"].create({"name": "Other vendor"})
        self.amplifier.seller_ids = [
            Command.create({"partner_id": other.id, "price": 130})
        ]
        request = self.new_request()
        request.vendor_id = other
        order = self.order_requests(request)
        self.assertEqual(order.partner_id, other)
        self.assertEqual(order.order_line.price_unit, 130)

    def test_many_small_requests_fill_one_package_of_the_vendor(self):
        self.amplifier.seller_ids.product_uom_id = self.dozen
        requests = self.get_requests(self.env["sale.order"])
        for _each in range(12):
            requests |= self.new_request(quantity=1)
        order = self.order_requests(requests)
        self.assertEqual(order.order_line.product_qty, 1)
        self.assertEqual(requests.mapped("qty_to_order"), [0] * 12)

    def test_small_requests_one_after_the_other_fill_one_package_too(self):
        self.amplifier.seller_ids.product_uom_id = self.dozen
        for _each in range(12):
            order = self.order_requests(self.new_request(quantity=1))
        self.assertEqual(order.order_line.product_qty, 1)

    def test_what_the_buyer_added_by_himself_stays(self):
        order = self.order_requests(self.new_request(quantity=2))
        order.order_line.product_qty = 10
        self.order_requests(self.new_request(quantity=3))
        self.assertEqual(order.order_line.product_qty, 13)

    def test_a_request_that_joins_a_shortened_line_gets_its_whole_quantity(self):
        first = self.new_request(quantity=5)
        order = self.order_requests(first)
        order.order_line.product_qty = 3
        second = self.new_request(quantity=4)
        self.order_requests(second)
        self.assertEqual(order.order_line.product_qty, 7)
        self.assertEqual((first | second).mapped("qty_to_order"), [2, 0])

    def test_a_request_that_a_shortened_line_no_longer_holds_is_off_it(self):
        first, second, third = (self.new_request(quantity=2) for _each in range(3))
        order = self.order_requests(first | second)
        order.order_line.product_qty = 2
        self.order_requests(third)
        self.assertEqual(order.order_line.product_qty, 4)
        self.assertEqual(
            order.order_line.journal_allocation_ids.request_id, first | third
        )
        self.assertEqual(second.qty_to_order, 2)

    def test_a_request_adds_no_queries_to_those_of_its_purchase_line(self):
        _warm, short, long = (self.count_ordering(number) for number in (2, 10, 20))
        self.assertLess((long - short) / 10, QUERIES_PER_LINE)

    def count_ordering(self, number):
        """The queries of putting new requests on a new draft."""
        vendor = self.env["res.partner"].create({"name": f"Vendor of {number}"})
        order = self.new_order(
            *[(self.new_product(f"P{i}", vendor=vendor), 2) for i in range(number)]
        )
        self.ask(order)
        self.end_transaction()
        requests = self.get_requests(order)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        requests.action_order()
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertEqual(len(requests.purchase_line_ids), number)
        return count

    def test_ordering_twice_does_not_order_twice(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request)
        with self.assertRaisesRegex(UserError, "Nothing to order"):
            request.action_order()
        self.assertEqual(order.order_line.product_qty, 5)

    def test_what_was_added_later_is_ordered_without_the_rest(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request)
        request.sale_line_id.with_user(self.salesperson).product_uom_qty = 8
        self.ask(request.sale_line_id)
        self.assertRecordValues(request, [{"product_qty": 8, "qty_to_order": 3}])
        order.button_confirm()
        self.order_requests(request)
        self.assertEqual(request.allocation_ids.mapped("product_qty"), [5, 3])

    def test_added_to_the_same_draft_line_it_is_one_allocation(self):
        request = self.new_request(quantity=5)
        order = self.order_requests(request)
        request.sale_line_id.with_user(self.salesperson).product_uom_qty = 8
        self.ask(request.sale_line_id)
        self.order_requests(request)
        self.assertEqual(order.order_line.product_qty, 8)
        self.assertEqual(request.allocation_ids.mapped("product_qty"), [8])
