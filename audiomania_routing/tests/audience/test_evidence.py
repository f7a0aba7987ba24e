# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MARCH, AffinityCase


@tagged("post_install", "-at_install")
class TestEvidence(AffinityCase):
    """A contact shows to which audience he belongs, and what speaks for it."""

    def get_evidence(self, customer=None, user=None):
        customer = customer or self.customer
        return customer.with_user(user or self.ann).get_audience_evidence()

    def test_it_names_the_audience_and_its_share(self):
        self.make_order(self.customer, self.amplifier, self.ann, 300, MARCH)
        self.make_order(self.customer, self.turntable, self.bob, 100, MARCH)
        evidence = self.get_evidence()
        self.assertEqual(evidence["audience"], "Hi-Fi")
        self.assertEqual(
            evidence["why"], "75 % of the purchases that belong to an audience."
        )
        self.assertEqual(
            evidence["parts"],
            [{"name": "Hi-Fi", "share": 75}, {"name": "Collectors", "share": 25}],
        )

    def test_it_shows_categories_amounts_dates_and_employees(self):
        self.make_order(self.customer, self.amplifier, self.ann, 300, MARCH)
        self.make_order(self.customer, self.amplifier, self.bob, 100, MARCH)
        self.make_order(self.customer, self.wire, self.bob, 100, MARCH)
        audio, cable = self.get_evidence()["rows"]
        self.assertIn("400.00", audio["amount"])
        del audio["amount"], cable["amount"]
        self.assertEqual(
            audio,
            {
                "category": "Audio",
                "audiences": "Hi-Fi",
                "share": 80,
                "orders": 2,
                "last": "03/03/2025",
                "handled": [
                    {"name": "Ann", "share": 75},
                    {"name": "Bob", "share": 25},
                ],
            },
        )
        self.assertEqual((cable["category"], cable["audiences"]), ("Cable", ""))

    def test_recent_orders_have_more_weight_and_no_larger_amount(self):
        half_life = self.env["customer.affinity"]._get_half_life()
        self.make_order(self.customer, self.amplifier, self.ann, 200, MARCH)
        self.make_order(self.customer, self.wire, self.ann, 100, MARCH + half_life)
        rows = self.get_evidence()["rows"]
        self.assertEqual([row["share"] for row in rows], [50, 50])

    def test_thin_evidence_says_what_is_missing(self):
        for name in ("One", "Two", "Three"):
            category = self.make_category(name)
            self.make_audience(name, [category])
            product = self.make_product(category)
            self.make_order(self.customer, product, self.ann, 100, MARCH)
        evidence = self.get_evidence()
        self.assertEqual(evidence["audience"], "Unknown")
        self.assertFalse(evidence["is_known"])
        self.assertEqual(
            evidence["why"], "The largest share is 33 %; the policy asks for 40 %."
        )

    def test_who_has_bought_nothing_of_an_audience_is_unknown(self):
        self.make_order(self.customer, self.wire, self.ann)
        self.assertEqual(
            self.get_evidence()["why"],
            "No purchase belongs to an audience.",
        )

    def test_a_choice_by_hand_is_said_to_be_one(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        buyer = self.make_customer("Buyer", parent_id=company.id)
        company.audience_manual_id = self.hifi
        self.assertEqual(
            self.get_evidence(buyer)["why"], "Chosen by hand for Studio Ltd."
        )
        buyer.audience_manual_id = self.collectors
        evidence = self.get_evidence(buyer)
        self.assertEqual(evidence["why"], "Chosen by hand.")
        self.assertEqual(evidence["audience"], "Collectors")

    def test_a_contact_shows_what_his_company_has_bought(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        buyer = self.make_customer("Buyer", parent_id=company.id)
        boss = self.make_customer("Boss", parent_id=company.id)
        self.make_order(buyer, self.amplifier, self.ann)
        evidence = self.get_evidence(boss)
        self.assertEqual(evidence["rows"][0]["orders"], 1)
        self.assertEqual(
            evidence["note"],
            "Orders of Studio Ltd and of all its contacts count together.",
        )
        self.assertEqual(
            self.get_evidence(company)["note"],
            "Orders of all contacts count together.",
        )

    def test_what_is_below_the_first_categories_is_one_row(self):
        for number in range(11):
            product = self.make_product(self.make_category(f"Category {number}"))
            self.make_order(self.customer, product, self.ann, 100 + number, MARCH)
        rows = self.get_evidence()["rows"]
        self.assertEqual(len(rows), 9)
        self.assertEqual(rows[-1]["category"], "3 more categories")
        self.assertEqual(rows[-1]["orders"], 3)

    def test_cancelled_orders_are_no_evidence(self):
        self.make_order(self.customer, self.amplifier, self.ann)._action_cancel()
        evidence = self.get_evidence()
        self.assertEqual((evidence["rows"], evidence["handled"]), ([], []))

    def test_orders_of_companies_that_one_may_not_see_are_not_shown(self):
        other = self.env["res.company"].create({"name": "Other Shop"})
        self.env.user.company_ids |= other
        order = (
            self.env["sale.order"]
            .with_company(other)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": other.id,
                    "order_line": [(0, 0, {"product_id": self.amplifier.id})],
                }
            )
        )
        order.action_confirm()
        self.assertFalse(self.get_evidence()["rows"])

    def test_who_does_not_work_with_conversations_is_shown_nothing(self):
        with self.assertRaises(AccessError):
            self.get_evidence(user=self.salesperson)

    def test_who_may_not_read_the_contact_is_shown_nothing(self):
        other = self.env["res.company"].create({"name": "Other Shop"})
        self.customer.company_id = other
        with self.assertRaises(AccessError):
            self.get_evidence()

    def test_a_long_history_takes_as_many_queries_as_a_short_one(self):
        self.make_order(self.customer, self.amplifier, self.ann)
        self.make_order(self.customer, self.turntable, self.bob)
        self.count_queries()
        few = self.count_queries()
        for _number in range(4):
            self.make_order(self.customer, self.turntable, self.bob)
        self.assertEqual(few, self.count_queries())

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.get_evidence()
        return self.env.cr.sql_log_count - before
