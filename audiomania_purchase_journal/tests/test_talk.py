# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from functools import partial

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts
from odoo.addons.audiomania_purchase_journal.models.request_state import (
    IN_WORK,
    OFFER,
    ORDERED,
    QUESTION,
    RECEIVED,
)

from .common import BUYER, SALES_ALL, SALESPERSON, JournalCase


class TalkCase(JournalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amplifier.list_price = 100
        cls.yellow = cls.new_product(
            "Yellow", vendor=cls.vendor, list_price=70, description_sale="Sunny"
        )

    def offer(self, request, quantity=5, product=None, **vals):
        """The buyer offers another product."""
        offer = request.with_user(self.buyer)._offer(
            {
                "product_id": (product or self.yellow).id,
                "product_qty": quantity,
                **vals,
            }
        )
        self.end_transaction()
        return offer

    def accept(self, offer, user=None):
        request = offer.request_id.with_user(user or self.salesperson)
        request.action_accept_offer(offer.id)
        self.end_transaction()

    def decline(self, offer, note=""):
        request = offer.request_id.with_user(self.salesperson)
        request.action_decline_offer(offer.id, note)
        self.end_transaction()

    def get_lines(self, order):
        """Lines of the order: (product, quantity, price)."""
        order.invalidate_recordset()
        return [
            (line.product_id.name, line.product_uom_qty, line.price_unit)
            for line in order.sudo().order_line.sorted("id")
        ]


@tagged("post_install", "-at_install")
class TestQuestion(TalkCase):
    def test_a_question_waits_for_the_answer(self):
        request = self.new_request()
        dialog = self.env["purchase.journal.question"].with_user(self.buyer)
        action = request.action_question()
        form = Form(dialog.with_context(**action["context"]))
        form.body = "Which colour?"
        form.save().action_ask()
        self.assertRecordValues(
            request,
            [
                {
                    "state": QUESTION,
                    "needs_decision": True,
                    "buyer_id": self.buyer.id,
                    "last_comment": "Which colour?",
                }
            ],
        )
        request.with_user(self.salesperson).action_answer("Green")
        self.assertRecordValues(
            request,
            [
                {
                    "state": IN_WORK,
                    "needs_decision": False,
                    "waits_for": False,
                    "last_comment": "Green",
                }
            ],
        )

    def test_the_alert_ends_with_the_answer(self):
        request = self.new_request()
        with trap_alerts(self) as trap:
            request._ask_question("Which colour?")
            self.end_transaction()
            trap.assert_alerted(self.salesperson, "purchase_journal_question", request)
            request.with_user(self.salesperson)._comment("Green")
            self.end_transaction()
            trap.assert_withdrawn(
                self.salesperson, "purchase_journal_question", request
            )
            trap.assert_alerted(self.buyer, "purchase_journal_answered", request)

    def test_one_question_about_many_is_asked_of_each(self):
        requests = self.new_request() | self.new_request()
        requests._ask_question("Which colour?")
        self.assertEqual(set(requests.mapped("state")), {QUESTION})

    def test_what_has_ended_is_not_asked_about(self):
        request = self.new_request()
        request.action_cancel()
        with self.assertRaisesRegex(UserError, "Ended already"):
            request._ask_question("Which colour?")

    def test_who_buys_and_sells_answers_on_the_order_line(self):
        both = self.new_employee("both", f"{SALES_ALL},{BUYER}")
        request = self.new_request()
        request._ask_question("Which colour?")
        request.with_user(both)._comment("Nobody knows")
        self.assertEqual(request.state, QUESTION)
        forged = request.with_user(both).with_context(journal_answer=True)
        forged._comment("Nobody knows that either")
        self.assertEqual(request.state, QUESTION)
        request.with_user(both).action_answer("Green")
        self.assertEqual(request.state, IN_WORK)

    def test_an_answer_needs_words(self):
        request = self.new_request()
        with self.assertRaisesRegex(UserError, "Write an answer"):
            request.with_user(self.salesperson).action_answer("  ")

    def test_only_buyers_ask_and_offer(self):
        request = self.new_request().with_user(self.salesperson)
        for attempt in (
            request.action_question,
            request.action_offer,
            lambda: request._ask_question("?"),
            lambda: request._offer({}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_a_question_to_who_has_left_goes_to_who_has_the_order(self):
        request = self.new_request()
        successor = self.new_employee("successor", SALESPERSON)
        request.order_id.sudo().user_id = successor
        self.salesperson.sudo().active = False
        with trap_alerts(self) as trap:
            request._ask_question("Which colour?")
            trap.assert_alerted(successor, "purchase_journal_question", request)


@tagged("post_install", "-at_install")
class TestOffer(TalkCase):
    """Rule 41."""

    def test_the_dialog_proposes_what_is_still_to_order(self):
        request = self.new_request(quantity=5)
        action = request.action_offer()
        model = self.env["purchase.journal.offering"].with_user(self.buyer)
        form = Form(model.with_context(**action["context"]))
        self.assertEqual(form.product_qty, 5)
        form.product_id = self.yellow
        self.assertFalse(form.from_stock)
        form.date_expected = "2031-02-03"
        form.save().action_offer()
        self.assertRecordValues(
            request.open_offer_id,
            [
                {
                    "product_id": self.yellow.id,
                    "product_qty": 5,
                    "instead_of_id": self.amplifier.id,
                    "offered_by_id": self.buyer.id,
                }
            ],
        )
        self.assertRecordValues(request, [{"state": OFFER, "needs_decision": True}])
        self.assertIn("Yellow instead of Amplifier", request.last_comment)

    def test_what_is_here_is_offered_from_stock(self):
        here = self.new_product("Here", stock=9)
        request = self.new_request(quantity=5)
        action = request.action_offer()
        model = self.env["purchase.journal.offering"].with_user(self.buyer)
        form = Form(model.with_context(**action["context"]))
        form.product_id = here
        self.assertTrue(form.from_stock)
        form.product_qty = 10
        self.assertFalse(form.from_stock)

    def test_on_a_quotation_the_line_becomes_the_offered_product(self):
        request = self.new_request(quantity=5)
        order, line = request.order_id, request.sale_line_id
        self.accept(self.offer(request, date_expected="2031-02-03"))
        self.assertEqual(self.get_lines(order), [("Yellow", 5, 70)])
        self.assertIn("Sunny", line.sudo().name)
        self.assertRecordValues(
            request,
            [
                {
                    "product_id": self.yellow.id,
                    "product_qty": 5,
                    "sale_line_id": line.id,
                    "state": IN_WORK,
                    "needs_decision": False,
                    "vendor_id": self.vendor.id,
                    "expected_date": request.offer_ids.date_expected,
                }
            ],
        )
        self.assertRecordValues(
            request.offer_ids,
            [{"state": "accepted", "decided_by_id": self.salesperson.id}],
        )

    def test_the_price_is_that_of_the_price_list(self):
        request = self.new_request(quantity=5)
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Friends",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.yellow.id,
                            "compute_price": "fixed",
                            "fixed_price": 55,
                        }
                    )
                ],
            }
        )
        order = request.order_id.sudo()
        order.pricelist_id = pricelist
        order.order_line.price_unit = 1234  # typed for the green one
        self.accept(self.offer(request))
        self.assertEqual(self.get_lines(order), [("Yellow", 5, 55)])

    def test_after_accepting_the_offered_one_is_bought(self):
        request = self.new_request(quantity=5)
        self.accept(self.offer(request))
        purchase = self.order_requests(request, confirm=True)
        self.assertEqual(purchase.order_line.product_id, self.yellow)
        self.assertEqual(request.state, ORDERED)
        self.receive(purchase)
        line = request.sale_line_id.with_user(self.salesperson)
        self.assertEqual(line.purchase_request_state, RECEIVED)

    def test_what_is_taken_from_stock_is_here(self):
        request = self.new_request(quantity=5)
        self.accept(self.offer(request, from_stock=True))
        self.assertRecordValues(
            request, [{"state": RECEIVED, "qty_to_order": 0, "qty_from_stock": 5}]
        )

    def test_a_smaller_offer_leaves_the_rest_waiting(self):
        request = self.new_request(quantity=5)
        order = request.order_id
        self.accept(self.offer(request, quantity=3))
        self.assertEqual(
            self.get_lines(order), [("Amplifier", 2, 100), ("Yellow", 3, 70)]
        )
        old, new = self.get_requests(order)
        self.assertRecordValues(
            old | new,
            [
                {"product_id": self.amplifier.id, "product_qty": 2, "state": IN_WORK},
                {"product_id": self.yellow.id, "product_qty": 3, "state": IN_WORK},
            ],
        )
        self.assertEqual(new.requested_by_id, self.salesperson)
        self.assertEqual(new.buyer_id, self.buyer)

    def test_what_stock_covers_stays_with_the_old_product(self):
        cable = self.new_product("Cable", vendor=self.vendor, stock=2, list_price=9)
        request = self.new_request(product=cable, quantity=5)
        self.accept(self.offer(request, quantity=3))
        self.assertEqual(
            self.get_lines(request.order_id), [("Cable", 2, 9), ("Yellow", 3, 70)]
        )

    def test_on_a_confirmed_order_a_new_line_takes_the_place(self):
        request = self.new_request(quantity=5)
        order = request.order_id
        order.sudo().action_confirm()
        self.accept(self.offer(request))
        self.assertEqual(
            self.get_lines(order), [("Amplifier", 0, 100), ("Yellow", 5, 70)]
        )
        new_line = order.sudo().order_line.sorted("id")[1]
        self.assertRecordValues(
            request, [{"sale_line_id": new_line.id, "product_id": self.yellow.id}]
        )
        moves = order.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state != "cancel"
        )
        self.assertEqual(moves.product_id, self.yellow)

    def test_what_is_delivered_stays(self):
        cable = self.new_product("Cable", vendor=self.vendor, stock=2, list_price=9)
        request = self.new_request(product=cable, quantity=5)
        order = request.order_id.sudo()
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.accept(self.offer(request, quantity=3))
        self.assertEqual(self.get_lines(order), [("Cable", 2, 9), ("Yellow", 3, 70)])
        self.assertEqual(order.order_line.sorted("id")[0].qty_delivered, 2)

    def test_what_is_bought_already_stays_with_the_old_product(self):
        request = self.new_request(quantity=5)
        order = request.order_id.sudo()
        order.action_confirm()
        purchase = self.order_requests(request)
        purchase.order_line.product_qty = 2
        purchase.button_confirm()
        self.end_transaction()
        self.accept(self.offer(request, quantity=3))
        self.assertEqual(
            self.get_lines(order), [("Amplifier", 2, 100), ("Yellow", 3, 70)]
        )
        old, new = self.get_requests(order)
        self.assertRecordValues(
            old | new,
            [
                {"product_qty": 2, "state": ORDERED},
                {"product_qty": 3, "state": IN_WORK},
            ],
        )
        self.receive(purchase)
        self.assertEqual(old.state, RECEIVED)

    def test_a_locked_order_gets_a_sentence(self):
        request = self.new_request()
        order = request.order_id.sudo()
        order.action_confirm()
        order.action_lock()
        offer = self.offer(request)
        with self.assertRaisesRegex(UserError, "is locked"):
            self.accept(offer)
        self.assertEqual(request.state, OFFER)

    def test_an_invoiced_line_gets_a_sentence(self):
        self.amplifier.invoice_policy = "order"
        request = self.new_request()
        order = request.order_id.sudo()
        order.action_confirm()
        order._create_invoices()
        offer = self.offer(request)
        with self.assertRaisesRegex(UserError, "is invoiced"):
            self.accept(offer)

    def test_declining_keeps_waiting(self):
        request = self.new_request()
        offer = self.offer(request)
        with trap_alerts(self) as trap:
            self.decline(offer, "He wants green")
            trap.assert_alerted(self.buyer, "purchase_journal_answered", request)
        self.assertRecordValues(
            request,
            [
                {
                    "state": IN_WORK,
                    "product_id": self.amplifier.id,
                    "needs_decision": False,
                    "qty_to_order": 5,
                }
            ],
        )
        self.assertEqual(offer.state, "declined")
        self.assertIn("He wants green", request.last_comment)

    def test_a_new_offer_takes_the_place_of_the_one_before(self):
        request = self.new_request()
        first = self.offer(request)
        blue = self.new_product("Blue", vendor=self.vendor)
        second = self.offer(request, product=blue)
        self.assertEqual((first.state, second.state), ("withdrawn", "open"))
        with self.assertRaisesRegex(UserError, "no longer stands"):
            self.accept(first)
        self.accept(second)
        self.assertEqual(request.product_id, blue)

    def test_an_offer_is_accepted_once(self):
        request = self.new_request()
        offer = self.offer(request)
        self.accept(offer)
        for again in (self.accept, self.decline):
            with self.assertRaisesRegex(UserError, "no longer stands"):
                again(offer)

    def test_what_was_ordered_meanwhile_is_not_replaced(self):
        request = self.new_request()
        offer = self.offer(request)
        request.action_order()
        with self.assertRaisesRegex(UserError, "ordered meanwhile"):
            self.accept(offer)
        self.end_transaction()
        self.assertEqual(offer.state, "withdrawn")
        self.assertFalse(request.needs_decision)

    def test_what_is_on_purchase_orders_is_not_offered_for(self):
        request = self.new_request()
        self.order_requests(request)
        with self.assertRaisesRegex(UserError, "take off there"):
            self.offer(request)

    def test_what_is_offered_is_another_product_that_is_for_sale(self):
        request = self.new_request()
        refused = partial(self.assertRaisesRegex, ValidationError)
        with refused("another product"), self.env.cr.savepoint():
            self.offer(request, product=self.amplifier)
        secret = self.new_product("Part", sale_ok=False)
        with refused("not for sale"), self.env.cr.savepoint():
            self.offer(request, product=secret)

    def test_another_unit_is_one_that_the_product_is_sold_in(self):
        request = self.new_request()
        metre = self.env.ref("uom.product_uom_meter")
        refused = partial(self.assertRaisesRegex, ValidationError)
        with refused("not sold in"), self.env.cr.savepoint():
            self.offer(request, product_uom_id=metre.id)
        rope = self.new_product("Rope", vendor=self.vendor, uom_id=metre.id)
        offer = self.offer(request, 7, product=rope, product_uom_id=metre.id)
        self.accept(offer)
        self.assertRecordValues(
            request, [{"product_qty": 7, "product_uom_id": metre.id}]
        )

    def test_another_product_typed_by_hand_ends_the_offer(self):
        request = self.new_request()
        offer = self.offer(request)
        line = request.sale_line_id.with_user(self.salesperson)
        line.product_id = self.new_product("Other")
        self.end_transaction()
        self.assertEqual(offer.state, "withdrawn")

    def test_the_alert_ends_with_the_word(self):
        for word in (self.accept, self.decline):
            request = self.new_request()
            with trap_alerts(self) as trap:
                offer = self.offer(request)
                self.end_transaction()
                trap.assert_alerted(self.salesperson, "purchase_journal_offer", request)
                word(offer)
                trap.assert_withdrawn(
                    self.salesperson, "purchase_journal_offer", request
                )

    def test_the_history_keeps_who_said_what(self):
        request = self.new_request()
        self.decline(self.offer(request), "Green it is")
        self.accept(self.offer(request))
        messages = request.message_ids.sorted("id")
        said = [(m.author_id.name, m.body) for m in messages if m.body]
        self.assertEqual(
            [author for author, _body in said], ["seller", *["buyer", "seller"] * 2]
        )
        changed = messages.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertLessEqual({"product_id", "state", "waits_for"}, set(changed))

    # -- whose word it is ---------------------------------------------------------

    def test_a_colleague_who_may_change_the_order_may_accept(self):
        colleague = self.new_employee("all_orders", SALES_ALL)
        offer = self.offer(self.new_request())
        request = offer.request_id
        self.assertEqual(request.with_user(self.salesperson).my_word, "asked")
        self.assertEqual(request.with_user(colleague).my_word, "colleague")
        self.assertFalse(request.with_user(self.buyer).my_word)
        self.accept(offer, user=colleague)
        self.assertEqual(offer.decided_by_id, colleague)

    def test_a_stranger_or_a_buyer_gives_no_word(self):
        offer = self.offer(self.new_request())
        stranger = self.new_employee("stranger", SALESPERSON)
        for user in (stranger, self.buyer, self.storekeeper):
            with self.assertRaises(AccessError):
                self.accept(offer, user=user)
            with self.assertRaises(AccessError):
                offer.request_id.with_user(user).action_decline_offer(offer.id)

    def test_an_offer_is_read_with_its_request_and_changed_by_nobody(self):
        offer = self.offer(self.new_request())
        for user in (self.salesperson, self.buyer):
            mine = offer.with_user(user)
            self.assertEqual(mine.read(["state"])[0]["state"], "open")
            for attempt in (
                lambda mine=mine: mine.write({"state": "accepted"}),
                mine.unlink,
                lambda mine=mine: mine.create({}),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        stranger = self.new_employee("stranger", SALESPERSON)
        self.assertFalse(offer.with_user(stranger).search([("id", "=", offer.id)]))
        for user in (stranger, self.storekeeper):
            with self.assertRaises(AccessError):
                offer.with_user(user).read(["state"])

    def test_another_company_reads_no_offer(self):
        company = self.env["res.company"].create({"name": "Other"})
        offer = self.offer(self.new_request())
        far = self.new_employee(
            "far", BUYER, company_id=company.id, company_ids=company.ids
        )
        self.assertFalse(offer.with_user(far).search([("id", "=", offer.id)]))

    def test_a_dialog_is_its_owners(self):
        request = self.new_request()
        other = self.new_employee("other_buyer", BUYER)
        for model, vals in (
            ("purchase.journal.question", {"body": "?", "request_ids": request.ids}),
            (
                "purchase.journal.offering",
                {"request_id": request.id, "product_id": self.yellow.id},
            ),
        ):
            dialog = self.env[model].with_user(self.buyer).create(vals)
            with self.assertRaises(AccessError):
                dialog.with_user(other).read(["id", "create_date"])
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.salesperson).create(vals)


