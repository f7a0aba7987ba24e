# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    ASKED,
    CANCELLED,
    IN_WORK,
    ORDERED,
)

from .common import BUYER, JournalCase


@tagged("post_install", "-at_install")
class TestAsk(JournalCase):
    def test_buy_on_a_line_makes_a_request_with_the_facts_of_the_line(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order.order_line)
        request = self.get_requests(order)
        self.assertRecordValues(
            request,
            [
                {
                    "sale_line_id": order.order_line.id,
                    "order_id": order.id,
                    "partner_id": self.customer.id,
                    "product_id": self.amplifier.id,
                    "product_qty": 5.0,
                    "product_uom_id": self.unit.id,
                    "requested_by_id": self.salesperson.id,
                    "buyer_id": self.buyer.id,
                    "vendor_id": self.vendor.id,
                    "company_id": order.company_id.id,
                    "warehouse_id": self.warehouse.id,
                    "state": ASKED,
                    "qty_to_order": 5.0,
                }
            ],
        )

    def test_a_confirmed_order_asks_too(self):
        order = self.new_order((self.amplifier, 5))
        order.action_confirm()
        self.ask(order)
        self.assertEqual(self.get_requests(order).product_qty, 5)

    def test_the_dialog_proposes_what_stock_does_not_cover(self):
        product = self.new_product("Cable", stock=2)
        order = self.new_order((product, 5))
        dialog = self.open_dialog(order.order_line.action_buy())
        self.assertEqual(dialog.line_ids.edit(0).product_qty, 3)

    def test_what_a_confirmed_order_holds_is_counted_once(self):
        product = self.new_product("Cable", stock=2)
        order = self.new_order((product, 5))
        order.action_confirm()
        self.assertEqual(order.order_line._get_purchase_short()[order.order_line], 3)

    def test_stock_that_another_order_holds_is_not_free(self):
        product = self.new_product("Cable", stock=2)
        self.new_order((product, 2)).action_confirm()
        order = self.new_order((product, 5))
        self.assertEqual(order.order_line._get_purchase_short()[order.order_line], 5)

    def test_what_is_on_the_way_for_nobody_covers_the_line(self):
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [
                    Command.create({"product_id": self.amplifier.id, "product_qty": 4})
                ],
            }
        )
        purchase.button_confirm()
        order = self.new_order((self.amplifier, 5))
        self.assertEqual(order.order_line._get_purchase_short()[order.order_line], 1)

    def test_what_is_on_the_way_for_another_quotation_does_not_cover_the_line(self):
        self.order_requests(self.new_request(quantity=4), confirm=True)
        order = self.new_order((self.amplifier, 5))
        self.assertEqual(order.order_line._get_purchase_short()[order.order_line], 5)

    def test_stock_is_given_to_the_lines_of_an_order_once(self):
        product = self.new_product("Cable", stock=4)
        order = self.new_order((product, 3), (product, 3))
        short = order.order_line._get_purchase_short()
        self.assertEqual(list(short.values()), [0, 2])

    def test_buy_on_the_order_asks_for_the_short_lines_only(self):
        plenty = self.new_product("Cable", stock=9)
        order = self.new_order((plenty, 3), (self.amplifier, 2))
        self.ask(order)
        self.assertEqual(self.get_requests(order).product_id, self.amplifier)

    def test_each_position_has_its_own_comment(self):
        other = self.new_product("Cable", vendor=self.vendor)
        order = self.new_order((self.amplifier, 1), (other, 2))
        dialog = self.open_dialog(order.action_buy())
        for index, comment in enumerate(["black", "two metres"]):
            with dialog.line_ids.edit(index) as line:
                line.comment = comment
        dialog.save().action_ask()
        self.assertEqual(
            self.get_requests(order).mapped("last_comment"), ["black", "two metres"]
        )

    def test_pressing_twice_does_not_ask_twice(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order.order_line)
        answer = self.ask(order.order_line)
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual(self.ask(order)["tag"], "display_notification")
        self.assertEqual(self.get_requests(order).product_qty, 5)

    def test_two_dialogs_that_were_open_at_once_ask_once(self):
        line = self.new_order((self.amplifier, 5)).order_line
        dialogs = [self.open_dialog(line.action_buy()).save() for _each in range(2)]
        dialogs[0].action_ask()
        answer = dialogs[1].action_ask()
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual(self.get_requests(line.order_id).product_qty, 5)

    def test_a_dialog_that_is_sent_twice_asks_once_for_a_part(self):
        line = self.new_order((self.amplifier, 10)).order_line
        form = self.open_dialog(line.action_buy())
        with form.line_ids.edit(0) as position:
            position.product_qty = 4
        dialog = form.save()
        dialog.action_ask()
        answer = dialog.action_ask()
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual(self.get_requests(line.order_id).product_qty, 4)

    def test_the_database_refuses_a_second_fresh_request_for_a_line(self):
        request = self.new_request()
        vals = request.sale_line_id.sudo()._prepare_purchase_request_vals(
            {"product_qty": 1}
        )
        with (
            self.assertRaisesRegex(Exception, "one_asked_for_a_line"),
            mute_logger("odoo.sql_db"),
        ):
            self.env["purchase.journal.request"].create(vals)

    def test_more_on_the_line_adds_to_the_open_request(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order.order_line)
        order.order_line.product_uom_qty = 8
        self.ask(order.order_line)
        self.assertEqual(self.get_requests(order).product_qty, 8)

    def test_more_adds_to_a_request_in_work_too(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order.order_line)
        self.get_requests(order).action_take()
        order.order_line.product_uom_qty = 8
        self.ask(order.order_line)
        self.assertRecordValues(
            self.get_requests(order), [{"product_qty": 8, "state": IN_WORK}]
        )

    def test_more_after_the_order_is_another_request(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order.order_line)
        self.order_requests(self.get_requests(order), confirm=True)
        order.order_line.product_uom_qty = 8
        self.ask(order.order_line)
        self.assertEqual(self.get_requests(order).mapped("product_qty"), [5, 3])

    def test_more_than_the_order_holds_is_refused_with_a_sentence(self):
        order = self.new_order((self.amplifier, 5))
        dialog = self.open_dialog(order.order_line.action_buy())
        with dialog.line_ids.edit(0) as line:
            line.product_qty = 6
        with self.assertRaisesRegex(UserError, "the order holds 5"):
            dialog.save().action_ask()
        self.assertFalse(self.get_requests(order))

    def test_nothing_is_refused_with_a_sentence(self):
        order = self.new_order((self.amplifier, 5))
        dialog = self.open_dialog(order.order_line.action_buy())
        with dialog.line_ids.edit(0) as line:
            line.product_qty = 0
        with self.assertRaisesRegex(UserError, "how much"):
            dialog.save().action_ask()

    def test_after_a_cancelled_request_the_line_can_ask_again(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order.order_line)
        self.get_requests(order).action_cancel()
        self.ask(order.order_line)
        self.assertEqual(self.get_requests(order).mapped("state"), [CANCELLED, ASKED])

    def test_units_of_the_line_stay_units_of_the_request(self):
        order = self.new_order(
            {
                "product_id": self.amplifier.id,
                "product_uom_qty": 2,
                "product_uom_id": self.dozen.id,
            }
        )
        self.ask(order.order_line)
        self.assertRecordValues(
            self.get_requests(order),
            [{"product_qty": 2, "product_uom_id": self.dozen.id}],
        )

    def test_another_unit_on_the_line_adds_in_the_unit_of_the_request(self):
        order = self.new_order((self.amplifier, 6))
        self.ask(order.order_line)
        order.order_line.write({"product_uom_id": self.dozen.id, "product_uom_qty": 1})
        self.ask(order.order_line)
        self.assertRecordValues(
            self.get_requests(order),
            [{"product_qty": 12, "product_uom_id": self.unit.id}],
        )

    def test_goods_without_stock_keeping_are_asked_for_whole(self):
        product = self.new_product("Screws", vendor=self.vendor, is_storable=False)
        order = self.new_order((product, 7))
        self.ask(order.order_line)
        self.ask(order.order_line)
        self.assertEqual(self.get_requests(order).product_qty, 7)

    def test_a_service_is_refused_with_a_sentence(self):
        service = self.new_product("Setting up", type="service", is_storable=False)
        order = self.new_order((service, 1))
        with self.assertRaisesRegex(UserError, "Setting up is not goods"):
            order.order_line.action_buy()

    def test_sections_and_notes_are_left_out_of_buy_on_the_order(self):
        order = self.new_order(
            {"display_type": "line_section", "name": "Stage"},
            (self.amplifier, 2),
            {"display_type": "line_note", "name": "By Friday"},
        )
        with self.assertRaisesRegex(UserError, "Sections, notes"):
            order.order_line[0].action_buy()
        self.ask(order)
        self.assertEqual(len(self.get_requests(order)), 1)

    def test_what_odoo_buys_for_the_order_by_itself_makes_no_request(self):
        mto = self.warehouse.mto_pull_id.route_id
        mto.active = True
        product = self.new_product("Made to order", vendor=self.vendor)
        product.route_ids = mto
        order = self.new_order((product, 1))
        with self.assertRaisesRegex(UserError, "by itself"):
            order.order_line.action_buy()
        self.assertEqual(order.action_buy()["tag"], "display_notification")

    def test_a_product_that_nobody_sells_gets_a_request_without_a_vendor(self):
        request = self.new_request(product=self.new_product("Rarity"))
        self.assertRecordValues(
            request, [{"vendor_id": False, "buyer_id": False, "state": ASKED}]
        )

    def test_the_dialog_says_what_nobody_sells_and_names_no_vendor(self):
        order = self.new_order((self.new_product("Rarity"), 1), (self.amplifier, 1))
        dialog = self.open_dialog(order.action_buy())
        self.assertIn("Nobody sells Rarity to us yet", dialog.notice)
        self.assertNotIn("Amplifier", dialog.notice)
        sold = self.open_dialog(order.order_line[1].action_buy())
        self.assertFalse(sold.notice)

    def test_a_kit_is_asked_for_as_a_whole_where_somebody_sells_it(self):
        """As if manufacturing were installed, which knows what a kit is."""
        kit = self.new_product("Kit")
        order = self.new_order((kit, 1), (self.amplifier, 1))
        lines = type(order.order_line)
        with patch.object(lines, "_is_kit", lambda line: line.product_id == kit):
            with self.assertRaisesRegex(UserError, "Kit is a kit that nobody sells"):
                order.order_line[0].action_buy()
            self.ask(order)
            self.assertEqual(self.get_requests(order).product_id, self.amplifier)
            kit.seller_ids = [Command.create({"partner_id": self.vendor.id})]
            order.order_line.invalidate_recordset(["is_buyable"])
            self.ask(order)
        self.assertEqual(self.get_requests(order).product_id, self.amplifier | kit)

    @freeze_time("2026-03-02 09:00:00")
    def test_wanted_is_the_day_that_the_customer_was_promised(self):
        order = self.new_order(
            (self.amplifier, 1), commitment_date="2026-03-12 10:00:00"
        )
        dialog = self.open_dialog(order.order_line.action_buy())
        self.assertEqual(str(dialog.line_ids.edit(0).date_wanted), "2026-03-12")

    def test_who_may_not_change_the_order_may_not_ask_for_it(self):
        order = self.new_order((self.amplifier, 1))
        stranger = self.new_employee("other_seller", "sales_team.group_sale_salesman")
        lines = order.order_line.with_user(stranger)
        asks = {lines: {"product_qty": 1}}
        with self.assertRaises(AccessError):
            lines._ask_to_buy(asks)

    def test_a_buyer_without_sales_rights_cannot_ask(self):
        order = self.new_order((self.amplifier, 1))
        self.assertTrue(self.buyer.has_group(BUYER))
        with self.assertRaises(AccessError):
            order.order_line.with_user(self.buyer).action_buy()

    def test_what_is_short_costs_as_many_queries_for_ten_lines_as_for_five(self):
        counts = []
        for number in (5, 10):
            products = [
                self.new_product(f"P{number}-{i}", vendor=self.vendor)
                for i in range(number)
            ]
            order = self.new_order(*[(product, 2) for product in products])
            counts.append(self.count_queries(partial(self.get_short, order)))
        self.assertEqual(counts[0], counts[1])

    def get_short(self, order):
        return order.order_line._get_purchase_short()

    # -- what sales take back -----------------------------------------------------

    def test_a_cancelled_order_ends_its_requests(self):
        request = self.new_request()
        request.order_id.with_user(self.salesperson)._action_cancel()
        self.assertEqual(request.state, CANCELLED)

    def test_a_deleted_line_ends_its_request_and_keeps_the_history(self):
        request = self.new_request()
        order = request.order_id
        request.sale_line_id.with_user(self.salesperson).unlink()
        self.assertRecordValues(
            request,
            [{"state": CANCELLED, "order_id": order.id, "sale_line_id": False}],
        )

    def test_a_deleted_order_leaves_the_request_readable(self):
        request = self.new_request()
        request.order_id.sudo().unlink()
        self.assertRecordValues(request, [{"state": CANCELLED, "order_id": False}])
        self.assertEqual(request.display_name, "Amplifier")

    def test_another_product_on_the_line_ends_its_request(self):
        request = self.new_request()
        line = request.sale_line_id.with_user(self.salesperson)
        line.product_id = self.new_product("Other")
        self.assertEqual(request.state, CANCELLED)
        self.ask(line)
        self.assertEqual(
            self.get_requests(line.order_id).product_id.mapped("name"),
            ["Amplifier", "Other"],
        )

    def test_what_is_on_a_purchase_order_is_left_to_the_buyer(self):
        request = self.new_request()
        self.order_requests(request)
        request.order_id.with_user(self.salesperson)._action_cancel()
        self.assertRecordValues(request, [{"state": CANCELLED, "qty_planned": 5}])

    def test_the_goods_of_a_cancelled_order_are_not_bought_again(self):
        for confirm, state in ((False, CANCELLED), (True, ORDERED)):
            with self.subTest(confirm=confirm):
                request = self.new_request()
                purchase = self.order_requests(request, confirm=confirm)
                request.order_id.with_user(self.salesperson)._action_cancel()
                self.assertEqual(request.state, state)
                purchase.button_cancel()
                self.end_transaction()
                self.assertRecordValues(
                    request,
                    [{"state": CANCELLED, "qty_to_order": 0, "came_back": False}],
                )

    def test_an_order_that_is_opened_again_does_not_ask_twice(self):
        for confirm in (False, True):
            with self.subTest(confirm=confirm):
                request = self.new_request()
                purchase = self.order_requests(request, confirm=confirm)
                order = request.order_id.with_user(self.salesperson)
                order._action_cancel()
                order.action_draft()
                self.assertEqual(self.ask(order)["tag"], "display_notification")
                purchase.button_cancel()
                self.ask(order)
                self.assertEqual(
                    self.get_requests(order).mapped("state"), [CANCELLED, ASKED]
                )

    def test_a_cancelled_order_asks_for_nothing(self):
        order = self.new_order()
        order._action_cancel()
        self.assertFalse(order.order_line.is_buyable)
        for records in (order, order.order_line):
            with self.assertRaisesRegex(UserError, "is cancelled: nothing is bought"):
                records.action_buy()

    def test_a_dialog_that_was_open_when_the_order_was_cancelled_asks_nothing(self):
        order = self.new_order()
        dialog = self.open_dialog(order.action_buy()).save()
        order._action_cancel()
        with self.assertRaisesRegex(UserError, "is cancelled: nothing is bought"):
            dialog.action_ask()

    def test_another_product_is_asked_for_while_the_old_one_is_being_bought(self):
        request = self.new_request(quantity=5)
        self.order_requests(request)
        line = request.sale_line_id.with_user(self.salesperson)
        line.product_id = self.new_product("Other", vendor=self.vendor)
        line.product_uom_qty = 8
        self.ask(line)
        self.assertEqual(request.product_qty, 5)
        new = self.get_requests(line.order_id) - request
        self.assertEqual((new.product_id.name, new.product_qty), ("Other", 8))
        self.assertEqual(
            [row["id"] for row in line.purchase_request_mark["requests"]], new.ids
        )

    def test_a_changed_product_has_no_mark_of_the_old_one(self):
        request = self.new_request()
        line = request.sale_line_id.with_user(self.salesperson)
        self.assertTrue(line.purchase_request_mark)
        line.product_id = self.new_product("Other")
        self.assertFalse(line.purchase_request_mark)
        self.assertFalse(line.purchase_request_state)

    def test_what_came_for_the_old_product_is_not_here_for_the_new_one(self):
        screws, nails = (
            self.new_product(name, vendor=self.vendor, is_storable=False)
            for name in ("Screws", "Nails")
        )
        request = self.new_request(product=screws, quantity=5)
        self.receive(self.order_requests(request, confirm=True))
        line = request.sale_line_id.with_user(self.salesperson)
        line.product_id = nails
        self.assertEqual(line._get_purchase_short()[line], 5)

    def test_the_form_of_the_order_shows_who_can_be_asked(self):
        order = self.new_order((self.amplifier, 1))
        form = Form(order.with_user(self.salesperson))
        with form.order_line.edit(0) as line:
            self.assertTrue(line.is_buyable)
