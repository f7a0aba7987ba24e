# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import JournalCase


@tagged("post_install", "-at_install")
class TestTours(JournalCase, HttpCase):
    def test_from_buy_on_a_quotation_to_the_purchase_order(self):
        """Slice point 4, in three browsers one after another."""
        self.vendor.name = "Tour vendor"
        order = self.new_order((self.amplifier, 5))
        url = f"/odoo/sales/{order.id}"
        with trap_alerts(self) as trap:
            self.start_tour(url, "purchase_journal_ask", login=self.salesperson.login)
            request = self.get_requests(order)
            self.assertEqual(request.product_qty, 5)
            trap.assert_alerted(self.buyer, "purchase_journal_asked", request)
        self.start_tour(
            "/odoo/purchase-journal", "purchase_journal_work", login=self.buyer.login
        )
        purchase = request.purchase_line_ids.order_id
        self.assertRecordValues(
            purchase,
            [
                {
                    "state": "purchase",
                    "partner_id": self.vendor.id,
                    "user_id": self.buyer.id,
                }
            ],
        )
        self.assertRecordValues(
            purchase.order_line, [{"product_qty": 5, "price_unit": 100}]
        )
        self.start_tour(url, "purchase_journal_mark", login=self.salesperson.login)

    def test_a_buyer_puts_aside_and_splits(self):
        self.vendor.name = "Tour vendor"
        second = self.env["res.partner"].create({"name": "Second vendor"})
        green = self.new_product("Green speaker", vendor=self.vendor)
        red = self.new_product("Red speaker", vendor=self.vendor)
        red.seller_ids = [Command.create({"partner_id": second.id, "price": 12})]
        aside, split = (self.new_request(product=p, quantity=3) for p in (green, red))
        self.start_tour(
            "/odoo/purchase-journal", "purchase_journal_decide", login=self.buyer.login
        )
        self.assertTrue(aside.aside_until)
        self.assertEqual(
            [
                (line.order_id.partner_id, line.product_qty)
                for line in split.purchase_line_ids
            ],
            [(self.vendor, 2), (second, 1)],
        )