@tagged("post_install", "-at_install")
class TestTellMe(TalkCase):
    def test_who_asked_to_be_told_is_told_once(self):
        request = self.new_request()
        request.with_user(self.salesperson).action_tell_me(True)
        order = self.order_requests(request, confirm=True)
        with trap_alerts(self) as trap:
            self.receive(order, 2)
            trap.assert_not_alerted(self.salesperson)
            self.receive(order)
            trap.assert_alerted(self.salesperson, "purchase_journal_arrived", request)
        self.assertFalse(request.tell_user_ids)

    def test_who_changed_his_mind_is_not_told(self):
        request = self.new_request()
        for wanted in (True, False):
            request.with_user(self.salesperson).action_tell_me(wanted)
        with trap_alerts(self) as trap:
            self.receive(self.order_requests(request, confirm=True))
            trap.assert_not_alerted(self.salesperson)

    def test_a_stranger_is_not_told(self):
        stranger = self.new_employee("stranger", SALESPERSON)
        with self.assertRaises(AccessError):
            self.new_request().with_user(stranger).action_tell_me(True)


@tagged("post_install", "-at_install")
class TestHistory(TalkCase):
    """What a click on the mark opens."""

    def read_history(self, request, user=None):
        line = request.sale_line_id.with_user(user or self.salesperson)
        self.end_transaction()
        return line.get_purchase_history()

    def test_it_tells_what_was_said_and_changed(self):
        request = self.new_request()
        request._ask_question("Which colour?")
        request.with_user(self.salesperson).action_answer("Green")
        (row,) = self.read_history(request)
        said = [(m["author"], m["body"]) for m in row["messages"] if m["body"]]
        self.assertEqual(
            said,
            [
                ("seller", "Green"),
                ("buyer", "Which colour?"),
                ("seller", "Purchase Request created"),
            ],
        )
        changed = [c["field"] for m in row["messages"] for c in m["changes"]]
        self.assertIn("Status", changed)

    def test_it_holds_the_offer_and_what_may_be_done(self):
        request = self.new_request()
        offer = self.offer(request, note="Today", date_expected="2031-02-03")
        (row,) = self.read_history(request)
        self.assertEqual(
            row["offer"],
            {
                "id": offer.id,
                "product": "Yellow",
                "quantity": 5.0,
                "unit": "Units",
                "expected_date": "2031-02-03",
                "from_stock": False,
                "note": "Today",
                "by": "buyer",
            },
        )
        self.assertTrue(row["may_decide"] and row["is_asked"])
        self.assertTrue(row["may_be_told"])
        self.assertFalse(row["tell_me"])

    def test_a_storekeeper_sees_the_mark_and_no_conversation(self):
        request = self.new_request()
        request._comment("Confidential")
        (row,) = self.read_history(request, self.storekeeper)
        self.assertEqual(row["state"], "asked")
        self.assertNotIn("messages", row)

    def test_a_stranger_reads_nothing(self):
        stranger = self.new_employee("stranger", SALESPERSON)
        with self.assertRaises(AccessError):
            self.read_history(self.new_request(), stranger)

    def test_a_customer_reads_no_history_of_his_order(self):
        request = self.new_request()
        portal = new_test_user(self.env, "talk_portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.customer
        line = request.sale_line_id.with_user(portal)
        self.assertTrue(line.has_access("read"))
        with self.assertRaises(AccessError):
            line.get_purchase_history()
        mine = request.with_user(portal)
        for attempt in (
            lambda: mine.action_answer("Hurry up"),
            lambda: mine.action_accept_offer(1),
            lambda: mine.action_tell_me(True),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_it_names_neither_vendor_nor_purchase_price(self):
        self.vendor.name = "Secret vendor"
        self.amplifier.seller_ids.price = 4711
        request = self.new_request()
        self.offer(request)
        self.decline(request.open_offer_id)
        self.order_requests(request, confirm=True)
        text = json.dumps(self.read_history(request))
        self.assertNotIn("Secret", text)
        self.assertNotIn("4711", text)

    def test_a_longer_history_costs_no_more_queries(self):
        request = self.new_request()
        for number in range(3):
            request._comment(f"First {number}")
        few = self.count_queries(lambda: self.read_history(request))
        for number in range(6):
            request._comment(f"Later {number}")
        many = self.count_queries(lambda: self.read_history(request))
        self.assertEqual(few, many)
