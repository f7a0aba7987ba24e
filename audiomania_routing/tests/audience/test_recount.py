# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.audience import customer_affinity_recount as module
from .common import MARCH, AffinityCase


@tagged("post_install", "-at_install")
class TestRecount(AffinityCase):
    """Past orders are counted anew in the background, and one sees how far it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("max", "helpdesk_mgmt.group_helpdesk_manager")
        cls.recounts = cls.env["customer.affinity.recount"]

    def work(self):
        self.env["customer.affinity"]._cron_rebuild()

    def lose_sums(self, *customers):
        """What only a recount can mend."""
        rows = self.env["customer.affinity"].search([])
        rows.filtered(lambda row: row.partner_id in customers).unlink()

    def test_a_product_that_moves_to_another_category_is_counted_anew(self):
        self.make_order(self.customer, self.amplifier, self.ann)
        cron = self.env.ref("audiomania_routing.ir_cron_rebuild_affinity")
        asked = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(asked)
        self.amplifier.categ_id = self.vinyl
        self.assertEqual(self.env["ir.cron.trigger"].search_count(asked), before + 1)
        self.work()
        self.assertEqual(self.customer.audience_id, self.collectors)

    def test_whatever_one_transaction_moves_is_asked_for_once(self):
        self.amplifier.categ_id = self.cable
        self.wire.product_tmpl_id.categ_id = self.audio
        recount = self.get_recounts()
        self.assertEqual(len(recount), 1)
        self.assertEqual(
            recount.sudo().product_ids, sorted((self.amplifier | self.wire).ids)
        )

    def test_a_product_that_stays_where_it_is_asks_for_nothing(self):
        self.amplifier.categ_id = self.amplifier.categ_id
        self.assertFalse(self.get_recounts())

    def test_each_way_of_moving_products_is_noticed(self):
        tag = self.env["product.tag"].create({"name": "Studio"})
        studio = self.make_audience("Studio", tag_ids=[(6, 0, tag.ids)])
        self.make_order(self.customer, self.wire, self.ann)
        ways = {
            "tag": lambda: tag.write({"product_template_ids": [(4, template.id)]}),
            "tag removed": lambda: template.write({"product_tag_ids": [(5,)]}),
            "tag of the variant": lambda: self.wire.write(
                {"additional_product_tag_ids": [(4, tag.id)]}
            ),
            "tag deleted": tag.unlink,
            "category": lambda: template.write({"categ_id": belts.id}),
            "category moved": lambda: belts.write({"parent_id": self.vinyl.id}),
        }
        belts = self.make_category("Belts", self.audio)
        template = self.wire.product_tmpl_id
        expected = [
            studio,
            studio.browse(),
            studio,
            studio.browse(),
            self.hifi,
            self.collectors,
        ]
        for (name, way), audience in zip(ways.items(), expected, strict=True):
            with self.subTest(name):
                way()
                self.work()
                self.assertEqual(self.customer.audience_id, audience)
                self.assertAgreesWithRebuild()

    def test_only_who_bought_what_moved_is_counted(self):
        other = self.make_customer("Other")
        self.make_order(self.customer, self.amplifier, self.ann)
        self.make_order(other, self.wire, self.ann)
        self.amplifier.categ_id = self.vinyl
        recount = self.get_recounts()
        self.work()
        self.assertEqual((recount.state, recount.total, recount.done), ("done", 1, 1))

    def test_an_audience_of_few_customers_is_counted_at_once(self):
        self.make_order(self.customer, self.wire, self.ann)
        wires = self.make_audience("Wires", [self.cable])
        self.assertEqual(self.customer.audience_id, wires)
        self.assertFalse(self.get_recounts())

    def test_an_audience_of_many_customers_is_counted_in_the_background(self):
        customers = [self.make_customer(f"Customer {number}") for number in range(3)]
        for customer in customers:
            self.make_order(customer, self.wire, self.ann)
        with patch.object(module, "AT_ONCE", 2):
            wires = self.make_audience("Wires", [self.cable])
        self.assertFalse(customers[0].audience_id)
        self.assertTrue(wires.with_user(self.ann).is_counting)
        self.work()
        self.env.invalidate_all()
        self.assertFalse(wires.with_user(self.ann).is_counting)
        self.assertEqual({each.audience_id for each in customers}, {wires})

    def test_interrupted_it_goes_on_where_it_stopped(self):
        customers = [self.make_customer(f"Customer {number}") for number in range(4)]
        for customer in customers:
            self.make_order(customer, self.amplifier, self.ann)
        recount = self.recounts._ask("manual")
        with (
            patch.object(module, "BATCH", 3),
            patch.object(
                self.registry[self.recounts._name], "_commit", lambda *a, **k: 0
            ),
        ):
            self.work()
            self.assertEqual((recount.state, recount.done), ("running", 3))
            self.assertEqual(recount.progress, 100.0 * 3 / recount.total)
        self.lose_sums(*customers)
        self.work()
        self.assertEqual(recount.state, "done")
        self.assertEqual(recount.done, recount.total)
        self.assertFalse(self.get_shares(customers[0]), "it was counted before")
        self.assertEqual(self.get_shares(customers[-1]), {self.ann.id: 1.0})

    def test_an_order_that_is_confirmed_between_batches_counts_once(self):
        late = self.make_customer("Late")
        self.make_order(self.customer, self.amplifier, self.ann)
        self.recounts._ask("manual")
        count = type(self.recounts)._count_batch

        def counting(recount, ids):
            count(recount, ids)
            self.make_order(self.customer, self.turntable, self.bob, 900)
            self.make_order(late, self.turntable, self.bob)

        with patch.object(self.registry[self.recounts._name], "_count_batch", counting):
            self.work()
        self.assertEqual(self.customer.audience_id, self.collectors)
        self.assertEqual(late.audience_id, self.collectors)
        self.assertAgreesWithRebuild()

    def test_what_waits_together_is_counted_together(self):
        self.make_order(self.customer, self.amplifier, self.ann)
        one = self.recounts._ask("product", self.wire.ids)
        everybody = self.recounts._ask("manual")
        self.lose_sums(self.customer)
        self.work()
        self.assertEqual(one.joined_id, everybody)
        self.assertEqual({one.state, everybody.state}, {"done"})
        self.assertEqual(self.customer.audience_id, self.hifi)

    def test_the_button_counts_everything_anew(self):
        self.make_order(self.customer, self.amplifier, self.ann)
        self.lose_sums(self.customer)
        action = self.recounts.with_user(self.manager).action_ask()
        self.assertEqual(action["tag"], "soft_reload")
        self.assertEqual(self.get_recounts().create_uid, self.manager)
        self.work()
        self.assertAgreesWithRebuild()

    def test_only_managers_see_and_ask_for_recounts(self):
        for user in (self.ann, self.salesperson):
            with self.assertRaises(AccessError):
                self.recounts.with_user(user).action_ask()
            with self.assertRaises(AccessError):
                self.recounts.with_user(user).search([])
        recount = self.recounts._ask("manual").with_user(self.manager)
        self.assertEqual(recount.display_name, "Asked for")
        with self.assertRaises(AccessError):
            recount.write({"state": "done"})
        with self.assertRaises(AccessError):
            recount.read(["customer_ids"])

    def test_once_a_month_everything_is_counted_anew(self):
        self.work()
        self.assertFalse(self.recounts.search([("reason", "=", "regular")])[1:])
        later = self.env.cr.now() + timedelta(days=31)
        with freeze_time(later):
            self.work()
        self.assertEqual(len(self.recounts.search([("reason", "=", "regular")])), 2)

    def test_old_recounts_are_forgotten(self):
        recount = self.recounts._ask("manual")
        self.work()
        recount.finished_at -= timedelta(days=200)
        self.recounts._gc_done()
        self.assertFalse(recount.exists())

    def test_another_common_policy_is_another_count(self):
        half_life = self.env["customer.affinity"]._get_half_life()
        self.make_order(self.customer, self.amplifier, self.ann, 100, MARCH)
        self.make_order(self.customer, self.turntable, self.bob, 100, MARCH + half_life)
        self.env["customer.affinity"]._fold()
        policy = self.env["routing.policy"].search(
            [("company_id", "=", False), ("team_id", "=", False)]
        )
        policy.half_life = 2 * policy.half_life
        self.assertEqual(self.get_recounts().reason, "policy")
        self.work()
        self.assertAgreesWithRebuild()
        policy.audience_share = 0.9
        self.work()
        self.assertFalse(self.customer.audience_id)
        policy.limit += 1
        self.assertFalse(self.get_recounts())
