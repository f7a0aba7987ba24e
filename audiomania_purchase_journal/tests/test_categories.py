# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged

from .common import BUYER, JournalCase


@tagged("post_install", "-at_install")
class TestCategories(JournalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vinyl_buyer = cls.new_employee("vinyl_buyer", BUYER)
        cls.other = cls.new_employee("other_buyer", BUYER)
        categories = cls.env["product.category"]
        categories.search([]).journal_buyer_id = False
        cls.vinyl = categories.create(
            {"name": "Vinyl", "journal_buyer_id": cls.vinyl_buyer.id}
        )
        cls.records = categories.create({"name": "Records", "parent_id": cls.vinyl.id})
        cls.lamps = categories.create({"name": "Lamps"})

    def ask_for(self, category, vendor=None):
        product = self.new_product(f"In {category.name}", vendor=vendor)
        product.categ_id = category
        return self.new_request(product=product)

    def is_mine(self, request, user):
        request = request.with_user(user)
        found = request.search(
            [("id", "=", request.id), ("in_my_categories", "=", True)]
        )
        self.assertEqual(bool(found), request.in_my_categories)
        return bool(found)

    def absent(self, *users, substitutes=None):
        presence = type(self.env["alert.presence"])
        return (
            patch.object(
                presence,
                "_get_absent_users",
                lambda _self, asked, now: {u: now for u in asked if u in users},
            ),
            patch.object(
                presence, "_get_substitutes", lambda _self, asked: substitutes or {}
            ),
        )

    def test_the_buyer_of_the_category_is_in_charge(self):
        request = self.ask_for(self.vinyl, vendor=self.vendor)
        self.assertEqual(request.buyer_id, self.vinyl_buyer)
        self.assertEqual(request.categ_id, self.vinyl)

    def test_a_category_below_has_the_buyer_of_the_one_above(self):
        self.assertEqual(self.ask_for(self.records).buyer_id, self.vinyl_buyer)

    def test_a_category_below_may_have_a_buyer_of_its_own(self):
        self.records.journal_buyer_id = self.other
        self.assertEqual(self.ask_for(self.records).buyer_id, self.other)
        self.assertEqual(self.ask_for(self.vinyl).buyer_id, self.vinyl_buyer)

    def test_a_category_of_nobody_leaves_it_to_the_buyer_of_the_vendor(self):
        request = self.ask_for(self.lamps, vendor=self.vendor)
        self.assertEqual(request.buyer_id, self.buyer)
        self.assertFalse(self.ask_for(self.lamps).buyer_id)

    def test_a_buyer_who_left_is_nobody(self):
        self.vinyl_buyer.active = False
        self.assertFalse(self.ask_for(self.vinyl).buyer_id)

    def test_each_buyer_sees_his_categories_and_those_of_nobody(self):
        vinyl, lamps = self.ask_for(self.records), self.ask_for(self.lamps)
        for user, seen in (
            (self.vinyl_buyer, [True, True]),
            (self.other, [False, True]),
        ):
            with self.subTest(user.name):
                self.assertEqual(
                    [self.is_mine(request, user) for request in (vinyl, lamps)], seen
                )

    def test_while_no_category_has_a_buyer_everything_is_everybodys(self):
        self.vinyl.journal_buyer_id = False
        request = self.ask_for(self.vinyl)
        self.assertTrue(self.is_mine(request, self.other))
        domain = request.with_user(self.other)._search_in_my_categories("in", [True])
        self.assertEqual(domain, Domain.TRUE)

    def test_of_who_is_away_his_substitute_sees_the_categories(self):
        request = self.ask_for(self.vinyl)
        away, instead = self.absent(
            self.vinyl_buyer, substitutes={self.vinyl_buyer: self.other}
        )
        third = self.new_employee("third_buyer", BUYER)
        with away, instead:
            self.assertTrue(self.is_mine(request, self.other))
            self.assertTrue(self.is_mine(request, self.vinyl_buyer))
            self.assertFalse(self.is_mine(request, third))
        request.invalidate_recordset()
        self.assertFalse(self.is_mine(request, self.other))

    def test_of_who_is_away_without_a_substitute_everybody_sees_them(self):
        request = self.ask_for(self.vinyl)
        away, instead = self.absent(self.vinyl_buyer)
        with away, instead:
            self.assertTrue(self.is_mine(request, self.other))

    def test_what_nobody_took_follows_the_category_to_another_buyer(self):
        fresh, taken = self.ask_for(self.records), self.ask_for(self.records)
        taken.with_user(self.vinyl_buyer).action_take()
        self.vinyl.journal_buyer_id = self.other
        self.assertEqual(fresh.buyer_id, self.other)
        self.assertEqual(taken.buyer_id, self.vinyl_buyer)
        self.vinyl.journal_buyer_id = False
        self.assertFalse(fresh.buyer_id)

    def test_a_category_that_moves_takes_its_requests_along(self):
        request = self.ask_for(self.lamps)
        self.lamps.parent_id = self.vinyl
        self.assertEqual(request.buyer_id, self.vinyl_buyer)

    def test_another_company_has_buyers_of_its_own(self):
        company = self.env["res.company"].create({"name": "Other"})
        far = self.new_employee(
            "far_buyer", BUYER, company_id=company.id, company_ids=company.ids
        )
        self.vinyl.with_company(company).journal_buyer_id = far
        self.assertEqual(self.ask_for(self.vinyl).buyer_id, self.vinyl_buyer)
        buyers = self.vinyl.with_company(company)._get_journal_buyers()
        self.assertEqual(buyers, {self.vinyl: far})

    def test_a_salesperson_finds_who_is_in_charge_and_changes_nothing(self):
        categories = self.vinyl.with_user(self.salesperson)
        self.assertEqual(categories.journal_buyer_id, self.vinyl_buyer)
        self.assertFalse(categories.has_access("write"))
