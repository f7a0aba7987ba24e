# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.tests import Form, tagged

from .common import MARCH, AffinityCase


@tagged("post_install", "-at_install")
class TestCustomerAffinity(AffinityCase):
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
        self.assertFalse(self.get_shares(self.customer, "audience_id"))
        self.env["customer.affinity"]._fold()
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

    def test_the_form_of_a_customer_lets_an_employee_choose(self):
        self.ann.group_ids |= self.env.ref("base.group_partner_manager")
        with Form(self.customer.with_user(self.ann)) as form:
            form.audience_manual_id = self.collectors
        self.assertEqual(self.customer.audience_id, self.collectors)

    def test_an_order_that_is_imported_as_confirmed_counts(self):
        self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": self.ann.id,
                "state": "sale",
                "order_line": [(0, 0, {"product_id": self.turntable.id})],
            }
        )
        self.assertEqual(self.customer.audience_id, self.collectors)
        self.assertAgreesWithRebuild()

    def test_a_locked_order_counts_as_before(self):
        order = self.make_order(self.customer, self.amplifier, self.ann)
        before = self.snapshot()
        order.action_lock()
        self.assertEqual(self.snapshot(), before)

    def test_who_saves_many_lines_of_a_confirmed_order_has_it_counted_once(self):
        order = self.make_order(self.customer, self.amplifier, self.ann, 100)
        order.order_line = [(0, 0, {"product_id": self.wire.id})] * 4
        rows = self.env["customer.affinity"].search_count([])
        order.order_line = [
            (1, line.id, {"price_unit": 7.0}) for line in order.order_line
        ]
        added = self.env["customer.affinity"].search_count([]) - rows
        self.assertEqual(added, 2, "one for the employee, one for the audience")
        self.assertAgreesWithRebuild()

    def test_a_contact_whose_company_is_deleted_keeps_his_orders(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        buyer = self.make_customer("Buyer", parent_id=company.id)
        self.make_order(buyer, self.amplifier, self.ann)
        company.unlink()
        self.assertEqual(self.get_shares(buyer), {self.ann.id: 1.0})
        self.assertEqual(buyer.audience_id, self.hifi)
        self.assertAgreesWithRebuild()

    def test_an_archived_customer_is_still_known(self):
        self.customer.active = False
        self.make_order(self.customer, self.amplifier, self.ann)
        self.assertEqual(self.customer.audience_id, self.hifi)
        self.assertAgreesWithRebuild()

    def test_a_choice_by_hand_is_kept_when_customers_are_merged(self):
        double = self.make_customer("Twice", audience_manual_id=self.collectors.id)
        self.make_order(self.customer, self.amplifier, self.ann)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | double).ids, self.customer)
        self.assertEqual(self.customer.audience_manual_id, self.collectors)
        self.env["customer.affinity"]._rebuild()
        self.assertEqual(self.customer.audience_id, self.collectors)

    def test_an_audience_chosen_by_hand_that_is_gone_leaves_it_to_the_orders(self):
        contact = self.make_customer("Buyer", parent_id=self.customer.id)
        self.make_order(self.customer, self.amplifier, self.ann)
        chosen = self.make_audience("Friends")
        self.customer.audience_manual_id = chosen
        self.assertEqual((self.customer | contact).audience_id, chosen)
        chosen.active = False
        self.assertEqual((self.customer | contact).audience_id, self.hifi)
        chosen.active = True
        self.assertEqual((self.customer | contact).audience_id, chosen)
        chosen.unlink()
        self.assertEqual((self.customer | contact).audience_id, self.hifi)

    def test_orders_of_all_companies_count_in_one_currency(self):
        foreign = self.env["res.currency"].create(
            {
                "name": "FOR",
                "symbol": "F",
                "rate_ids": [
                    (0, 0, {"rate": 10, "name": "2020-01-01", "company_id": False})
                ],
            }
        )
        abroad = self.env["res.company"].create(
            {"name": "Shop Abroad", "currency_id": foreign.id}
        )
        self.env.user.company_ids |= abroad
        self.make_order(self.customer, self.amplifier, self.ann, 100, MARCH)
        order = (
            self.env["sale.order"]
            .with_company(abroad)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": abroad.id,
                    "user_id": self.bob.id,
                    "order_line": [
                        (0, 0, {"product_id": self.wire.id, "price_unit": 3000.0})
                    ],
                }
            )
        )
        order.action_confirm()
        order.date_order = MARCH
        self.assertEqual(
            self.get_shares(self.customer), {self.ann.id: 0.25, self.bob.id: 0.75}
        )
        self.assertAgreesWithRebuild()

    def test_folding_changes_no_sum(self):
        for amount, at in ((100, MARCH), (300, datetime(2024, 1, 1))):
            self.make_order(self.customer, self.amplifier, self.ann, amount, at)
        self.make_order(self.customer, self.wire, self.bob)._action_cancel()
        before = self.snapshot()
        self.env["customer.affinity"]._fold()
        after = self.snapshot()
        self.assertEqual(before.keys(), after.keys())
        for key, (value, orders) in before.items():
            self.assertAlmostEqual(value, after[key][0])
            self.assertEqual(orders, after[key][1])
        rows = self.env["customer.affinity"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(len(rows), 2)
        self.assertFalse(
            self.env.execute_query(self.env["customer.affinity"]._sql_unfolded())
        )
