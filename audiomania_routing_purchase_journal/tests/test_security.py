# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SALESPERSON, LettersCase


@tagged("post_install", "-at_install")
class TestSecurity(LettersCase):
    """Beside a letter one reads no more requests than in the journal, and a request
    shows nobody a conversation that he may not read."""

    def test_who_works_with_letters_only_sees_no_requests(self):
        self.ticket.addressee_id = self.boris
        self.assertIsNone(self.get_section(self.boris))
        self.assertFalse(self.ticket.with_user(self.boris)._promise_waits())

    def test_a_salesperson_with_his_own_orders_sees_no_others(self):
        self.boris.group_ids += self.env.ref(SALESPERSON)
        self.ticket.addressee_id = self.boris
        self.assertIsNone(self.get_section(self.boris))
        self.assertFalse(self.ticket.with_user(self.boris)._promise_waits())
        mine = self.make_request(self.customer, seller=self.boris)
        (line,) = self.get_section(self.boris)["lines"]
        self.assertEqual(line["id"], mine.id)

    def test_neither_vendor_nor_purchase_price_is_shown(self):
        self.vendor.name = "Secret vendor"
        self.amplifier.seller_ids.price = 4711
        self.request.action_order()
        self.request.purchase_line_ids.order_id.button_confirm()
        self.end_transaction()
        text = json.dumps(self.get_section())
        self.assertIn("Ordered", text)
        self.assertNotIn("Secret", text)
        self.assertNotIn("4711", text)

    def test_the_buyer_who_answers_need_not_read_the_conversation(self):
        self.promise()
        self.assertFalse(self.ticket.with_user(self.buyer).has_access("read"))
        self.request._comment("On Monday")
        self.end_transaction()
        self.assertIn("On Monday", self.get_last_transition())
        self.assertFalse(self.ticket.with_user(self.buyer).has_access("read"))

    def test_of_a_conversation_that_one_may_not_read_no_requests_are_told(self):
        self.vera.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertFalse(self.ticket.with_user(self.vera).has_access("read"))
        self.assertIsNone(self.get_section(self.vera))
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.vera).action_show_requests()
