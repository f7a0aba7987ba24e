# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase


@tagged("post_install", "-at_install")
class TestSumsCollision(TransactionsCase):
    """Orders that are confirmed at once, or while everything is counted anew, count
    once, and nobody waits or fails."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            category = env["product.category"].create({"name": "Collision"})
            product = env["product.product"].create(
                {"name": "Service", "type": "service", "categ_id": category.id}
            )
            audience = env["customer.audience"].create(
                {"name": "Collision", "category_ids": [(6, 0, category.ids)]}
            )
            customer = env["res.partner"].create({"name": "Collision"})
            orders = env["sale.order"].create(
                [
                    {
                        "partner_id": customer.id,
                        "user_id": env.uid,
                        "order_line": [(0, 0, {"product_id": product.id})],
                    }
                    for _number in range(3)
                ]
            )
            orders[0].action_confirm()
            self.made = [orders, customer, audience, product, category]
            self.order_ids, self.customer_id = orders.ids, customer.id
            self.audience_id = audience.id

    def clean(self):
        with self.transaction() as env:
            orders, *others = (records.with_env(env) for records in self.made)
            orders._action_cancel()
            for records in (orders, *others):
                records.unlink()

    def get_orders(self):
        """How many orders count for his audience."""
        with self.transaction() as env:
            customer = env["res.partner"].browse(self.customer_id)
            sums = env["customer.affinity"]._get_sums(customer, "audience_id")
            _total, orders = sums[customer.id][self.audience_id]
            return orders

    def confirm(self, env, number):
        env["sale.order"].browse(self.order_ids[number]).action_confirm()

    def test_two_who_confirm_orders_of_one_customer_do_not_meet(self):
        with self.transaction() as one, self.transaction() as two:
            self.confirm(one, 1)
            self.confirm(two, 2)
        self.assertEqual(self.get_orders(), 3)

    def test_an_order_that_is_confirmed_while_its_customer_is_counted_counts_once(self):
        with self.transaction() as counting:
            counting["customer.affinity"]._rebuild_ids([self.customer_id])
            with self.transaction() as env:
                self.confirm(env, 1)
        self.assertEqual(self.get_orders(), 2)

    def test_an_order_that_was_confirmed_after_the_count_began_counts_once(self):
        with self.transaction() as counting:
            counting.cr.execute("SELECT 1")
            with self.transaction() as env:
                self.confirm(env, 1)
            counting["customer.affinity"]._rebuild_ids([self.customer_id])
        self.assertEqual(self.get_orders(), 2)

    def test_an_order_that_is_cancelled_while_its_customer_is_counted_is_gone(self):
        with self.transaction() as env:
            self.confirm(env, 1)
        with self.transaction() as counting:
            counting["customer.affinity"]._rebuild_ids([self.customer_id])
            with self.transaction() as env:
                env["sale.order"].browse(self.order_ids[1])._action_cancel()
        self.assertEqual(self.get_orders(), 1)

    def test_an_order_that_is_confirmed_while_sums_are_folded_counts_once(self):
        with self.transaction() as env:
            self.confirm(env, 1)
        with self.transaction() as folding:
            folding["customer.affinity"]._fold_ids([self.customer_id])
            with self.transaction() as env:
                self.confirm(env, 2)
        self.assertEqual(self.get_orders(), 3)
