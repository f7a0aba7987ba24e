# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from threading import Barrier, Thread
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import DummyRLock, get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTwoBrowsers(BaseCase):
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
        env["sale.order"].browse(self.order_id).unlink()
        env["product.product"].browse(self.product_id).product_tmpl_id.unlink()

    def race(self, function):
        """Run ``function(env)`` in two transactions that have both begun."""
        barrier, errors = Barrier(2, timeout=20), []

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
