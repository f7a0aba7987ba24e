# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import BUYER, SALES_ALL, SALESPERSON, JournalCase

BUYERS_FIELDS = [
    "vendor_id",
    "last_vendor_id",
    "last_price",
    "last_currency_id",
    "qty_free",
    "qty_incoming",
    "allocation_ids",
    "purchase_line_ids",
    "incoming_date",
    "vendor_price",
    "vendor_currency_id",
    "vendor_min_qty",
    "vendor_uom_id",
    "vendor_delay",
    "rule_id",
]


@tagged("post_install", "-at_install")
class TestSecurity(JournalCase):
    """Every group by every way of reading."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.new_order((cls.amplifier, 5))
        line = cls.order.order_line.with_user(cls.salesperson)
        line._ask_to_buy({line: {"product_qty": 5, "comment": "Confidential"}})
        cls.request = (
            cls.env["purchase.journal.request"]
            .with_user(cls.buyer)
            .search([("order_id", "=", cls.order.id)])
        )

    def test_the_dialog_of_buy_tells_nothing_of_a_line_that_one_may_not_read(self):
        stranger = self.new_employee("stranger", SALESPERSON)
        line = self.order.order_line.with_user(stranger)
        self.assertFalse(line.has_access("read"))
        dialogs = self.env["purchase.journal.ask"].with_user(stranger)
        with self.assertRaises(AccessError):
            dialogs.create({"sale_line_ids": line.ids}).line_ids.read(["product_qty"])

    def find_by_typing(self, model, user, **values):
        """What a dialog tells before it is saved, when such values are typed."""
        dialogs = self.env[model].with_user(user)
        spec = {name: {} for name in dialogs._fields}
        self.env.flush_all()
        self.env.invalidate_all()
        return dialogs.onchange(values, list(values), spec)["value"]

    def test_a_dialog_tells_nothing_of_what_its_user_may_not_read(self):
        stranger = self.new_employee("stranger", SALESPERSON)
        line, position = self.order.order_line, "purchase.journal.ask.line"
        mine = self.find_by_typing(position, self.salesperson, sale_line_id=line.id)
        self.assertEqual(mine["qty_line"], 5)
        with self.assertRaises(AccessError):
            self.find_by_typing(position, stranger, sale_line_id=line.id)

    def test_a_dialog_of_a_buyer_tells_nothing_of_another_company(self):
        company = self.env["res.company"].create({"name": "Another"})
        stranger = self.new_employee(
            "yana", BUYER, company_id=company.id, company_ids=company.ids
        )
        for model in ("purchase.journal.split", "purchase.journal.offering"):
            with self.subTest(model=model):
                mine = self.find_by_typing(
                    model, self.buyer, request_id=self.request.id
                )
                self.assertEqual(mine["qty_to_order"], 5)
                with self.assertRaises(AccessError):
                    self.find_by_typing(model, stranger, request_id=self.request.id)

    def assert_reads(self, user):
        request = self.request.with_user(user)
        self.assertTrue(request.has_access("read"))
        self.assertEqual(request.read(["state"])[0]["state"], "asked")
        self.assertIn(request, request.search([]))
        self.assertTrue(request.name_search("Amplifier"))
        self.assertTrue(self.find_groups(user))
        user.group_ids += self.env.ref("base.group_allow_export")
        self.assertTrue(request.export_data(["state"])["datas"])
        self.assertTrue(self.find_messages(user))

    def assert_reads_nothing(self, user):
        request = self.request.with_user(user)
        self.assertFalse(request.has_access("read"))
        with self.assertRaises(AccessError):
            request.read(["state"])
        if user._is_internal():
            user.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(UserError):
            request.export_data(["state"])
        self.assertFalse(self.find_messages(user))

    def assert_finds_nothing(self, user):
        request = self.request.with_user(user)
        self.assertNotIn(request, request.search([]))
        self.assertFalse(request.name_search("Amplifier"))
        self.assertFalse(self.find_groups(user))

    def assert_may_not_search(self, user):
        for search in (
            lambda: self.request.with_user(user).search([]),
            lambda: self.request.with_user(user).name_search("Amplifier"),
            lambda: self.find_groups(user),
        ):
            with self.assertRaises(AccessError):
                search()

    def find_groups(self, user):
        return self.request.with_user(user).formatted_read_group(
            [("id", "=", self.request.id)], ["state"], ["__count"]
        )

    def find_messages(self, user):
        return (
            self.env["mail.message"]
            .with_user(user)
            .search(
                [
                    ("model", "=", "purchase.journal.request"),
                    ("res_id", "=", self.request.id),
                ]
            )
        )

    # -- who reads a request ------------------------------------------------------

    def test_the_salesperson_reads_his_own(self):
        self.assert_reads(self.salesperson)

    def test_a_colleague_with_his_own_orders_only_reads_nothing(self):
        colleague = self.new_employee("colleague", SALESPERSON)
        self.assert_reads_nothing(colleague)
        self.assert_finds_nothing(colleague)

    def test_a_colleague_reads_what_belongs_to_an_order_of_his(self):
        colleague = self.new_employee("colleague", SALESPERSON)
        self.order.sudo().user_id = colleague
        self.assert_reads(colleague)

    def test_an_order_that_is_nobodys_is_everybodys(self):
        colleague = self.new_employee("colleague", SALESPERSON)
        self.order.sudo().user_id = False
        self.assert_reads(colleague)

    def test_a_request_without_an_order_is_no_salespersons(self):
        colleague = self.new_employee("colleague", SALESPERSON)
        self.request.sudo().write({"order_id": False, "sale_line_id": False})
        self.assert_reads_nothing(colleague)
        self.assert_finds_nothing(colleague)

    def test_who_reads_all_orders_reads_all_requests(self):
        self.assert_reads(self.new_employee("all_orders", SALES_ALL))

    def test_a_buyer_reads_all_requests(self):
        self.assert_reads(self.buyer)

    def test_an_employee_of_another_trade_reads_nothing(self):
        stranger = self.new_employee("stranger", "base.group_user")
        self.assert_reads_nothing(stranger)
        self.assert_may_not_search(stranger)

    def test_a_storekeeper_reads_nothing(self):
        self.assert_reads_nothing(self.storekeeper)
        self.assert_may_not_search(self.storekeeper)

    def test_a_customer_reads_nothing(self):
        portal = self.new_portal_user()
        self.assert_reads_nothing(portal)
        self.assert_may_not_search(portal)

    def test_another_company_reads_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        for login, group in (("far_buyer", BUYER), ("far_seller", SALES_ALL)):
            user = self.new_employee(
                login, group, company_id=company.id, company_ids=company.ids
            )
            with self.subTest(login):
                self.assert_reads_nothing(user)
                self.assert_finds_nothing(user)

    # -- who changes a request ----------------------------------------------------

    def test_a_salesperson_changes_a_request_only_by_asking(self):
        request = self.request.with_user(self.salesperson)
        for attempt in (
            lambda: request.write({"product_qty": 1}),
            lambda: request.write({"desk_state": "cancelled"}),
            lambda: request.write({"batch_request_id": False}),
            request.unlink,
            lambda: request.create({}),
            request.copy,
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_nobody_deletes_the_history(self):
        with self.assertRaises(AccessError):
            self.request.with_user(self.buyer).unlink()

    # -- what a salesperson is not shown ------------------------------------------

    def test_vendor_and_price_are_for_buyers(self):
        request = self.request.with_user(self.salesperson)
        self.salesperson.group_ids += self.env.ref("base.group_allow_export")
        shown = request.fields_get()
        for name in BUYERS_FIELDS:
            with self.subTest(name):
                self.assertNotIn(name, shown)
                with self.assertRaises(AccessError):
                    request.read([name])
                with self.assertRaises(AccessError):
                    request.search([(name, "!=", False)])
                if request._fields[name].store and request._fields[name].column_type:
                    with self.assertRaises(AccessError):
                        request.formatted_read_group([], [name], ["__count"])
                with self.assertRaises(AccessError):
                    request.export_data([name])
                self.assertIn(name, request.with_user(self.buyer).fields_get())

    def test_the_views_of_a_salesperson_name_neither_vendor_nor_price(self):
        for view in ("list", "form", "kanban", "search"):
            arch = (
                self.env["purchase.journal.request"]
                .with_user(self.salesperson)
                .get_view(view_type=view)["arch"]
            )
            for name in BUYERS_FIELDS:
                with self.subTest(view=view, field=name):
                    self.assertNotIn(f'"{name}"', arch)
                    self.assertNotIn(f"'{name}'", arch)

    def test_a_salesperson_reads_no_allocation(self):
        allocations = self.env["purchase.journal.allocation"]
        self.assertFalse(allocations.with_user(self.salesperson).has_access("read"))
        self.assertTrue(allocations.with_user(self.buyer).has_access("read"))

    def test_a_salesperson_opens_no_dialog_of_buyers(self):
        for model in ("refuse", "expect", "put.aside", "split", "split.line"):
            with self.subTest(model):
                dialog = self.env[f"purchase.journal.{model}"]
                self.assertFalse(
                    dialog.with_user(self.salesperson).has_access("create")
                )
                self.assertTrue(dialog.with_user(self.buyer).has_access("create"))

    def test_reasons_are_read_by_all_and_written_by_purchase_managers(self):
        reasons = self.env["purchase.journal.refusal.reason"]
        manager = self.new_employee("manager", "purchase.group_purchase_manager")
        for user, may_write in (
            (self.salesperson, False),
            (self.buyer, False),
            (manager, True),
        ):
            with self.subTest(user.login):
                self.assertTrue(reasons.with_user(user).search([]))
                self.assertEqual(reasons.with_user(user).has_access("write"), may_write)

    def test_the_history_that_he_reads_names_neither_vendor_nor_price(self):
        self.vendor.name = "Secret vendor"
        self.request.vendor_id = self.customer
        self.request.vendor_id = self.vendor
        self.order_requests(self.request, confirm=True)
        self.receive(self.request.purchase_line_ids.order_id)
        messages = self.find_messages(self.salesperson)
        words = " ".join(messages.mapped("body"))
        words += str(messages.sudo().tracking_value_ids.mapped("new_value_char"))
        self.assertIn("Received", words)
        self.assertNotIn("Secret", words)

    # -- the mark on the order line -----------------------------------------------

    def test_a_customer_reads_no_mark_on_his_order(self):
        portal = self.new_portal_user()
        line = self.order.order_line.with_user(portal)
        self.assertTrue(line.has_access("read"))
        for name in ("purchase_request_mark", "purchase_request_state"):
            with self.assertRaises(AccessError):
                line.read([name])
        with self.assertRaises(AccessError):
            line.read(["purchase_request_ids"])

    def test_who_may_read_the_line_reads_its_mark(self):
        for user in (self.salesperson, self.storekeeper):
            (row,) = self.order.order_line.with_user(user).read(
                ["purchase_request_mark"]
            )
            self.assertEqual(row["purchase_request_mark"]["state"], "asked")

    def test_whatever_this_addon_offers_on_a_line_can_be_read(self):
        lines = self.order.order_line, self.order_requests(self.request).order_line
        for line in lines:
            for user in (self.salesperson, self.buyer, self.storekeeper):
                line = line.with_user(user)
                if line.has_access("read"):
                    offered = [
                        name
                        for name, field in line._fields.items()
                        if field._module == "audiomania_purchase_journal"
                        and name in line.fields_get()
                    ]
                    with self.subTest(f"{line} for {user.login}"):
                        self.assertTrue(offered)
                        self.assertTrue(line.read(offered))

    def test_the_order_form_opens_for_who_has_no_purchase_rights(self):
        self.order_requests(self.request)
        Form(self.order.with_user(self.salesperson))
        order = self.request.purchase_line_ids.order_id
        Form(order.with_user(self.buyer))
        self.assertTrue(
            order.with_user(self.storekeeper).order_line.read(["journal_requested_qty"])
        )

    # -- dialogs ------------------------------------------------------------------

    def test_a_dialog_is_its_owners(self):
        ask = (
            self.env["purchase.journal.ask"]
            .with_user(self.salesperson)
            .create({"sale_line_ids": self.order.order_line.ids})
        )
        colleague = self.new_employee("colleague", SALES_ALL)
        with self.assertRaises(AccessError):
            ask.with_user(colleague).read(["line_ids"])

    def test_a_dialog_does_not_ask_for_an_order_of_somebody_else(self):
        colleague = self.new_employee("colleague", SALESPERSON)
        asks = self.env["purchase.journal.ask"].with_user(colleague)
        with self.assertRaises(AccessError):
            asks.create({"sale_line_ids": self.order.order_line.ids}).action_ask()

    def new_portal_user(self):
        user = new_test_user(
            self.env, login="journal_portal", groups="base.group_portal"
        )
        user.partner_id.parent_id = self.customer
        return user
