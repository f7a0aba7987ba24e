# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import LettersCase

BACK = "inquiry_promise_back"


@tagged("post_install", "-at_install")
class TestRequestsBesideTheLetter(LettersCase):
    """Rule 42: the conversation shows the requests."""

    def test_what_is_being_bought_stands_beside_the_letter(self):
        self.request._comment("On Monday")
        self.end_transaction()
        (line,) = self.get_section()["lines"]
        self.assertEqual(line["text"], "Amplifier")
        self.assertEqual(line["badge"], "Asked")
        self.assertIn("On Monday", line["detail"])
        self.assertIn(self.request.order_id.sudo().name, line["detail"])
        self.assertEqual(
            (line["model"], line["id"]),
            ("purchase.journal.request", self.request.id),
        )

    def test_what_waits_for_the_salesperson_is_loud(self):
        self.request._ask_question("Which colour?")
        (line,) = self.get_section()["lines"]
        self.assertEqual((line["badge"], line["tone"]), ("Question", "danger"))

    def test_what_has_come_or_ended_is_not_being_bought(self):
        self.request.action_cancel()
        self.assertIsNone(self.get_section())

    def test_requests_of_another_customer_are_not_his(self):
        self.request.action_cancel()
        self.make_request(self.make_customer("Ivan"))
        self.assertIsNone(self.get_section())

    def test_requests_of_his_company_are_his(self):
        company = self.make_customer("Studio", is_company=True)
        self.customer.parent_id = company
        colleague = self.make_customer("Oleg", parent_id=company.id)
        self.make_request(colleague)
        self.assertEqual(len(self.get_section()["lines"]), 2)

    def test_more_than_a_few_are_behind_a_click(self):
        for _each in range(8):
            self.make_request(self.customer)
        section = self.get_section()
        self.assertEqual(len(section["lines"]), 8)
        self.assertEqual(section["more"]["method"], "action_show_requests")
        action = self.ticket.with_user(self.anna).action_show_requests()
        requests = self.env[action["res_model"]].with_user(self.anna)
        self.assertEqual(requests.search_count(action["domain"]), 9)

    def test_twice_as_many_cost_no_more_queries(self):
        def count():
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.ticket.with_user(self.anna)._get_requests_section()
            return self.env.cr.sql_log_count - before

        self.make_request(self.customer)
        two = count()
        for _each in range(2):
            self.make_request(self.customer)
        self.assertEqual(two, count())


@tagged("post_install", "-at_install")
class TestPromisesWait(LettersCase):
    """Rule 42: a promise can wait for a request, and the buyer's answer reminds who
    promised."""

    def assert_back(self, act, words):
        with trap_alerts(self):
            self.promise()
        self.assertTrue(self.ticket.inquiry_ids.promised_for)
        with trap_alerts(self) as trap:
            act()
            self.end_transaction()
            trap.assert_alerted(self.anna, BACK, self.ticket)
        delivered = [t for t in trap.trapped if t.code == BACK]
        self.assertEqual(len(delivered), 1)
        self.assertIn(words, self.get_last_transition())
        self.assertFalse(self.env["helpdesk.ticket"]._find_waiting_for(self.request))

    def assert_waits(self, act):
        with trap_alerts(self):
            self.promise()
        with trap_alerts(self) as trap:
            act()
            self.end_transaction()
            trap.assert_not_alerted(self.anna, BACK)
        self.assertTrue(self.env["helpdesk.ticket"]._find_waiting_for(self.request))

    def order(self, confirm=True):
        self.request.action_order()
        if confirm:
            self.request.purchase_line_ids.order_id.button_confirm()

    def test_a_comment_of_the_buyer_is_his_answer(self):
        self.assert_back(lambda: self.request._comment("On Monday"), "On Monday")

    def test_a_day_is_his_answer(self):
        def expect():
            self.request.expected_date = "2031-05-06"

        self.assert_back(expect, "05/06/2031")

    def test_a_confirmed_purchase_is_his_answer(self):
        self.assert_back(self.order, "Ordered")

    def test_a_refusal_is_his_answer(self):
        self.assert_back(lambda: self.request._end("refused"), "Refused")

    def test_an_offer_is_his_answer(self):
        yellow = self.amplifier.create({"name": "Yellow", "type": "consu"})
        self.assert_back(
            lambda: self.request._offer({"product_id": yellow.id, "product_qty": 2}),
            "Yellow",
        )

    def test_a_cancelled_purchase_is_an_answer_too(self):
        self.order()
        self.end_transaction()
        purchase = self.request.purchase_line_ids.order_id
        self.assert_back(purchase.button_cancel, "In work")

    def test_taking_it_into_work_is_none(self):
        self.assert_waits(self.request.action_take)

    def test_a_draft_is_none(self):
        self.assert_waits(lambda: self.order(confirm=False))

    def test_what_the_salesperson_says_is_none(self):
        self.assert_waits(
            lambda: self.request.with_user(self.anna).action_answer("Hurry up")
        )

    def test_another_request_is_none(self):
        other = self.make_request(self.make_customer("Ivan"))
        self.assert_waits(lambda: other._comment("On Monday"))

    def test_what_has_ended_is_not_waited_for(self):
        self.request.action_cancel()
        self.assertFalse(self.ticket.with_user(self.anna)._promise_waits())
