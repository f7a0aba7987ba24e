# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    CANCELLED,
    REFUSED,
)

from .common import BUYER, SALES_ALL, JournalCase

MONDAY = datetime(2026, 3, 2, 9, 0)
TUESDAY = datetime(2026, 3, 3, 10, 30)
THURSDAY = date(2026, 3, 5)


class ReportCase(JournalCase):
    """Requests that were asked for on Monday at nine and are wanted on Thursday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Europe/Moscow"

    def new_asked(self, product=None, wanted=THURSDAY, asked_at=MONDAY, quantity=5):
        product = product or self.new_product("Goods", vendor=self.vendor)
        with freeze_time(asked_at):
            request = self.new_request(product, quantity=quantity)
        request.sudo().date_wanted = wanted
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE purchase_journal_request SET create_date = %s WHERE id = %s",
            [asked_at, request.id],
        )
        request.invalidate_recordset()
        return request

    def order_at(self, moment, requests):
        with freeze_time(moment):
            return self.order_requests(requests, confirm=True)

    def receive_at(self, moment, orders, quantity=None):
        with freeze_time(moment):
            self.receive(orders, quantity)

    def new_received(self, moment, **kwargs):
        request = self.new_asked(**kwargs)
        self.receive_at(moment, self.order_at(TUESDAY, request))
        return request

    def get_rows(self, requests, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["purchase.journal.report"].with_user(user or self.buyer)
        return report.search([("request_id", "in", requests.ids)], order="id")

    def get_punctuality(self, request, now):
        with freeze_time(now):
            return self.get_rows(request).punctuality

    def aggregate(self, requests, groupby=(), aggregates=("__count",)):
        return (
            self.env["purchase.journal.report"]
            .with_user(self.buyer)
            ._read_group([("request_id", "in", requests.ids)], groupby, aggregates)
        )


@tagged("post_install", "-at_install")
class TestReportTimes(ReportCase):
    def test_a_request_that_waits_has_no_hours(self):
        row = self.get_rows(self.new_asked())
        self.assertEqual(row.requested_at, MONDAY)
        self.assertFalse(row.ordered_at or row.received_at)
        [(hours,)] = self.aggregate(row.request_id, [], ["hours_to_order:avg"])
        self.assertFalse(hours)

    def test_a_draft_is_not_ordered_yet(self):
        request = self.new_asked()
        with freeze_time(TUESDAY):
            self.order_requests(request)
        self.assertFalse(self.get_rows(request).ordered_at)

    def test_hours_run_from_asking_until_all_is_ordered(self):
        request = self.new_asked()
        self.order_at(TUESDAY, request)
        row = self.get_rows(request)
        self.assertEqual(row.ordered_at, TUESDAY)
        self.assertAlmostEqual(row.hours_to_order, 25.5)

    def test_clock_that_was_put_back_makes_no_negative_hours(self):
        request = self.new_asked()
        self.order_at(MONDAY - timedelta(hours=1), request)
        self.assertEqual(self.get_rows(request).hours_to_order, 0)

    def test_hours_run_from_asking_until_all_is_received(self):
        row = self.get_rows(self.new_received(datetime(2026, 3, 5, 9, 0)))
        self.assertEqual(row.received_at, datetime(2026, 3, 5, 9, 0))
        self.assertAlmostEqual(row.hours_to_receipt, 72.0)
        self.assertAlmostEqual(row.hours_to_order, 25.5)

    def test_a_part_that_came_is_not_all_of_it(self):
        request = self.new_asked()
        orders = self.order_at(TUESDAY, request)
        self.receive_at(datetime(2026, 3, 4, 9, 0), orders, quantity=2)
        self.assertFalse(self.get_rows(request).received_at)
        self.receive_at(datetime(2026, 3, 5, 9, 0), orders)
        self.assertEqual(self.get_rows(request).received_at, datetime(2026, 3, 5, 9, 0))

    def test_what_comes_later_does_not_move_the_moment(self):
        request = self.new_received(datetime(2026, 3, 5, 9, 0))
        with freeze_time("2026-03-09 09:00:00"):
            request.with_user(self.buyer)._comment("It came")
            request.sudo().product_qty = 4
        self.assertEqual(self.get_rows(request).received_at, datetime(2026, 3, 5, 9, 0))

    def test_an_order_that_is_cancelled_is_no_order(self):
        request = self.new_asked()
        orders = self.order_at(TUESDAY, request)
        orders.button_cancel()
        self.end_transaction()
        self.assertFalse(self.get_rows(request).ordered_at)

    def test_a_request_that_grew_is_not_wholly_ordered(self):
        request = self.new_asked()
        self.order_at(TUESDAY, request)
        request.sudo().product_qty = 8
        self.assertFalse(self.get_rows(request).ordered_at)

    def test_averages_leave_out_what_is_not_there_yet(self):
        first = self.new_received(datetime(2026, 3, 5, 9, 0))
        second = self.new_received(datetime(2026, 3, 4, 9, 0))
        third = self.new_asked()
        [(order, receipt, count)] = self.aggregate(
            first | second | third,
            aggregates=["hours_to_order:avg", "hours_to_receipt:avg", "__count"],
        )
        self.assertAlmostEqual(order, 25.5)
        self.assertAlmostEqual(receipt, (72 + 48) / 2)
        self.assertEqual(count, 3)


@tagged("post_install", "-at_install")
class TestReportPunctuality(ReportCase):
    def test_the_day_ends_at_midnight_of_the_company(self):
        """23:59 in Moscow is 20:59 in Greenwich."""
        for moment, expected in (
            (datetime(2026, 3, 5, 20, 59), "on_time"),
            (datetime(2026, 3, 5, 21, 0), "late"),
        ):
            with self.subTest(moment):
                request = self.new_received(moment)
                self.assertEqual(self.get_punctuality(request, moment), expected)
                # and what is judged once stays so
                later = datetime(2026, 4, 1)
                self.assertEqual(self.get_punctuality(request, later), expected)

    def test_what_is_not_here_is_late_when_its_day_is_over(self):
        request = self.new_asked()
        self.order_at(TUESDAY, request)
        for now, expected in (
            (datetime(2026, 3, 5, 20, 59), "open"),
            (datetime(2026, 3, 5, 21, 0), "late"),
        ):
            self.assertEqual(self.get_punctuality(request, now), expected)

    def test_nothing_is_late_that_nobody_buys(self):
        for state in (REFUSED, CANCELLED):
            request = self.new_asked()
            request.sudo()._end(state)
            self.assertFalse(self.get_punctuality(request, datetime(2026, 4, 1)))

    def test_nothing_is_late_that_has_no_day(self):
        request = self.new_received(datetime(2026, 3, 20), wanted=False)
        self.assertFalse(self.get_punctuality(request, datetime(2026, 4, 1)))

    def test_the_share_counts_what_is_judged(self):
        """Two in time, one late, one of which nobody knows: two of three."""
        requests = (
            self.new_received(datetime(2026, 3, 4, 9, 0))
            | self.new_received(datetime(2026, 3, 5, 9, 0))
            | self.new_received(datetime(2026, 3, 6, 9, 0))
            | self.new_asked()
        )
        self.env.flush_all()
        with freeze_time("2026-03-05 12:00:00"):
            [(share, count)] = self.aggregate(
                requests, aggregates=["on_time:avg", "__count"]
            )
        self.assertAlmostEqual(share, 100 * 2 / 3)
        self.assertEqual(count, 4)


@tagged("post_install", "-at_install")
class TestReportReasons(ReportCase):
    def new_rule(self, kind):
        return self.env["purchase.journal.rule"].create(
            {"name": "Rule", "kind": kind, "reason": "Because"}
        )

    def test_requests_are_counted_by_who_asked(self):
        by_hand, second, by_rule = (self.new_asked() for _number in range(3))
        rule = self.new_rule("minimum")
        by_rule.sudo().rule_id = rule
        self.env.flush_all()
        requests = by_hand | second | by_rule
        counts = dict(self.aggregate(requests, ["asked_because"]))
        self.assertEqual(counts, {"asked": 2, "minimum": 1})
        self.assertIn((rule, 1), self.aggregate(requests, ["rule_id"]))

    def test_what_was_refused_is_counted_by_its_reason(self):
        reason = self.env.ref("audiomania_purchase_journal.refusal_reason_discontinued")
        refused, other = self.new_asked(), self.new_asked()
        refused.sudo()._end(REFUSED)
        refused.sudo().refusal_reason_id = reason
        self.env.flush_all()
        groups = self.aggregate(refused | other, ["state", "refusal_reason_id"])
        self.assertIn((REFUSED, reason, 1), groups)
        self.assertEqual(sum(count for _state, _reason, count in groups), 2)

    def test_the_vendor_is_who_sold_it_else_who_was_to(self):
        request = self.new_asked()
        self.assertEqual(self.get_rows(request).vendor_id, self.vendor)
        seller = self.env["res.partner"].create({"name": "Another"})
        order = self.order_at(TUESDAY, request)
        order.sudo().partner_id = seller
        self.assertEqual(self.get_rows(request).vendor_id, seller)

    def test_a_row_opens_its_request(self):
        request = self.new_asked()
        action = self.get_rows(request).action_open_request()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("purchase.journal.request", request.id),
        )


@tagged("post_install", "-at_install")
class TestReportSecurity(ReportCase):
    """The analysis names vendors: it is for those who buy, of their companies."""

    def assert_reads_nothing(self, user):
        row = self.get_rows(self.request).with_user(user)
        user.group_ids += self.env.ref("base.group_allow_export")
        for read in (
            lambda: row.search([]),
            lambda: row.search_count([]),
            lambda: row.read(["vendor_id"]),
            lambda: row.name_search(""),
            lambda: row.formatted_read_group([], ["vendor_id"], ["__count"]),
            lambda: row.web_search_read([], {"vendor_id": {}}),
            lambda: row.export_data(["vendor_id"]),
            row.action_open_request,
        ):
            with self.assertRaises(UserError):
                read()

    def setUp(self):
        super().setUp()
        self.request = self.new_asked()

    def test_a_buyer_reads_it(self):
        self.assertEqual(self.get_rows(self.request).vendor_id, self.vendor)

    def test_nobody_changes_it(self):
        row = self.get_rows(self.request)
        for attempt in (lambda: row.write({"state": "received"}), row.unlink):
            with self.assertRaises(AccessError):
                attempt()

    def test_no_salesperson_reads_it(self):
        self.assert_reads_nothing(self.salesperson)
        self.assert_reads_nothing(self.new_employee("all_orders", SALES_ALL))

    def test_no_storekeeper_reads_it(self):
        self.assert_reads_nothing(self.storekeeper)

    def test_a_buyer_of_another_company_finds_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self.new_employee(
            "far", BUYER, company_id=company.id, company_ids=company.ids
        )
        self.assertFalse(self.get_rows(self.request, user=stranger))
        row = self.get_rows(self.request).with_user(stranger)
        with self.assertRaises(AccessError):
            row.read(["vendor_id"])

    def test_the_menu_is_for_buyers(self):
        menu = self.env.ref("audiomania_purchase_journal.purchase_journal_menu_report")
        for user, seen in ((self.buyer, True), (self.salesperson, False)):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in visible, seen)

    def test_every_view_of_the_analysis_opens(self):
        report = self.env["purchase.journal.report"].with_user(self.buyer)
        for name in ("", "_reasons", "_refused"):
            action = self.env.ref(
                f"audiomania_purchase_journal.purchase_journal_report_action{name}"
            )
            for view_id, kind in action.views:
                with self.subTest(name=name, kind=kind):
                    self.assertTrue(report.get_view(view_id, kind)["arch"])
