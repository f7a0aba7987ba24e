# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import date

from lxml import etree

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import JournalCase

MARGINS = ("margin", "price_unit", "price_subtotal", "amount_", "list_price", "cost")


@tagged("post_install", "-at_install")
class TestFacts(JournalCase):
    """Rule 36: what stands beside a request."""

    def test_price_minimum_and_lead_time_of_the_vendor(self):
        self.amplifier.seller_ids.write({"min_qty": 4, "delay": 9})
        request = self.new_request(quantity=5)
        self.assertRecordValues(
            request,
            [
                {
                    "vendor_price": 100,
                    "vendor_min_qty": 4,
                    "vendor_delay": 9,
                    "vendor_uom_id": self.unit.id,
                    "vendor_currency_id": self.env.company.currency_id.id,
                }
            ],
        )

    def test_nobody_sells_it_and_nothing_stands_there(self):
        request = self.new_request(product=self.new_product("Rarity"))
        self.assertRecordValues(
            request,
            [{"vendor_price": 0, "vendor_currency_id": False, "vendor_delay": 0}],
        )

    @freeze_time("2026-03-02 09:00:00")
    def test_when_the_next_of_what_is_on_the_way_comes(self):
        request = self.new_request()
        self.assertFalse(request.incoming_date)
        for day in ("2026-03-20 09:00:00", "2026-03-10 09:00:00"):
            purchase = self.env["purchase.order"].create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.amplifier.id,
                                "product_qty": 1,
                                "date_planned": day,
                            }
                        )
                    ],
                }
            )
            purchase.button_confirm()
        request.invalidate_recordset()
        self.assertRecordValues(
            request, [{"qty_incoming": 2, "incoming_date": date(2026, 3, 10)}]
        )

    def new_dated_request(self, promised, wanted=None):
        order = self.new_order((self.amplifier, 1), commitment_date=promised)
        self.ask(order)
        request = self.get_requests(order)
        request.date_wanted = wanted
        return request

    def test_what_is_urgent_about_the_dates(self):
        for promised, wanted, expected, urgency in (
            ("2026-03-20 09:00:00", False, False, False),
            ("2026-03-05 08:00:00", False, False, "close"),
            ("2026-03-01 09:00:00", False, False, "overdue"),
            ("2026-03-20 09:00:00", date(2026, 3, 1), False, "overdue"),
            ("2026-03-20 09:00:00", date(2026, 3, 2), False, False),
            ("2026-03-20 09:00:00", False, date(2026, 3, 20), False),
            ("2026-03-20 09:00:00", False, date(2026, 3, 21), "late"),
            (False, False, date(2026, 3, 21), False),
        ):
            with (
                self.subTest(promised=promised, wanted=wanted, expected=expected),
                freeze_time("2026-03-02 09:00:00"),
            ):
                request = self.new_dated_request(promised, wanted)
                request.expected_date = expected
                self.assertEqual(request.urgency, urgency)

    @freeze_time("2026-03-02 09:00:00")
    def test_how_soon_a_promise_is_close_is_set(self):
        request = self.new_dated_request("2026-03-10 09:00:00")
        settings = self.env["res.config.settings"]
        for days, urgency in ((8, "close"), (7, False), (0, False)):
            with self.subTest(days=days):
                settings.create({"journal_close_days": days})
                self.assertEqual(request.urgency, urgency)
                close = self.get_filter("close") + [("id", "=", request.id)]
                self.assertEqual(bool(request.search(close)), bool(urgency))

    @freeze_time("2026-03-02 09:00:00")
    def test_what_is_finished_is_never_urgent(self):
        request = self.new_dated_request("2026-03-01 09:00:00")
        request.sudo().action_cancel()
        self.assertFalse(request.urgency)

    def test_a_promise_that_changes_on_the_order_changes_here(self):
        with freeze_time("2026-03-02 09:00:00"):
            request = self.new_dated_request("2026-03-20 09:00:00")
            request.expected_date = date(2026, 3, 15)
            order = request.order_id.with_user(self.salesperson)
            order.commitment_date = "2026-03-12 09:00:00"
            self.assertEqual(request.urgency, "late")
            self.assertTrue(
                request.search([("id", "=", request.id), ("is_late", "=", True)])
            )

    @freeze_time("2026-03-02 09:00:00")
    def test_the_filters_of_the_journal_find_what_they_say(self):
        found = {
            "late": self.new_dated_request("2026-03-01 09:00:00"),
            "later_than_promised": self.new_dated_request("2026-03-20 09:00:00"),
            "close": self.new_dated_request("2026-03-04 09:00:00"),
            "aside": self.new_dated_request("2026-03-20 09:00:00"),
            "unassigned": self.new_dated_request("2026-03-20 09:00:00"),
            "needs_decision": self.new_dated_request("2026-03-20 09:00:00"),
            "open": self.new_dated_request("2026-03-20 09:00:00"),
        }
        found["later_than_promised"].expected_date = date(2026, 3, 25)
        found["aside"].aside_until = date(2026, 3, 9)
        found["unassigned"].buyer_id = False
        found["needs_decision"].needs_decision = True
        requests = found["open"].union(*found.values())
        for name, request in found.items():
            with self.subTest(name):
                matching = requests.search(
                    self.get_filter(name) + [("id", "in", requests.ids)]
                )
                if name == "open":
                    self.assertEqual(matching, requests - found["aside"])
                else:
                    self.assertEqual(matching, request)

    def get_filter(self, name):
        model = self.env["purchase.journal.request"].with_user(self.buyer)
        arch = etree.fromstring(model.get_view(view_type="search")["arch"])
        (node,) = arch.xpath(f"//filter[@name='{name}']")
        return literal_eval(node.get("domain"))

    def test_a_page_of_twenty_costs_the_queries_of_ten(self):
        specification = dict.fromkeys(self.get_list_fields(), {})
        counts = []
        for number in (10, 20):
            products = [
                self.new_product(f"P{number}-{i}", vendor=self.vendor)
                for i in range(number)
            ]
            order = self.new_order(*[(product, 2) for product in products])
            self.ask(order)
            requests = self.get_requests(order)
            self.assertEqual(len(requests), number)
            counts.append(
                self.count_queries(
                    lambda requests=requests: requests.web_read(specification)
                )
            )
        self.assertEqual(counts[0], counts[1])

    def get_list(self, user):
        """The journal's list as ``user`` gets it by its address."""
        view = self.env.ref(
            "audiomania_purchase_journal.purchase_journal_request_view_list_buyer"
        )
        model = self.env["purchase.journal.request"].with_user(user)
        return etree.fromstring(model.get_view(view.id, "list")["arch"])

    def get_list_fields(self):
        arch = self.get_list(self.buyer)
        names = {node.get("name") for node in arch.xpath("//field")}
        self.assertLessEqual({"qty_free", "incoming_date", "vendor_min_qty"}, names)
        return names

    def test_the_journal_stands_under_vendors_for_buyers_only(self):
        for user, grouped_by in (
            (self.buyer, "vendor_id"),
            (self.salesperson, None),
            (self.buyer, "vendor_id"),
        ):
            self.assertEqual(self.get_list(user).get("default_group_by"), grouped_by)

    def test_a_buyer_is_shown_no_margin(self):
        model = self.env["purchase.journal.request"].with_user(self.buyer)
        for view_type in ("list", "kanban", "form", "search", "pivot", "graph"):
            arch = etree.fromstring(model.get_view(view_type=view_type)["arch"])
            for node in arch.xpath("//field"):
                for word in MARGINS:
                    with self.subTest(view=view_type, field=node.get("name")):
                        self.assertNotIn(word, node.get("name"))
        self.assertFalse(
            self.env["sale.order.line"].with_user(self.buyer).has_access("read")
        )
