# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import datetime, timedelta

from odoo.tests import Form, new_test_user, tagged

from ..common import RoutingCase

MARCH = datetime(2025, 3, 3, 10)


@tagged("post_install", "-at_install")
class TestCustomerAffinity(RoutingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.make_user("ann")
        cls.bob = cls.make_user("bob")
        cls.salesperson = new_test_user(
            cls.env,
            login="seller",
            groups="sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.audio = cls.make_category("Audio")
        cls.vinyl = cls.make_category("Vinyl", cls.audio)
        cls.cable = cls.make_category("Cable")
        cls.amplifier = cls.make_product(cls.audio)
        cls.turntable = cls.make_product(cls.vinyl)
        cls.wire = cls.make_product(cls.cable)
        cls.hifi = cls.make_audience("Hi-Fi", [cls.audio])
        cls.collectors = cls.make_audience("Collectors", [cls.vinyl])
        cls.customer = cls.make_customer()

    def get_shares(self, customer, field="user_id"):
        shares = self.env["customer.affinity"]._get_shares(customer, field)
        return {
            key: round(share, 6) for key, share in shares.get(customer.id, {}).items()
        }

    def snapshot(self):
        """Every sum as it is worth at one moment."""
        half_life = self.env["customer.affinity"]._get_half_life()
        moment = MARCH + timedelta(days=3650)
        return {
            (row.partner_id, row.user_id, row.audience_id): (
                row.value * 2 ** -((moment - row.valued_at) / half_life),
                row.orders,
            )
            for row in self.env["customer.affinity"].search([])
        }

    def assertAgreesWithRebuild(self):
        running = self.snapshot()
        self.env["customer.affinity"]._rebuild()
        rebuilt = self.snapshot()
        self.assertEqual(running.keys(), rebuilt.keys())
        for key, (value, orders) in running.items():
            self.assertAlmostEqual(value, rebuilt[key][0], places=6)
            self.assertEqual(orders, rebuilt[key][1])

    def test_a_confirmed_order_counts_for_its_salesperson_and_its_audience(self):
        self.make_order(self.customer, self.amplifier, self.ann)
        self.assertEqual(self.get_shares(self.customer), {self.ann.id: 1.0})
        self.assertEqual(
            self.get_shares(self.customer, "audience_id"), {self.hifi.id: 1.0}
        )
        self.assertEqual(self.customer.audience_id, self.hifi)

    def test_a_quotation_counts_for_nobody(self):
        order = self.make_order(self.customer, self.amplifier, self.ann)
        order.copy()
        row = self.env["customer.affinity"].search([("user_id", "=", self.ann.id)])
        self.assertEqual(row.orders, 1)

    def test_a_salesperson_who_may_not_read_audiences_confirms_as_ever(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": self.salesperson.id,
                "order_line": [(0, 0, {"product_id": self.turntable.id})],
            }
        )
        order.with_user(self.salesperson).action_confirm()
        self.assertEqual(self.customer.audience_id, self.collectors)

    def test_a_cancelled_order_is_taken_back(self):
        self.make_order(self.customer, self.amplifier, self.ann, amount=300)
        order = self.make_order(self.customer, self.turntable, self.bob, amount=900)
        self.assertEqual(self.customer.audience_id, self.collectors)
        order._action_cancel()
        self.assertEqual(self.get_shares(self.customer), {self.ann.id: 1.0})
        self.assertEqual(self.customer.audience_id, self.hifi)

    def test_without_any_order_left_the_audience_is_unknown_again(self):
        self.make_order(self.customer, self.amplifier, self.ann)._action_cancel()
        self.assertFalse(self.customer.audience_id)
        self.assertFalse(
            self.env["customer.affinity"].search(
                [("partner_id", "=", self.customer.id)]
            )
        )

    def test_recent_orders_weigh_more_than_old_ones(self):
        half_life = self.env["customer.affinity"]._get_half_life()
        self.make_order(self.customer, self.amplifier, self.ann, 100, MARCH)
        self.make_order(self.customer, self.turntable, self.bob, 100, MARCH + half_life)
        self.assertEqual(
            self.get_shares(self.customer),
            {self.ann.id: round(1 / 3, 6), self.bob.id: round(2 / 3, 6)},
        )

    def test_large_orders_weigh_more_than_small_ones(self):
        self.make_order(self.customer, self.amplifier, self.ann, 300, MARCH)
        self.make_order(self.customer, self.turntable, self.bob, 100, MARCH)
        self.assertEqual(
            self.get_shares(self.customer), {self.ann.id: 0.75, self.bob.id: 0.25}
        )

    def test_a_product_belongs_to_the_nearest_category_that_an_audience_names(self):
        belt = self.make_product(self.make_category("Belts", self.vinyl))
        self.make_order(self.customer, belt, self.ann)
        self.assertEqual(
            self.get_shares(self.customer, "audience_id"), {self.collectors.id: 1.0}
        )

    def test_a_tag_puts_a_product_into_an_audience_whatever_its_category(self):
        tag = self.env["product.tag"].create({"name": "Studio"})
        studio = self.make_audience("Studio", tag_ids=[(6, 0, tag.ids)])
        self.wire.product_tag_ids = tag
        self.make_order(self.customer, self.wire, self.ann)
        self.assertEqual(self.customer.audience_id, studio)

    def test_products_of_no_audience_leave_it_unknown(self):
        self.make_order(self.customer, self.wire, self.ann)
        self.assertFalse(self.customer.audience_id)

    def test_scattered_orders_are_thin_evidence(self):
        for name in ("One", "Two", "Three"):
            category = self.make_category(name)
            self.make_audience(name, [category])
            product = self.make_product(category)
            self.make_order(self.customer, product, self.ann, 100, MARCH)
        self.assertFalse(self.customer.audience_id)

    def test_a_choice_by_hand_wins_and_is_kept(self):
        self.customer.audience_manual_id = self.collectors
        self.make_order(self.customer, self.amplifier, self.ann)
        self.assertEqual(self.customer.audience_id, self.collectors)
        self.customer.audience_manual_id = False
        self.assertEqual(self.customer.audience_id, self.hifi)

    def test_orders_of_a_contact_count_for_his_whole_company(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        buyer = self.make_customer("Buyer", parent_id=company.id)
        boss = self.make_customer("Boss", parent_id=company.id)
        self.make_order(buyer, self.amplifier, self.ann)
        self.assertEqual((company | buyer | boss).audience_id, self.hifi)
        self.assertEqual(boss.audience_id, self.hifi)

    def test_a_contact_who_joins_a_company_brings_his_orders(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        self.make_order(self.customer, self.amplifier, self.ann)
        self.customer.parent_id = company
        self.assertEqual(company.audience_id, self.hifi)
        self.assertAgreesWithRebuild()

    def test_a_merged_customer_has_the_orders_of_both(self):
        double = self.make_customer("Customer Twice")
        self.make_order(self.customer, self.amplifier, self.ann, 300, MARCH)
        self.make_order(double, self.amplifier, self.ann, 100, MARCH)
        self.make_order(double, self.turntable, self.bob, 100, MARCH)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | double).ids, self.customer)
        self.assertEqual(
            self.get_shares(self.customer), {self.ann.id: 0.8, self.bob.id: 0.2}
        )
        self.assertAgreesWithRebuild()

    def test_a_line_that_is_added_to_a_confirmed_order_counts(self):
        order = self.make_order(self.customer, self.amplifier, self.ann, 100)
        order.order_line = [
            (0, 0, {"product_id": self.turntable.id, "price_unit": 300.0})
        ]
        self.assertEqual(self.customer.audience_id, self.collectors)
        order.order_line[-1].product_uom_qty = 0
        self.assertEqual(self.customer.audience_id, self.hifi)
        self.assertAgreesWithRebuild()

    def test_a_line_and_a_salesperson_saved_together_count_once(self):
        order = self.make_order(self.customer, self.amplifier, self.ann, 100)
        order.write(
            {
                "user_id": self.bob.id,
                "order_line": [(0, 0, {"product_id": self.wire.id})],
            }
        )
        self.assertEqual(self.get_shares(self.customer), {self.bob.id: 1.0})
        self.assertAgreesWithRebuild()

    def test_another_currency_counts_at_the_rate_of_the_order(self):
        foreign = self.env["res.currency"].create(
            {
                "name": "FOR",
                "symbol": "F",
                "rate_ids": [
                    (0, 0, {"rate": 10.0, "name": "2020-01-01"}),
                ],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "pricelist_id": pricelist.id,
                "user_id": self.ann.id,
                "order_line": [
                    (0, 0, {"product_id": self.wire.id, "price_unit": 1000.0})
                ],
            }
        )
        order.action_confirm()
        row = self.env["customer.affinity"].search([("user_id", "=", self.ann.id)])
        self.assertAlmostEqual(row.value, 100.0)

    def test_an_audience_that_is_made_later_finds_past_orders(self):
        self.make_order(self.customer, self.wire, self.ann)
        wires = self.make_audience("Wires", [self.cable])
        self.assertEqual(self.customer.audience_id, wires)
        wires.active = False
        self.assertFalse(self.customer.audience_id)

    def test_a_product_that_moves_to_another_category_is_counted_anew(self):
        self.make_order(self.customer, self.amplifier, self.ann)
        cron = self.env.ref("audiomania_routing.ir_cron_rebuild_affinity")
        asked = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(asked)
        self.amplifier.categ_id = self.vinyl
        self.assertEqual(self.env["ir.cron.trigger"].search_count(asked), before + 1)
        self.env["customer.affinity"]._cron_rebuild()
        self.assertEqual(self.customer.audience_id, self.collectors)

    def test_running_sums_agree_with_a_rebuild_after_random_histories(self):
        chance = random.Random(20250303)
        customers = [self.make_customer(f"Customer {number}") for number in range(4)]
        products = self.amplifier | self.turntable | self.wire
        orders = []
        for _step in range(40):
            kind = chance.choice(["order", "order", "cancel", "line", "seller", "date"])
            order = chance.choice(orders) if orders else None
            moment = MARCH + timedelta(days=chance.randrange(-900, 900))
            if kind == "order" or not order:
                orders.append(
                    self.make_order(
                        chance.choice(customers),
                        chance.choice(products),
                        chance.choice([self.ann, self.bob, None]),
                        chance.randrange(1, 100000) / 7,
                        moment,
                    )
                )
            elif kind == "cancel":
                orders.remove(order)
                order._action_cancel()
            elif kind == "line":
                order.order_line[0].product_uom_qty = chance.randrange(1, 9)
            elif kind == "seller":
                order.user_id = chance.choice([self.ann, self.bob])
            else:
                order.date_order = moment
        self.assertTrue(self.env["customer.affinity"].search_count([]))
        self.assertAgreesWithRebuild()

    def test_very_old_orders_neither_fail_nor_count(self):
        self.make_order(
            self.customer, self.amplifier, self.ann, 100, datetime(1900, 1, 1)
        )
        self.make_order(self.customer, self.turntable, self.bob, 1, MARCH)
        self.assertEqual(
            self.get_shares(self.customer), {self.ann.id: 0.0, self.bob.id: 1.0}
        )
        self.assertAgreesWithRebuild()

    def count_queries_to_confirm(self, lines):
        product = self.amplifier
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": self.ann.id,
                "order_line": [(0, 0, {"product_id": product.id})] * lines,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with self.env["customer.affinity"]._follow(order):
            order.state = "sale"
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_following_an_order_costs_the_same_for_any_number_of_lines(self):
        self.count_queries_to_confirm(1)
        few = self.count_queries_to_confirm(3)
        self.assertEqual(few, self.count_queries_to_confirm(6))

    def test_the_evidence_is_shown_in_words_and_numbers(self):
        self.make_order(self.customer, self.amplifier, self.ann, 300, MARCH)
        self.make_order(self.customer, self.turntable, self.bob, 100, MARCH)
        evidence = self.customer.with_user(self.ann).audience_evidence
        self.assertEqual(
            evidence,
            "Buys: Hi-Fi 75 % (orders: 1), Collectors 25 % (orders: 1).\n"
            "Orders handled by: Ann 75 % (orders: 1), Bob 25 % (orders: 1).",
        )

    def test_a_customer_without_orders_has_no_evidence(self):
        self.assertEqual(self.customer.audience_evidence, "No confirmed orders yet.")

    def test_the_form_of_a_customer_lets_an_employee_choose(self):
        self.ann.group_ids |= self.env.ref("base.group_partner_manager")
        with Form(self.customer.with_user(self.ann)) as form:
            form.audience_manual_id = self.collectors
        self.assertEqual(self.customer.audience_id, self.collectors)
