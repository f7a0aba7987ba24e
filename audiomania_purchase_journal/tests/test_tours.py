# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
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
