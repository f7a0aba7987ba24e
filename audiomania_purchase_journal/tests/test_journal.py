# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    ASKED,
    CANCELLED,
    IN_WORK,
)

from .common import BUYER, SALESPERSON, JournalCase


@tagged("post_install", "-at_install")
class TestTake(JournalCase):
    def test_who_takes_a_request_is_in_charge(self):
        request = self.new_request(product=self.new_product("Rarity"))
        request.action_take()
        self.assertRecordValues(
            request, [{"state": IN_WORK, "buyer_id": self.buyer.id}]
        )

    def test_the_second_buyer_reads_who_has_it(self):
        request = self.new_request()
        request.action_take()
        other = self.new_employee("other_buyer", BUYER)
        with self.assertRaisesRegex(UserError, "buyer has .*Amplifier.* in work"):
            request.with_user(other).action_take()
        self.assertEqual(request.buyer_id, self.buyer)

    def test_taking_ones_own_again_changes_nothing(self):
        request = self.new_request()
        request.action_take()
        request.action_take()
        self.assertEqual(request.state, IN_WORK)

    def test_a_salesperson_cannot_take(self):
        request = self.new_request()
        with self.assertRaises(AccessError):
            request.with_user(self.salesperson).action_take()

    def test_a_salesperson_cannot_order(self):
        request = self.new_request()
        with self.assertRaises(AccessError):
            request.with_user(self.salesperson).action_order()


@tagged("post_install", "-at_install")
class TestComment(JournalCase):
    def comment(self, requests, user, body, **vals):
        action = requests.with_user(user).action_comment()
        model = self.env[action["res_model"]].with_user(user)
        form = Form(model.with_context(**action["context"]))
        form.body = body
        for name, value in vals.items():
            form[name] = value
        form.save().action_post()

    def test_the_latest_comment_stands_on_the_request(self):
        request = self.new_request()
        self.comment(request, self.buyer, "The vendor is closed\nuntil Monday")
        self.assertRecordValues(
            request,
            [
                {
                    "last_comment": "The vendor is closed\nuntil Monday",
                    "last_comment_author_id": self.buyer.partner_id.id,
                    "needs_decision": False,
                }
            ],
        )
        self.assertTrue(request.last_comment_date)

    def test_a_comment_is_text_and_never_markup(self):
        request = self.new_request()
        self.comment(request, self.buyer, "<b>5 < 6</b>")
        self.assertEqual(request.last_comment, "<b>5 < 6</b>")

    def test_words_in_the_chatter_count_as_a_comment(self):
        request = self.new_request()
        request.with_user(self.salesperson).message_post(
            body="By Friday, please", message_type="comment"
        )
        self.assertEqual(request.last_comment, "By Friday, please")

    def test_one_comment_on_many_requests(self):
        requests = self.new_request() | self.new_request()
        self.comment(requests, self.buyer, "On Monday")
        self.assertEqual(requests.mapped("last_comment"), ["On Monday"] * 2)

    def test_only_a_word_of_the_salesperson_answers_the_buyer(self):
        request = self.new_request()
        self.comment(request, self.buyer, "Red or blue?", needs_decision=True)
        self.comment(request, self.buyer, "Blue is here today")
        self.assertTrue(request.needs_decision)
        self.comment(request, self.salesperson, "Blue")
        self.assertFalse(request.needs_decision)

    def test_a_salesperson_cannot_ask_himself_for_a_decision(self):
        request = self.new_request().with_user(self.salesperson)
        with self.assertRaises(AccessError):
            request._comment("Hm", needs_decision=True)

    def test_a_salesperson_cannot_comment_on_what_he_may_not_read(self):
        request = self.new_request()
        stranger = self.new_employee("stranger", SALESPERSON)
        dialogs = self.env["purchase.journal.comment"].with_user(stranger)
        with self.assertRaises(AccessError):
            dialogs.create({"request_ids": request.ids, "body": "Mine"}).action_post()
        with self.assertRaises(AccessError):
            request.with_user(stranger)._comment("Mine")
        self.assertFalse(request.last_comment)

    def test_who_changed_what_is_in_the_history(self):
        request = self.new_request()
        request.action_take()
        request.expected_date = date(2026, 5, 4)
        self.end_transaction()
        tracked = request.sudo().message_ids.tracking_value_ids.field_id
        self.assertIn("state", tracked.mapped("name"))
        self.assertIn("expected_date", tracked.mapped("name"))


