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
