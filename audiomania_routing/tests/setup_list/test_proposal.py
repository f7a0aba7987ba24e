# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..conversation.common import ConversationCase

YEAR = timedelta(days=365)


@tagged("post_install", "-at_install")
class TestProposal(ConversationCase):
    """Audiences are proposed from the categories of what was sold, and by whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sound = cls.make_category("Sound")
        cls.cans = cls.make_category("Cans", cls.sound)
        cls.records = cls.make_category("Records")
        cls.can = cls.make_product(cls.cans)
        cls.record = cls.make_product(cls.records)
        cls.second = cls.make_customer("Nina")

    def setUp(self):
        super().setUp()
        self.make_order(self.customer, self.can, self.anna, at=self.now)
        self.make_order(self.customer, self.can, self.anna, at=self.now)
        self.make_order(self.second, self.can, self.boris, at=self.now)
        self.make_order(self.second, self.record, self.vera, at=self.now)

    def propose(self, **values):
        wizards = self.env["customer.audience.proposal"].with_user(self.manager)
        action = wizards.action_propose()
        wizard = wizards.browse(action["res_id"])
        wizard.write({"level": 1, **values})
        wizard.action_look_again()
        return wizard

    def get_line(self, wizard, category):
        return wizard.line_ids.filtered(lambda line: line.category_id == category)

    def test_what_is_sold_below_counts_for_the_category_above(self):
        line = self.get_line(self.propose(), self.sound)
        self.assertEqual(
            (line.name, line.order_count, line.customer_count, line.is_chosen),
            ("Sound", 3, 2, True),
        )
        self.assertEqual(line.salesperson_ids, self.anna | self.boris)

    def test_the_team_whose_members_sold_most_is_proposed(self):
        wizard = self.propose()
        self.assertEqual(self.get_line(wizard, self.sound).team_id, self.headphones)
        self.assertEqual(self.get_line(wizard, self.records).team_id, self.vinyl)

    def test_who_left_is_not_named_and_gives_no_team(self):
        self.vera.active = False
        line = self.get_line(self.propose(), self.records)
        self.assertEqual(line.order_count, 1)
        self.assertFalse(line.salesperson_ids)
        self.assertFalse(line.team_id)

    def test_another_level_proposes_other_categories(self):
        wizard = self.propose(level=2)
        self.assertTrue(self.get_line(wizard, self.cans))
        self.assertFalse(self.get_line(wizard, self.sound))
        self.assertTrue(self.get_line(wizard, self.records))

    def test_an_order_with_two_lines_counts_once(self):
        order = self.make_order(self.customer, self.record, self.anna, at=self.now)
        order.write(
            {"order_line": [(0, 0, {"product_id": self.record.id, "price_unit": 1})]}
        )
        self.assertEqual(self.get_line(self.propose(), self.records).order_count, 2)

    def test_orders_of_other_times_and_companies_do_not_count(self):
        self.make_order(self.customer, self.record, self.vera, at=self.now - 2 * YEAR)
        self.assertEqual(self.get_line(self.propose(), self.records).order_count, 1)
        wizard = self.propose(months=36)
        self.assertEqual(self.get_line(wizard, self.records).order_count, 2)
        self.env["sale.order"].search([("company_id", "=", self.company.id)]).write(
            {"state": "cancel"}
        )
        self.assertFalse(self.propose().order_count)

    def test_without_orders_the_categories_are_proposed_and_none_is_ticked(self):
        self.env["sale.order"].search([("company_id", "=", self.company.id)]).write(
            {"state": "cancel"}
        )
        wizard = self.propose()
        self.assertLessEqual({"Sound", "Records"}, set(wizard.line_ids.mapped("name")))
        self.assertFalse(any(wizard.line_ids.mapped("is_chosen")))
        with self.assertRaises(UserError):
            wizard.action_create_audiences()

    def test_what_is_ticked_becomes_an_audience_and_is_not_proposed_again(self):
        wizard = self.propose()
        wizard.line_ids.is_chosen = False
        line = self.get_line(wizard, self.sound)
        line.write({"is_chosen": True, "name": "Good sound"})
        wizard.action_create_audiences()
        audience = self.env["customer.audience"].search([("name", "=", "Good sound")])
        self.assertEqual(audience.category_ids, self.sound)
        self.assertEqual(audience.team_id, self.headphones)
        self.assertEqual(audience.company_id, self.company)
        self.assertEqual(self.second.audience_id, audience)
        again = self.propose()
        self.assertFalse(self.get_line(again, self.sound))
        self.assertTrue(self.get_line(again, self.records))
        below = self.propose(level=2)
        self.assertFalse(self.get_line(below, self.cans))

    def test_the_first_level_is_one_on_which_goods_differ(self):
        everything = self.make_category("Everything")
        self.env["product.template"].search([]).sale_ok = False
        (self.can | self.record).sale_ok = True
        (self.sound | self.records).parent_id = everything
        self.env.flush_all()
        proposal = self.env["customer.audience.proposal"].new(
            {"company_id": self.company.id}
        )
        self.assertEqual(proposal._find_level(), 2)

    def test_more_orders_are_no_more_queries(self):
        wizard = self.propose()
        first = self.count(wizard)
        for customer in (self.customer, self.second):
            for product in (self.can, self.record):
                self.make_order(customer, product, self.boris, at=self.now)
        self.assertEqual(self.count(wizard), first)

    def count(self, wizard):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        wizard._find_sales()
        return self.env.cr.sql_log_count - before

    def test_nobody_looks_into_a_company_in_which_he_does_not_work(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        wizards = self.env["customer.audience.proposal"].with_user(self.manager)
        with self.assertRaises(AccessError):
            wizards.create({"company_id": other.id})
        wizard = self.propose()
        wizard.write({"company_id": other.id})
        with self.assertRaises(AccessError):
            wizard.action_look_again()

    def test_what_somebody_is_proposed_nobody_else_reads(self):
        wizard = self.propose()
        colleague = self.make_user("second", "helpdesk_mgmt.group_helpdesk_manager")
        for records in (wizard, wizard.line_ids):
            self.assertTrue(records)
            with self.assertRaises(AccessError):
                records.with_user(colleague).read(["order_count"])
            self.assertFalse(records.with_user(colleague).search([]) & records)

    def test_goods_of_another_company_propose_nothing(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        boats = self.make_category("Boats")
        self.make_product(boats).company_id = other
        self.assertFalse(self.get_line(self.propose(), boats))

    def test_only_managers_are_shown_what_was_sold(self):
        wizards = self.env["customer.audience.proposal"]
        with self.assertRaises(AccessError):
            wizards.with_user(self.anna).action_propose()