@tagged("post_install", "-at_install")
class TestCancel(JournalCase):
    def test_the_salesperson_may_end_what_he_asked_for(self):
        request = self.new_request()
        request.with_user(self.salesperson).action_cancel()
        self.assertRecordValues(request, [{"state": CANCELLED, "qty_to_order": 0}])

    def test_what_is_on_a_purchase_order_is_taken_off_there_first(self):
        request = self.new_request()
        self.order_requests(request)
        with self.assertRaisesRegex(UserError, "take it off there first"):
            request.action_cancel()

    def test_a_stranger_cannot_cancel(self):
        request = self.new_request()
        stranger = self.new_employee("stranger", SALESPERSON)
        with self.assertRaises(AccessError):
            request.with_user(stranger).action_cancel()
        self.assertEqual(request.state, ASKED)


@tagged("post_install", "-at_install")
class TestWhatBuyersSee(JournalCase):
    def test_stock_and_what_comes_in_the_unit_of_the_request(self):
        product = self.new_product("Cable", vendor=self.vendor, stock=24)
        order = self.new_order(
            {
                "product_id": product.id,
                "product_uom_qty": 5,
                "product_uom_id": self.dozen.id,
            }
        )
        self.ask(order)
        request = self.get_requests(order)
        self.assertRecordValues(request, [{"qty_free": 2, "qty_incoming": 0}])
        self.order_requests(request, confirm=True)
        request.invalidate_recordset()
        self.assertEqual(request.qty_incoming, 3)

    def test_who_sold_it_last_and_for_how_much(self):
        for name, price, moment in (
            ("Dear", 90.0, "2026-01-01"),
            ("Cheap", 80.0, "2026-02-01"),
        ):
            self.confirm_purchase(name, price, moment)
        request = self.new_request()
        self.assertRecordValues(
            request,
            [{"last_price": 80.0, "last_currency_id": self.env.company.currency_id.id}],
        )
        self.assertEqual(request.last_vendor_id.name, "Cheap")

    def test_a_purchase_that_was_not_confirmed_is_no_last_price(self):
        self.env["purchase.order"].create(self.purchase_vals("Dear", 90.0))
        self.assertFalse(self.new_request().last_vendor_id)

    def test_the_journal_reads_ten_requests_with_the_queries_of_five(self):
        fields = ["qty_free", "qty_incoming", "last_vendor_id", "last_price"]
        counts = []
        for number in (5, 10):
            products = [
                self.new_product(f"P{number}-{i}", vendor=self.vendor)
                for i in range(number)
            ]
            order = self.new_order(*[(product, 2) for product in products])
            self.ask(order)
            requests = self.get_requests(order)
            self.assertEqual(len(requests), number)
            counts.append(self.count_queries(partial(requests.read, fields)))
        self.assertEqual(counts[0], counts[1])

    def confirm_purchase(self, vendor_name, price, moment):
        purchase = self.env["purchase.order"].create(
            self.purchase_vals(vendor_name, price)
        )
        purchase.button_confirm()
        purchase.date_approve = moment

    def purchase_vals(self, vendor_name, price):
        return {
            "partner_id": self.env["res.partner"].create({"name": vendor_name}).id,
            "order_line": [
                (
                    0,
                    0,
                    {
                        "product_id": self.amplifier.id,
                        "product_qty": 1,
                        "price_unit": price,
                    },
                )
            ],
        }

    def test_the_list_groups_by_order_for_a_buyer_without_sales_rights(self):
        request = self.new_request()
        groups = request.formatted_read_group(
            [("id", "=", request.id)], ["order_id"], ["__count"]
        )
        self.assertEqual(groups[0]["__count"], 1)

    def test_a_buyer_finds_requests_by_the_number_of_the_order(self):
        request = self.new_request()
        self.assertFalse(
            self.env["sale.order"].with_user(self.buyer).has_access("read")
        )
        number = request.order_id.sudo().name
        self.assertEqual(request.search([("order_name", "=", number)]), request)
        self.assertIn(request.id, [id_ for id_, _name in request.name_search(number)])

    def test_the_buyer_may_set_a_date_until_it_is_ordered(self):
        request = self.new_request()
        request.expected_date = date(2026, 5, 4)
        self.assertEqual(request.buyer_expected_date, date(2026, 5, 4))
        request.action_take()
        self.assertEqual(request.expected_date, date(2026, 5, 4))
