# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    ASKED,
    IN_WORK,
    REFUSED,
)

from .common import BUYER, JournalCase

TO_DO = ["|", ("aside_until", "=", False), ("aside_until", "<=", "today")]


class DeskCase(JournalCase):
    def decide(self, action, method, user=None, **vals):
        """Fill in a dialog and press its button."""
        model = self.env[action["res_model"]].with_user(user or self.buyer)
        form = Form(model.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return getattr(form.save(), method)()

    def get_actions(self, request):
        return (
            request.action_refuse,
            request.action_expect,
            request.action_put_aside,
            request.action_split,
            request.action_bring_back,
            request.action_give_back,
        )


@tagged("post_install", "-at_install")
class TestRefuse(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref(
            "audiomania_purchase_journal.refusal_reason_discontinued"
        )

    def refuse(self, requests, **vals):
        return self.decide(
            requests.action_refuse(), "action_refuse", reason_id=self.reason, **vals
        )

    def test_a_refusal_has_a_reason_that_the_order_line_shows(self):
        request = self.new_request()
        self.refuse(request, comment="Since May")
        self.assertRecordValues(
            request,
            [
                {
                    "state": REFUSED,
                    "refusal_reason_id": self.reason.id,
                    "buyer_id": self.buyer.id,
                    "last_comment": "No longer made: Since May",
                    "qty_to_order": 0,
                }
            ],
        )
        self.assertTrue(request.refused_at)
        mark = request.sale_line_id.with_user(self.salesperson).purchase_request_mark
        self.assertEqual(mark["state"], REFUSED)

    def test_many_are_refused_at_once(self):
        requests = self.new_request() | self.new_request()
        self.refuse(requests)
        self.assertEqual(requests.mapped("state"), [REFUSED, REFUSED])

    def test_what_is_on_a_purchase_order_is_taken_off_there_first(self):
        request = self.new_request()
        self.order_requests(request)
        with self.assertRaisesRegex(UserError, "take it off there first"):
            self.refuse(request)

    def test_after_a_refusal_the_line_can_ask_again(self):
        request = self.new_request()
        self.refuse(request)
        self.ask(request.sale_line_id)
        self.assertEqual(
            self.get_requests(request.order_id).mapped("state"), [REFUSED, ASKED]
        )

    def test_a_reason_that_was_used_is_not_deleted_by_a_buyer(self):
        self.refuse(self.new_request())
        with self.assertRaises(AccessError):
            self.reason.with_user(self.buyer).unlink()


@tagged("post_install", "-at_install")
class TestExpect(DeskCase):
    def test_the_day_of_many_shows_on_their_order_lines(self):
        requests = self.new_request() | self.new_request()
        self.decide(
            requests.action_expect(),
            "action_expect",
            expected_date=date(2026, 5, 4),
            comment="By ship",
        )
        self.assertEqual(requests.mapped("expected_date"), [date(2026, 5, 4)] * 2)
        line = requests[0].sale_line_id.with_user(self.salesperson)
        (shown,) = line.purchase_request_mark["requests"]
        self.assertEqual(shown["expected_date"], "2026-05-04")
        self.assertEqual(shown["comment"], "By ship")

    def test_what_is_ordered_has_the_date_of_its_purchase_order(self):
        request = self.new_request()
        self.order_requests(request, confirm=True)
        with self.assertRaisesRegex(UserError, "Ordered or ended already: Amplifier"):
            request._expect(date(2026, 5, 4))


@tagged("post_install", "-at_install")
class TestPutAside(DeskCase):
    def put_aside(self, requests, day):
        self.decide(requests.action_put_aside(), "action_put_aside", aside_until=day)

    def is_to_do(self, request):
        return bool(request.search([("id", "=", request.id), *TO_DO]))

    def test_it_comes_back_by_itself_on_the_day(self):
        with freeze_time("2026-03-02 09:00:00"):
            request = self.new_request()
            self.put_aside(request, date(2026, 3, 5))
            self.assertFalse(self.is_to_do(request))
        with freeze_time("2026-03-04 09:00:00"):
            self.assertFalse(self.is_to_do(request))
        with freeze_time("2026-03-05 09:00:00"):
            self.assertTrue(self.is_to_do(request))

    @freeze_time("2026-03-02 09:00:00")
    def test_today_is_no_day_to_put_it_aside_until(self):
        request = self.new_request()
        with self.assertRaisesRegex(UserError, "a day to come"):
            self.put_aside(request, date(2026, 3, 2))

    @freeze_time("2026-03-02 09:00:00")
    def test_a_word_of_the_salesperson_brings_it_back(self):
        request = self.new_request()
        self.put_aside(request, date(2026, 3, 5))
        request._comment("Waiting for the vendor")
        self.assertFalse(self.is_to_do(request))
        request.with_user(self.salesperson)._comment("The customer called")
        self.assertTrue(self.is_to_do(request))

    @freeze_time("2026-03-02 09:00:00")
    def test_more_of_it_brings_it_back(self):
        request = self.new_request()
        self.put_aside(request, date(2026, 3, 5))
        line = request.sale_line_id.with_user(self.salesperson)
        line.product_uom_qty = 8
        self.ask(line)
        self.assertTrue(self.is_to_do(request))

    @freeze_time("2026-03-02 09:00:00")
    def test_ordering_and_bringing_back_end_it(self):
        for end in ("action_order", "action_bring_back"):
            with self.subTest(end):
                request = self.new_request()
                self.put_aside(request, date(2026, 3, 5))
                getattr(request, end)()
                self.assertFalse(request.aside_until)


@tagged("post_install", "-at_install")
class TestGiveBack(DeskCase):
    def test_what_is_given_back_can_be_taken_by_another(self):
        request = self.new_request()
        other = self.new_employee("other_buyer", BUYER)
        request.with_user(other).action_take()
        request.with_user(other).action_give_back()
        self.assertRecordValues(request, [{"state": ASKED, "buyer_id": self.buyer.id}])
        request.action_take()
        self.assertEqual(request.state, IN_WORK)

    def test_what_another_has_is_not_mine_to_give_back(self):
        request = self.new_request()
        request.action_take()
        other = self.new_employee("other_buyer", BUYER)
        request.with_user(other).action_give_back()
        self.assertRecordValues(
            request, [{"state": IN_WORK, "buyer_id": self.buyer.id}]
        )


@tagged("post_install", "-at_install")
class TestSplit(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["res.partner"].create({"name": "Second vendor"})
        cls.amplifier.seller_ids = [
            Command.create({"partner_id": cls.second.id, "price": 110, "delay": 1})
        ]

    def open_split(self, request):
        action = request.action_split()
        model = self.env[action["res_model"]].with_user(self.buyer)
        return Form(model.with_context(**action["context"]))

    def split(self, request, *quantities):
        form = self.open_split(request)
        for index, quantity in enumerate(quantities):
            with form.line_ids.edit(index) as line:
                line.product_qty = quantity
        return form.save().action_order()

    def test_the_dialog_proposes_the_vendors_of_the_list(self):
        form = self.open_split(self.new_request(quantity=5))
        lines = [form.line_ids.edit(index) for index in range(2)]
        self.assertEqual(
            [(line.vendor_id, line.product_qty, line.price) for line in lines],
            [(self.vendor, 5, 100), (self.second, 0, 110)],
        )

    def test_one_request_stands_on_two_drafts(self):
        request = self.new_request(quantity=5)
        self.split(request, 3, 2)
        self.assertEqual(
            [
                (line.order_id.partner_id, line.product_qty, line.price_unit)
                for line in request.purchase_line_ids
            ],
            [(self.vendor, 3, 100), (self.second, 2, 110)],
        )
        self.assertRecordValues(request, [{"qty_to_order": 0, "state": IN_WORK}])

    def test_it_is_received_when_both_are_and_neither_blocks_the_other(self):
        request = self.new_request(quantity=5)
        self.split(request, 3, 2)
        first, second = request.purchase_line_ids.order_id
        second.button_confirm()
        self.receive(second)
        self.assertEqual(request.state, "partially_received")
        first.button_confirm()
        self.receive(first)
        self.assertEqual(request.state, "received")

    def test_what_is_left_stays_in_the_journal(self):
        request = self.new_request(quantity=5)
        self.split(request, 3)
        self.assertRecordValues(request, [{"qty_to_order": 2, "state": IN_WORK}])

    def test_more_than_is_to_order_is_refused_with_a_sentence(self):
        request = self.new_request(quantity=5)
        with self.assertRaisesRegex(UserError, "5 Units are still to order"):
            self.split(request, 4, 2)

    def test_nothing_and_less_than_nothing_are_refused(self):
        request = self.new_request(quantity=5)
        for quantities in ((0, 0), (6, -1)):
            with self.assertRaisesRegex(UserError, "how much each vendor"):
                self.split(request, *quantities)

    def test_a_vendor_stands_there_once(self):
        form = self.open_split(self.new_request(quantity=5))
        with form.line_ids.edit(1) as line:
            line.vendor_id = self.vendor
        with self.assertRaisesRegex(UserError, "each vendor once"):
            form.save().action_order()

    def test_what_a_colleague_ordered_meanwhile_is_not_ordered_again(self):
        request = self.new_request(quantity=5)
        dialog = self.open_split(request).save()
        self.order_requests(request, confirm=True)
        with self.assertRaisesRegex(UserError, "Nothing to order"):
            dialog.action_order()

    def test_what_is_left_of_what_came_in_part_is_split_too(self):
        request = self.new_request(quantity=5)
        self.split(request, 3)
        order = request.purchase_line_ids.order_id
        order.button_confirm()
        self.receive(order)
        self.assertEqual(request.state, "partially_received")
        self.split(request, 1, 1)
        self.assertEqual(request.qty_to_order, 0)


@tagged("post_install", "-at_install")
class TestWhoDecides(DeskCase):
    def test_a_salesperson_decides_nothing_of_it(self):
        request = self.new_request().with_user(self.salesperson)
        for action in self.get_actions(request):
            with self.subTest(action.__name__), self.assertRaises(AccessError):
                action()

    def test_a_dialog_is_its_owners_and_for_buyers(self):
        request = self.new_request()
        other = self.new_employee("other_buyer", BUYER)
        for action in self.get_actions(request)[:4]:
            opened = action()
            dialogs = self.env[opened["res_model"]]
            with self.subTest(opened["res_model"]):
                self.assertFalse(
                    dialogs.with_user(self.salesperson).has_access("create")
                )
                vals = {
                    key.removeprefix("default_"): value
                    for key, value in opened["context"].items()
                }
                if "reason_id" in dialogs._fields:
                    vals["reason_id"] = (
                        self.env["purchase.journal.refusal.reason"].search([])[0].id
                    )
                if "expected_date" in dialogs._fields:
                    vals["expected_date"] = date(2026, 5, 4)
                mine = dialogs.with_user(self.buyer).create(vals)
                with self.assertRaises(AccessError):
                    mine.with_user(other).read(["create_uid"])
