# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from threading import Barrier, Thread
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import DummyRLock, get_db_name
from odoo.tools import mute_logger


class RaceCase(BaseCase):
    """Real transactions: what is made here is committed, and removed at the end."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # The thread that runs the tests holds this lock all the time.
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.addCleanup(self.in_transaction, self.clean_up)
        self.in_transaction(self.make_order)

    def in_transaction(self, function):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return retrying(lambda: function(env), env)

    def make_order(self, env):
        self.product_id = (
            env["product.product"]
            .create({"name": "Two browsers", "type": "consu", "is_storable": True})
            .id
        )
        order = env["sale.order"].create(
            {
                "partner_id": env.company.partner_id.id,
                "order_line": [
                    (0, 0, {"product_id": self.product_id, "product_uom_qty": 5})
                ],
            }
        )
        self.order_id = order.id

    def clean_up(self, env):
        self.remove_requests(env)
        env["sale.order"].browse(self.order_id).unlink()
        env["product.product"].browse(self.product_id).product_tmpl_id.unlink()

    def remove_requests(self, env):
        requests = env["purchase.journal.request"].search(
            [("product_id", "=", self.product_id)]
        )
        alerts = env["alert.alert"].search(
            [
                ("res_model", "=", "purchase.journal.request"),
                ("res_id", "in", requests.ids),
            ]
        )
        alerts.unlink()
        requests.unlink()

    def race(self, function):
        """Run ``function(env)`` in two transactions that have both begun."""
        barrier, errors = Barrier(2, timeout=60), []

        def run():
            met = []

            def meet_first(env):
                env.cr.execute("SELECT 1")  # the snapshot is taken here
                if not met:
                    met.append(barrier.wait())
                return function(env)

            try:
                self.in_transaction(meet_first)
            except Exception as error:
                errors.append(error)

        threads = [Thread(target=run, daemon=True) for _each in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            self.assertFalse(thread.is_alive(), "One waits for the other for ever")
        self.assertFalse(errors)

    def get_requests(self, env):
        return env["purchase.journal.request"].search(
            [("order_id", "=", self.order_id)]
        )

    def ask(self, env):
        lines = env["sale.order"].browse(self.order_id).order_line
        lines._ask_to_buy({lines: {"product_qty": 5}})


@tagged("post_install", "-at_install")
class TestTwoBrowsers(RaceCase):
    def test_two_who_press_buy_at_once_ask_once(self):
        with mute_logger("odoo.sql_db"):
            self.race(self.ask)
        quantities = self.in_transaction(
            lambda env: self.get_requests(env).mapped("product_qty")
        )
        self.assertEqual(quantities, [5.0])

    def test_two_who_add_the_same_at_once_add_once(self):
        self.in_transaction(self.ask)

        def lengthen(env):
            env["sale.order"].browse(self.order_id).order_line.product_uom_qty = 8

        self.in_transaction(lengthen)
        with mute_logger("odoo.sql_db"):
            self.race(self.ask)
        quantities = self.in_transaction(
            lambda env: self.get_requests(env).mapped("product_qty")
        )
        self.assertEqual(quantities, [8.0])


@tagged("post_install", "-at_install")
class TestTwoBuyers(RaceCase):
    """Two who work at once: one wins, and nothing is bought or asked for twice."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.in_transaction, self.remove_vendor)
        self.in_transaction(self.make_request)

    def make_request(self, env):
        self.vendor_id = env["res.partner"].create({"name": "Of two buyers"}).id
        self.ask(env)
        self.get_requests(env).vendor_id = self.vendor_id

    def remove_vendor(self, env):
        rules = env["purchase.journal.rule"].search([("name", "=", "Two runs")])
        purchases = env["purchase.order"].search([("partner_id", "=", self.vendor_id)])
        purchases.button_cancel()
        purchases.unlink()
        self.remove_requests(env)
        rules.unlink()
        env["res.partner"].browse(self.vendor_id).unlink()

    def test_two_who_order_one_request_order_it_once(self):
        errors = []

        def order(env):
            try:
                self.get_requests(env).action_order()
            except UserError as error:
                errors.append(str(error))

        with mute_logger("odoo.sql_db"):
            self.race(order)
        lines = self.in_transaction(self.read_lines)
        self.assertEqual(lines, [5.0])
        self.assertEqual(errors, ["Nothing to order: it is ordered already."])

    def read_lines(self, env):
        return (
            env["purchase.order.line"]
            .search([("product_id", "=", self.product_id)])
            .mapped("product_qty")
        )

    def test_two_runs_of_a_minimum_ask_once(self):
        self.in_transaction(self.make_rule)

        def watch(env):
            rule = env["purchase.journal.rule"].browse(self.rule_id)
            rule._watch_products(env["product.product"].browse(self.product_id))
            rule.watched_to += 1

        with mute_logger("odoo.sql_db"):
            self.race(watch)
        quantities = self.in_transaction(self.read_stock_requests)
        self.assertEqual(quantities, [7.0])

    def make_rule(self, env):
        warehouse = env["stock.warehouse"].search(
            [("company_id", "=", env.company.id)], limit=1
        )
        rule = env["purchase.journal.rule"].create(
            {
                "name": "Two runs",
                "kind": "minimum",
                "reason": "Short.",
                "domain": f"[('id', '=', {self.product_id})]",
                "warehouse_ids": warehouse.ids,
                "minimum_qty": 7,
            }
        )
        self.rule_id = rule.id

    def read_stock_requests(self, env):
        return (
            env["purchase.journal.request"]
            .search([("product_id", "=", self.product_id), ("order_id", "=", False)])
            .mapped("product_qty")
        )
