# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import Command
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..models.purchase_journal_request_alert import ASKED_BY_RULES
from .common import BUYER, JournalCase

ASKED = "purchase_journal_asked"
BACK = "purchase_journal_back"
DECISION = "purchase_journal_decision"
CANCELLED = "purchase_journal_cancelled"
SALES_CANCELLED = "purchase_journal_sales_cancelled"


@tagged("post_install", "-at_install")
class TestAlerts(JournalCase):
    """Each case asserts who is told how often: nobody more, nobody twice."""

    @contextmanager
    def assert_told(self, *expected):
        """Exactly these (user, code) are told in the block, each once."""
        with trap_alerts(self):
            self.end_transaction()  # what the builders reported
        with trap_alerts(self) as trap:
            yield trap
            self.end_transaction()
            self.assertFalse(trap.get_faults())
        told = [(t.user_id, t.code) for t in trap.trapped if t.state == "new"]
        self.assertCountEqual(told, [(user.id, code) for user, code in expected])

    def test_one_press_is_one_alert_to_the_buyer_in_charge(self):
        cables = [self.new_product(f"Cable {i}", vendor=self.vendor) for i in range(3)]
        order = self.new_order(*[(cable, 2) for cable in cables])
        with self.assert_told((self.buyer, ASKED)) as trap:
            self.ask(order)
        self.assertIn("seller asks to buy: Cable 0, Cable 1", trap.trapped[0].title)

    def test_only_rules_are_told_at_the_end(self):
        line = self.new_order().order_line.with_user(self.salesperson)
        forged = line.with_context(journal_alerts_at_the_end=True)
        forged._ask_to_buy({forged: {"product_qty": 2}})
        self.assertNotIn(ASKED_BY_RULES, self.env.cr.precommit.data)

    def test_without_a_buyer_in_charge_all_buyers_are_told_once(self):
        other = self.new_employee("other_buyer", BUYER)
        everybody = self.env["res.users"].search(
            [("all_group_ids", "in", self.env.ref(BUYER).ids)]
        )
        self.assertLess(self.buyer | other, everybody)
        order = self.new_order((self.new_product("Rarity"), 1), (self.amplifier, 1))
        with self.assert_told(*[(user, ASKED) for user in everybody]):
            self.ask(order)

    def test_a_buyer_of_another_company_is_not_told(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self.new_employee(
            "far_buyer", BUYER, company_id=company.id, company_ids=company.ids
        )
        order = self.new_order((self.new_product("Rarity"), 1))
        with trap_alerts(self) as trap:
            self.ask(order)
            trap.assert_alerted(self.buyer, ASKED)
            trap.assert_not_alerted(stranger)

    def test_pressing_twice_tells_once(self):
        order = self.new_order()
        self.ask(order)
        with self.assert_told():
            self.ask(order)

    def test_the_alert_is_taken_back_when_the_whole_batch_is_taken(self):
        cable = self.new_product("Cable", vendor=self.vendor)
        order = self.new_order((cable, 2), (self.amplifier, 2))
        with trap_alerts(self) as trap:
            self.ask(order)
            first, second = self.get_requests(order)
            self.end_transaction()
            first.action_take()
            self.end_transaction()
            trap.assert_alerted(self.buyer, ASKED, first)
            with self.assertRaises(AssertionError):
                trap.assert_withdrawn(self.buyer, ASKED, first)
            second.action_take()
            self.end_transaction()
            trap.assert_withdrawn(self.buyer, ASKED, first)

    def test_more_of_what_is_in_work_is_an_alert_until_it_is_ordered(self):
        request = self.new_request_in_work()
        with trap_alerts(self) as trap:
            self.ask_for_more(request, 8)
            trap.assert_alerted(self.buyer, ASKED, request)
            self.order_requests(request)
            trap.assert_withdrawn(self.buyer, ASKED, request)

    def test_more_of_what_is_in_work_is_an_alert_until_it_is_cancelled(self):
        request = self.new_request_in_work()
        with trap_alerts(self) as trap:
            self.ask_for_more(request, 8)
            request.action_cancel()
            self.end_transaction()
            trap.assert_withdrawn(self.buyer, ASKED, request)

    def test_the_alert_of_a_batch_is_about_what_is_to_be_taken(self):
        request = self.new_request_in_work()
        order = request.order_id.with_user(self.salesperson)
        order.order_line = [
            Command.create({"product_id": self.new_product("Cable").id})
        ]
        order.order_line[0].product_uom_qty = 8
        with trap_alerts(self) as trap:
            self.ask(order)
            fresh = self.get_requests(order) - request
            self.end_transaction()
            trap.assert_alerted(self.buyer, ASKED, fresh)
            fresh.action_take()
            self.end_transaction()
            trap.assert_withdrawn(self.buyer, ASKED, fresh)

    def test_a_request_that_joins_another_batch_leaves_no_alert_behind(self):
        first = self.new_request()
        order = first.order_id.with_user(self.salesperson)
        order.order_line = [
            Command.create({"product_id": self.new_product("Cable").id, "sequence": 1})
        ]
        self.ask(order)
        second = self.get_requests(order) - first
        self.end_transaction()
        lines = (second | first).sale_line_id.with_user(self.salesperson)
        lines.product_uom_qty = 9
        with trap_alerts(self) as trap:
            self.ask(lines)
            self.end_transaction()
            batch = (first | second).batch_request_id
            self.assertEqual(len(batch), 1)
            trap.assert_alerted(self.buyer, ASKED, batch)
            (first | second).action_take()
            self.end_transaction()
            for request in first | second:
                trap.assert_withdrawn(self.buyer, ASKED, request)

    def new_request_in_work(self):
        """Nobody waits for it: the alert that it made is withdrawn."""
        request = self.new_request()
        with trap_alerts(self):
            request.action_take()
            self.end_transaction()
        return request

    def ask_for_more(self, request, quantity):
        line = request.sale_line_id.with_user(self.salesperson)
        line.product_uom_qty = quantity
        self.ask(line)
        self.end_transaction()

    def test_a_receipt_that_ends_without_goods_tells_both(self):
        request = self.new_request()
        order = self.order_requests(request, confirm=True)
        with self.assert_told((self.buyer, BACK), (self.salesperson, CANCELLED)):
            order.sudo().picking_ids.action_cancel()

    def test_a_plain_comment_disturbs_nobody(self):
        request = self.new_request()
        with self.assert_told():
            request._comment("On Monday")

    def test_nobody_gets_mails_beside_the_alerts(self):
        request = self.new_request()
        request._comment("On Monday")
        request.with_user(self.salesperson)._comment("Fine")
        self.assertFalse(request.message_follower_ids)

    def test_a_decision_is_asked_of_the_salesperson(self):
        request = self.new_request()
        with self.assert_told((self.salesperson, DECISION)):
            request._comment("Red or blue?", needs_decision=True)

    def test_his_answer_takes_the_alert_back(self):
        request = self.new_request()
        with trap_alerts(self) as trap:
            request._comment("Red or blue?", needs_decision=True)
            self.end_transaction()
            trap.assert_alerted(self.salesperson, DECISION, request)
            request.with_user(self.salesperson)._comment("Blue")
            self.end_transaction()
            trap.assert_withdrawn(self.salesperson, DECISION, request)

    def test_success_disturbs_nobody(self):
        request = self.new_request()
        with self.assert_told():
            request.action_take()
            order = self.order_requests(request, confirm=True)
            self.receive(order, 2)
            self.receive(order)

    def test_the_buyer_cancels_and_the_salesperson_is_told(self):
        request = self.new_request()
        request.action_take()
        with self.assert_told((self.salesperson, CANCELLED)):
            request.action_cancel()

    def test_the_salesperson_cancels_and_the_buyer_is_told(self):
        request = self.new_request()
        request.action_take()
        with self.assert_told((self.buyer, SALES_CANCELLED)):
            request.with_user(self.salesperson).action_cancel()

    def test_a_cancelled_order_tells_the_buyer_who_works_on_it(self):
        request = self.new_request()
        request.action_take()
        with self.assert_told((self.buyer, SALES_CANCELLED)):
            request.order_id.with_user(self.salesperson)._action_cancel()

    def test_a_cancelled_order_that_nobody_took_tells_nobody(self):
        request = self.new_request()
        with self.assert_told():
            request.order_id.with_user(self.salesperson)._action_cancel()

    def test_a_cancelled_draft_tells_the_buyer_alone(self):
        request = self.new_request()
        order = self.order_requests(request)
        with self.assert_told((self.buyer, BACK)):
            order.button_cancel()

    def test_a_cancelled_purchase_tells_the_salesperson_too(self):
        request = self.new_request()
        order = self.order_requests(request, confirm=True)
        with self.assert_told((self.buyer, BACK), (self.salesperson, CANCELLED)):
            order.button_cancel()

    def test_a_purchase_of_many_requests_is_one_alert(self):
        requests = self.new_request() | self.new_request() | self.new_request()
        order = self.order_requests(requests)
        with self.assert_told((self.buyer, BACK)):
            order.button_cancel()

    def test_a_deleted_purchase_line_tells_the_buyer(self):
        request = self.new_request()
        order = self.order_requests(request)
        with self.assert_told((self.buyer, BACK)):
            order.order_line.unlink()

    def test_what_goes_and_comes_back_in_one_transaction_tells_nobody(self):
        request = self.new_request()
        order = self.order_requests(request, confirm=True)
        with self.assert_told():
            order.order_line.product_qty = 1
            order.order_line.product_qty = 5

    def test_ordering_again_takes_the_alert_back(self):
        request = self.new_request()
        with trap_alerts(self) as trap:
            self.order_requests(request).button_cancel()
            self.end_transaction()
            trap.assert_alerted(self.buyer, BACK, request)
            self.order_requests(request)
            trap.assert_withdrawn(self.buyer, BACK, request)
