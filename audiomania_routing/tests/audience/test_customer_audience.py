# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import RoutingCase


@tagged("post_install", "-at_install")
class TestCustomerAudience(RoutingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.make_user("ann")
        cls.manager = cls.make_user("max", "helpdesk_mgmt.group_helpdesk_manager")
        cls.outsider = cls.make_user("ivan", groups=None)
        cls.audience = cls.make_audience("Hi-Fi")

    def test_an_employee_reads_audiences_and_changes_none(self):
        audience = self.audience.with_user(self.employee)
        self.assertEqual(audience.name, "Hi-Fi")
        with self.assertRaises(AccessError):
            audience.name = "Vinyl"
        with self.assertRaises(AccessError):
            audience.unlink()
        with self.assertRaises(AccessError):
            audience.create({"name": "Vinyl"})

    def test_a_manager_makes_changes_and_deletes_audiences(self):
        audience = self.env["customer.audience"].with_user(self.manager)
        category = self.make_category("Records")
        made = audience.create(
            {"name": "Vinyl", "category_ids": [(6, 0, category.ids)]}
        )
        made.name = "Collectors"
        self.assertEqual(made.name, "Collectors")
        made.unlink()

    def test_who_does_not_work_with_conversations_reads_no_audience(self):
        with self.assertRaises(AccessError):
            self.audience.with_user(self.outsider).read(["name"])

    def test_nobody_changes_the_sums_by_hand(self):
        customer = self.make_customer()
        product = self.make_product(self.make_category("Audio"))
        self.make_order(customer, product, self.employee)
        row = self.env["customer.affinity"].search([("partner_id", "=", customer.id)])
        self.assertEqual(row.with_user(self.employee).orders, 1)
        for user in (self.employee, self.manager):
            with self.assertRaises(AccessError):
                row.with_user(user).value = 1000000
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()
        with self.assertRaises(AccessError):
            row.with_user(self.outsider).read(["value"])

    def test_audiences_of_another_company_are_hidden(self):
        other = self.env["res.company"].create({"name": "Other Shop"})
        self.audience.company_id = other
        with self.assertRaises(AccessError):
            self.audience.with_user(self.employee).read(["name"])

    def test_the_customers_of_an_audience_are_counted_and_listed(self):
        customer = self.make_customer(audience_manual_id=self.audience.id)
        audience = self.audience.with_user(self.manager)
        self.assertEqual(audience.customer_count, 1)
        action = audience.action_view_customers()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, customer)

    def test_sums_for_an_audience_of_another_company_are_hidden(self):
        product = self.make_product(self.make_category("Audio"))
        self.audience.category_ids = product.categ_id
        customer = self.make_customer()
        self.make_order(customer, product, self.manager)
        sums = self.env["customer.affinity"].with_user(self.employee)
        mine = [("partner_id", "=", customer.id)]
        self.assertEqual(len(sums.search(mine)), 2)
        other = self.env["res.company"].create({"name": "Other Shop"})
        self.audience.company_id = other
        self.assertEqual(sums.search(mine).user_id, self.manager)
        customer.company_id = other
        self.assertFalse(sums.search(mine))

    def test_each_company_has_its_own_audience_of_a_customer(self):
        other = self.env["res.company"].create({"name": "Other Shop"})
        audio, vinyl = self.make_category("Audio"), self.make_category("Vinyl")
        here = self.make_audience("Here", [audio], company_id=self.company.id)
        there = self.make_audience("There", [vinyl], company_id=other.id)
        common = self.make_audience("Common", [audio])
        customer = self.make_customer()
        self.make_order(customer, self.make_product(audio), self.employee, 100)
        self.make_order(customer, self.make_product(vinyl), self.employee, 900)
        self.assertEqual(customer._get_audience(self.company), here)
        self.assertEqual(customer._get_audience(other), there)
        customer.audience_manual_id = common
        self.assertEqual(customer._get_audience(other), common)
        customer.audience_manual_id = there
        self.assertEqual(customer._get_audience(self.company), here)

    def test_a_stranger_belongs_to_no_audience(self):
        self.assertFalse(self.env["res.partner"]._get_audience(self.company))

    def test_of_two_audiences_of_a_category_that_of_his_language_is_his(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        vinyl = self.make_category("Vinyl")
        anybody = self.make_audience("Vinyl", [vinyl])
        russian = self.make_audience("Пластинки", [vinyl], lang="ru_RU")
        customer = self.make_customer(lang="ru_RU")
        self.make_order(customer, self.make_product(vinyl), self.employee)
        self.assertEqual(customer.audience_id, russian)
        customer.lang = "en_US"
        self.assertEqual(customer.audience_id, anybody)

    def test_what_two_audiences_name_alike_counts_for_both(self):
        vinyl = self.make_category("Vinyl")
        one = self.make_audience("One", [vinyl])
        two = self.make_audience("Two", [vinyl])
        customer = self.make_customer()
        self.make_order(customer, self.make_product(vinyl), self.employee)
        shares = self.env["customer.affinity"]._get_shares(customer, "audience_id")
        self.assertEqual(shares[customer.id], {one.id: 0.5, two.id: 0.5})
        self.assertEqual(customer.audience_id, one)

    def test_a_company_that_asks_for_a_larger_share_knows_fewer_audiences(self):
        audio, vinyl = self.make_category("Audio"), self.make_category("Vinyl")
        hifi = self.make_audience("Hi-Fi", [audio])
        self.make_audience("Collectors", [vinyl])
        customer = self.make_customer()
        self.make_order(customer, self.make_product(audio), self.employee, 600)
        self.make_order(customer, self.make_product(vinyl), self.employee, 400)
        self.assertEqual(customer._get_audience(self.company), hifi)
        self.env["routing.policy"].create(
            {"company_id": self.company.id, "audience_share": 0.8}
        )
        self.assertFalse(customer._get_audience(self.company))
        customer.audience_manual_id = hifi
        self.assertEqual(customer._get_audience(self.company), hifi)
