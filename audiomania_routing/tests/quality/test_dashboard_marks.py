# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .dashboard_common import DashboardCase
from .followup_common import MarkCase


@tagged("post_install", "-at_install")
class TestDashboardMarks(DashboardCase, MarkCase):
    """Averages with their number, and who reads whose (rule 25)."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()
        for mark in (5, 5, 5, 3):
            self.rate(self.anna, mark, speed=4, at=self.now - timedelta(days=1))
        self.rate(self.vera, 1, at=self.now - timedelta(days=1))
        # too old for four weeks
        self.rate(self.vera, 5, at=self.now - timedelta(days=30))

    def set_policy(self, **values):
        self.env["routing.policy"].search([]).active = False
        self.env["routing.policy"].create({"company_id": self.company.id, **values})

    def test_the_average_stands_with_its_number(self):
        self.assertEqual(
            self.get_figures_of("marks"),
            {"quality": ("3.80 (5)", ""), "speed": ("4.00 (4)", "")},
        )

    def test_so_many_usual_marks_are_added_as_the_policy_says(self):
        self.set_policy(prior_strength=3.0)
        # All marks until now are 24 / 6, so 4 is usual:
        # Anna has 18 and three times 4, by 7; Vera 1 and three times 4, by 4
        rows = self.get_rows_of("marks")
        self.assertEqual(rows["Anna"][1], ["4.29 (4)", "4.00 (4)"])
        self.assertEqual(rows["Vera"][1], ["3.25 (1)", "–"])
        self.assertEqual(list(rows), ["Vera", "Anna"])

    def test_what_is_bad_by_the_policy_is_red(self):
        self.set_policy(prior_strength=0.0, bad_mark=2.0)
        rows = self.get_rows_of("marks")
        self.assertEqual(rows["Vera"][0], "late")
        self.assertEqual(rows["Anna"][0], "calm")

    def test_a_leader_reads_those_of_his_people(self):
        self.assertEqual(list(self.get_rows_of("marks", self.chief)), ["Anna"])
        rows = self.get_rows_of("marks", self.leader)
        self.assertEqual(set(rows), {"Anna", "Vera"})

    def test_an_employee_reads_his_own_where_the_policy_says_so(self):
        self.set_policy(show_own_marks=False)
        block = self.ask("marks", self.anna)
        self.assertEqual((block["figures"], block["rows"]), ([], []))
        self.assertIn("policy", block["note"])
        self.env["routing.policy"].search([]).show_own_marks = True
        self.assertEqual(
            self.get_figures_of("marks", self.anna, "all")["quality"], ("4.50 (4)", "")
        )

    def test_a_leader_reads_his_own_where_the_policy_says_so(self):
        self.rate(self.chief, 2, at=self.now - timedelta(days=1))
        self.set_policy(show_own_marks=False)
        self.assertEqual(list(self.get_rows_of("marks", self.chief)), ["Anna"])
        figures = self.get_figures_of("marks", self.chief)
        self.assertEqual(figures["quality"], ("4.50 (4)", ""))
        self.env["routing.policy"].search([]).show_own_marks = True
        rows = self.get_rows_of("marks", self.chief)
        self.assertEqual(set(rows), {"Anna", self.chief.name})

    def get_figure(self, key):
        figures = self.ask("marks")["figures"]
        return next(one for one in figures if one["key"] == key)

    def rate_order(self, user, quality):
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        mark = self.env["helpdesk.mark"].create(
            {
                "sale_order_id": order.id,
                "company_id": self.company.id,
                "user_id": user.id,
                "quality": quality,
            }
        )
        mark._rate()
        mark.rating_ids.rated_on = self.now - timedelta(days=1)

    def test_what_is_given_after_a_delivered_order_stands_behind_its_figure(self):
        self.rate_order(self.anna, 1)
        quality = self.get_figure("quality")
        self.assertEqual(quality["value"], "3.33 (6)")
        self.assertEqual(self.count_behind(quality["action"]), 6)
        dashboard = self.env["helpdesk.dashboard"].with_user(self.manager)
        domain = dashboard._get_marks_domain(dashboard._get_scope_view())
        start = self.now - timedelta(days=7)
        self.assertEqual(dashboard._count_bad_marks(domain, start, self.now), 2)

    def test_behind_an_average_stand_the_marks_that_count_in_it(self):
        self.rate(self.anna, 1, counts="none", at=self.now - timedelta(days=1))
        for kind, number in (("quality", 5), ("speed", 4)):
            figure = self.get_figure(kind)
            self.assertIn(f"({number})", figure["value"])
            self.assertEqual(self.count_behind(figure["action"]), number)

    def test_a_shop_with_many_customers_asks_for_its_employees_only(self):
        portal = self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "portal@customer.example",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
            }
        )
        dashboard = self.env["helpdesk.dashboard"].with_user(self.manager)
        ((_field, _in, partners),) = dashboard._get_marks_domain(
            dashboard._get_scope_view()
        )
        self.assertIn(self.anna.partner_id.id, partners)
        self.assertNotIn(portal.partner_id.id, partners)

    def test_nobody_else_reads_any_figure(self):
        clerk = self.make_user("clerk", groups="")
        portal = self.env["res.users"].create(
            {
                "name": "Customer",
                "login": "portal@customer.example",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
            }
        )
        for user in (clerk, portal):
            for block in ("waiting", "today", "window", "marks", "load"):
                with self.subTest(user=user.name, block=block):
                    with self.assertRaises(AccessError):
                        self.ask(block, user, "all")

    def test_what_one_may_choose_between(self):
        def choose(user):
            scopes = self.env["helpdesk.dashboard"].with_user(user).get_scopes()
            return [scope for scope, _label in scopes]

        self.assertEqual(choose(self.manager), ["all", "own"])
        self.assertEqual(choose(self.chief), ["teams", "own"])
        self.assertEqual(choose(self.anna), ["own"])
