# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from lxml import etree
from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts
from odoo.addons.audiomania_purchase_journal.models import purchase_journal_rule_job
from odoo.addons.audiomania_purchase_journal.models.request_state import (
    ASKED,
    REFUSED,
)

from .common import BUYER, SALESPERSON, JournalCase

MANAGER = "purchase.group_purchase_manager"


class RuleCase(JournalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_employee("manager", MANAGER)

    @classmethod
    def new_rule(cls, kind, **vals):
        return (
            cls.env["purchase.journal.rule"]
            .with_user(cls.manager)
            .create({"name": kind, "kind": kind, "reason": f"Because {kind}.", **vals})
        )

    def get_rule_facts(self, requests):
        return [
            (r.product_id.name, r.product_qty, r.rule_id.kind, r.state)
            for r in requests.sorted("id")
        ]


@tagged("post_install", "-at_install")
class TestShippedRules(RuleCase):
    def test_stocks_and_quotations_are_watched_when_somebody_wants_it(self):
        for xmlid in ("rule_minimum", "rule_likely"):
            rule = self.env.ref(f"audiomania_purchase_journal.{xmlid}")
            self.assertFalse(rule.active)
            self.assertTrue(rule.reason)

    def test_a_confirmed_order_asks_by_itself_from_the_start(self):
        # As it is installed; the base class archives it for the tests of other things.
        path = "audiomania_purchase_journal/data/purchase_journal_rule_data.xml"
        with file_open(path, "rb") as data:
            shipped = etree.parse(data).find(".//record[@id='rule_confirmed']")
        self.assertIsNone(shipped.find("field[@name='active']"))
        self.shipped.active = True
        order = self.new_order()
        order.action_confirm()
        self.assertEqual(
            self.get_requests(order).reason,
            "The order is confirmed and the goods are short.",
        )


@tagged("post_install", "-at_install")
class TestConfirmed(RuleCase):
    def setUp(self):
        super().setUp()
        self.rule = self.new_rule("confirmed")

    def confirm(self, order):
        order.with_user(self.salesperson).action_confirm()
        self.end_transaction()
        return self.get_requests(order)

    def test_what_a_confirmed_order_lacks_is_asked_for_with_the_reason(self):
        cable = self.new_product("Cable", vendor=self.vendor, stock=2)
        requests = self.confirm(self.new_order((cable, 5), (self.amplifier, 1)))
        self.assertEqual(
            self.get_rule_facts(requests),
            [
                ("Cable", 3, "confirmed", ASKED),
                ("Amplifier", 1, "confirmed", ASKED),
            ],
        )
        self.assertEqual(
            requests.mapped("reason"), ["Because confirmed.", "Because confirmed."]
        )
        self.assertEqual(requests.requested_by_id, self.salesperson)

    def test_what_is_asked_for_already_is_not_asked_for_again(self):
        order = self.new_order((self.amplifier, 5))
        self.ask(order)
        requests = self.confirm(order)
        self.assertEqual(requests.mapped("product_qty"), [5])
        self.assertFalse(requests.rule_id)

    def test_pressing_buy_after_the_rule_asks_for_nothing_more(self):
        order = self.new_order((self.amplifier, 5))
        self.confirm(order)
        self.assertEqual(self.ask(order)["tag"], "display_notification")

    def test_buys_comment_is_added_to_what_the_rule_asked_for(self):
        order = self.new_order((self.amplifier, 5))
        request = self.confirm(order)
        for records in (order, order.order_line):
            with self.subTest(records=records._name), trap_alerts(self) as trap:
                request.sudo().last_comment = False
                dialog = self.open_dialog(records.action_buy())
                self.assertIn("Amplifier", dialog.notice)
                with dialog.line_ids.edit(0) as line:
                    self.assertEqual(line.product_qty, 0)
                    line.comment = "the black one"
                dialog.save().action_ask()
                self.end_transaction()
                self.assertEqual(request.last_comment, "the black one")
                self.assertEqual(self.get_requests(order), request)
                self.assertEqual(request.product_qty, 5)
                self.assertFalse(trap.trapped)
        self.assertEqual(order.action_buy()["tag"], "display_notification")

    def test_a_dialog_that_was_open_when_the_rule_asked_keeps_its_comment(self):
        order = self.new_order((self.amplifier, 5))
        dialog = self.open_dialog(order.action_buy())
        with dialog.line_ids.edit(0) as line:
            line.comment = "the black one"
        dialog = dialog.save()
        request = self.confirm(order)
        dialog.action_ask()
        self.assertEqual(self.get_requests(order), request)
        self.assertRecordValues(
            request, [{"product_qty": 5, "last_comment": "the black one"}]
        )

    def test_a_confirmed_order_is_one_alert(self):
        products = [self.new_product(f"P{i}", vendor=self.vendor) for i in range(3)]
        order = self.new_order(*[(product, 2) for product in products])
        with trap_alerts(self) as trap:
            self.assertEqual(len(self.confirm(order)), 3)
            self.assertEqual(self.count_told(trap), 1)

    def test_several_lines_that_grow_in_one_save_are_one_alert(self):
        products = [self.new_product(f"P{i}", vendor=self.vendor) for i in range(3)]
        order = self.new_order(*[(product, 2) for product in products])
        with trap_alerts(self):
            requests = self.confirm(order)
            requests.action_take()
            self.end_transaction()
        with trap_alerts(self) as trap:
            order.order_line = [
                Command.update(line.id, {"product_uom_qty": 5})
                for line in order.order_line
            ]
            self.end_transaction()
            self.assertEqual(self.count_told(trap), 1)
        self.assertEqual(requests.mapped("product_qty"), [5, 5, 5])

    def count_told(self, trap):
        self.assertFalse(trap.get_faults())
        told = [(t.code, t.user_id, t.state) for t in trap.trapped]
        return told.count(("purchase_journal_asked", self.buyer.id, "new"))

    def test_an_accepted_offer_on_a_confirmed_order_is_not_asked_for_again(self):
        order = self.new_order((self.amplifier, 5))
        request = self.confirm(order)
        yellow = self.new_product("Yellow", vendor=self.vendor)
        offer = request._offer(
            {
                "product_id": yellow.id,
                "product_qty": 5,
                "product_uom_id": self.unit.id,
            }
        )
        request.with_user(self.salesperson).action_accept_offer(offer.id)
        self.end_transaction()
        self.assertEqual(self.get_requests(order), request)
        self.assertEqual(request.product_id, yellow)

    def test_a_shorter_line_asks_for_nothing_that_somebody_took_back(self):
        order = self.new_order((self.amplifier, 5))
        self.confirm(order).with_user(self.salesperson).action_cancel()
        order.order_line.product_uom_qty = 3
        self.assertEqual(len(self.get_requests(order)), 1)

    def test_what_is_added_to_a_confirmed_order_is_asked_for_too(self):
        order = self.new_order((self.amplifier, 2))
        self.confirm(order)
        order.order_line.product_uom_qty = 5
        order.order_line = [
            Command.create({"product_id": self.new_product("Cable").id})
        ]
        self.assertEqual(
            [(r.product_id.name, r.product_qty) for r in self.get_requests(order)],
            [("Amplifier", 5), ("Cable", 1)],
        )

    def test_goods_that_are_here_are_not_asked_for(self):
        cable = self.new_product("Cable", stock=9)
        self.assertFalse(self.confirm(self.new_order((cable, 5))))

    def test_sections_notes_and_down_payments_are_no_goods(self):
        words = [
            {"display_type": "line_section", "name": "Stage"},
            {"display_type": "line_note", "name": "By Friday"},
            {"is_downpayment": True, "name": "Half of it", "price_unit": 50.0},
        ]
        order = self.new_order(*words, (self.amplifier, 2))
        self.assertEqual(self.confirm(order).mapped("product_qty"), [2])
        order.order_line = [Command.create(vals) for vals in words]
        self.assertEqual(len(self.get_requests(order)), 1)
        words_only = self.new_order(*words)
        self.assertFalse(self.confirm(words_only))
        self.assertEqual(words_only.state, "sale")

    def test_services_are_left_alone(self):
        service = self.new_product("Setting up", type="service", is_storable=False)
        self.assertFalse(self.confirm(self.new_order((service, 1))))

    def test_what_odoo_replenishes_by_itself_is_left_to_odoo(self):
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.amplifier.id,
                "warehouse_id": self.warehouse.id,
                "trigger": "auto",
            }
        )
        self.assertFalse(self.confirm(self.new_order((self.amplifier, 5))))

    def test_the_domain_says_which_lines(self):
        self.rule.domain = "[('product_uom_qty', '>', 3)]"
        cable = self.new_product("Cable")
        requests = self.confirm(self.new_order((cable, 3), (self.amplifier, 4)))
        self.assertEqual(requests.product_id, self.amplifier)

    def test_of_two_rules_that_fit_the_first_asks(self):
        first = self.new_rule("confirmed", sequence=1)
        requests = self.confirm(self.new_order())
        self.assertEqual(requests.rule_id, first)

    def test_an_archived_rule_asks_for_nothing(self):
        self.rule.active = False
        self.assertFalse(self.confirm(self.new_order()))

    def test_a_rule_of_another_company_asks_for_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.rule.sudo().company_id = company
        self.assertFalse(self.confirm(self.new_order()))

    def test_what_was_refused_is_not_asked_for_again_by_itself(self):
        order = self.new_order()
        self.ask(order)
        self.get_requests(order).sudo().desk_state = REFUSED
        self.assertEqual(len(self.confirm(order)), 1)

    def test_the_rule_asks_when_a_customer_confirms(self):
        order = self.new_order()
        public = self.env.ref("base.public_user")
        order.with_user(public).sudo().action_confirm()
        self.assertEqual(self.get_requests(order).requested_by_id, self.salesperson)

    def test_an_order_without_a_salesperson_has_somebody_to_ask(self):
        order = self.new_order()
        order.sudo().user_id = False
        order.sudo().action_confirm()
        self.assertEqual(
            self.get_requests(order).requested_by_id, self.rule.responsible_id
        )

    def test_confirming_costs_the_rule_as_many_queries_for_ten_lines_as_for_five(self):
        Rule = self.env["purchase.journal.rule"]
        counts = []
        for number in (5, 10):
            products = [self.new_product(f"P{number}-{i}") for i in range(number)]
            order = self.new_order(*[(product, 2) for product in products])
            lines = order.order_line.sudo().browse(order.order_line.ids)

            def assign(lines=lines):
                rules = Rule._find_rules("confirmed", lines.company_id)
                rules._assign(lines._get_ruled_lines("confirmed"))

            counts.append(self.count_queries(assign))
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestLikely(RuleCase):
    def setUp(self):
        super().setUp()
        self.rule = self.new_rule("likely", vendor_days=10)
        self.far = self.new_product("From afar", vendor=self.vendor)
        self.far.seller_ids.delay = 30

    def send(self, order):
        order.action_quotation_sent()
        self.end_transaction()
        return self.get_requests(order)

    def test_a_sent_quotation_asks_for_what_the_vendor_needs_long_for(self):
        requests = self.send(self.new_order((self.far, 2), (self.amplifier, 2)))
        self.assertEqual(
            self.get_rule_facts(requests), [("From afar", 2, "likely", ASKED)]
        )
        self.assertEqual(requests.reason, "Because likely.")

    def test_a_quotation_that_was_not_sent_is_not_likely(self):
        order = self.new_order((self.far, 2))
        self.assertFalse(self.get_requests(order))
        self.watch()
        self.assertFalse(self.get_requests(order))

    def test_the_domain_says_which_quotations_are_likely(self):
        self.rule.domain = "[('order_id.amount_untaxed', '>=', 1000)]"
        self.far.list_price = 100
        self.assertFalse(self.send(self.new_order((self.far, 2))))
        self.assertTrue(self.send(self.new_order((self.far, 20))))

    def test_the_job_finds_what_became_likely_later(self):
        self.rule.active = False
        order = self.new_order((self.far, 2))
        self.assertFalse(self.send(order))
        self.rule.active = True
        self.watch()
        self.watch()
        self.assertEqual(self.get_requests(order).mapped("product_qty"), [2])

    def test_an_expired_quotation_is_not_likely(self):
        self.rule.active = False
        order = self.new_order((self.far, 2), validity_date=date(2020, 1, 1))
        self.send(order)
        self.rule.active = True
        self.watch()
        self.assertFalse(self.get_requests(order))

    def test_what_somebody_took_back_is_not_asked_for_again(self):
        order = self.new_order((self.far, 2))
        self.send(order).with_user(self.salesperson).action_cancel()
        self.watch()
        self.assertEqual(len(self.get_requests(order)), 1)

    def watch(self):
        run_job(self)


def run_job(case, time_left=1, times=1):
    """Run the job; each of its batches is committed. ``time_left``: 0, it is
    interrupted after the first batch."""
    cron = type(case.env["ir.cron"])
    progress = []

    def commit_progress(_cron, processed=0, **values):
        progress.append((processed, values.get("remaining")))
        case.env.cr.flush()
        return time_left

    with patch.object(cron, "_commit_progress", commit_progress):
        for _each in range(times):
            rules = case.env["purchase.journal.rule"]
            rules.search([]).last_run_at = False
            rules._cron_watch()
    case.env.invalidate_all()
    return progress


@tagged("post_install", "-at_install")
class TestMinimum(RuleCase):
    def setUp(self):
        super().setUp()
        self.cable = self.new_product("Cable", vendor=self.vendor, stock=4)
        self.rule = self.new_rule("minimum", domain=f"[('id', '=', {self.cable.id})]")

    def new_orderpoint(self, product=None, **vals):
        return self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": (product or self.cable).id,
                "warehouse_id": self.warehouse.id,
                "product_min_qty": 5,
                "product_max_qty": 20,
                "trigger": "manual",
                **vals,
            }
        )

    def watch(self, **kwargs):
        run_job(self, **kwargs)
        return self.get_stock_requests()

    def get_stock_requests(self, product=None):
        return (
            self.env["purchase.journal.request"]
            .with_user(self.buyer)
            .search(
                [
                    ("product_id", "=", (product or self.cable).id),
                    ("order_id", "=", False),
                ],
                order="id",
            )
        )

    def test_below_the_minimum_of_the_reordering_rule_is_filled_to_its_maximum(self):
        self.new_orderpoint()
        request = self.watch()
        self.assertEqual(
            self.get_rule_facts(request), [("Cable", 16, "minimum", ASKED)]
        )
        self.assertEqual(
            request.reason,
            "Because minimum. Here, coming and asked for: 4 of at least 5 Units.",
        )
        self.assertRecordValues(
            request,
            [
                {
                    "requested_by_id": self.manager.id,
                    "buyer_id": self.buyer.id,
                    "vendor_id": self.vendor.id,
                    "partner_id": False,
                    "warehouse_id": self.warehouse.id,
                }
            ],
        )

    def test_what_reaches_its_minimum_is_not_asked_for(self):
        self.new_orderpoint(product_min_qty=4)
        self.assertFalse(self.watch())

    def test_looking_twice_asks_once(self):
        self.new_orderpoint()
        self.watch()
        self.assertEqual(self.watch().mapped("product_qty"), [16])

    def test_a_lower_stock_adds_to_what_is_asked_for(self):
        self.new_orderpoint()
        self.watch()
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.cable, self.warehouse.lot_stock_id, -17)
        self.env.invalidate_all()
        self.assertEqual(self.watch().mapped("product_qty"), [33])

    def test_on_a_draft_or_a_confirmed_purchase_it_is_not_asked_for_again(self):
        self.new_orderpoint()
        request = self.watch()
        for confirm in (False, True):
            with self.subTest(confirm=confirm):
                if confirm:
                    request.purchase_line_ids.order_id.button_confirm()
                else:
                    self.order_requests(request)
                self.assertEqual(self.watch(), request)

    def test_received_and_sold_again_it_is_another_request(self):
        self.new_orderpoint()
        request = self.watch()
        self.receive(self.order_requests(request, confirm=True))
        self.env["stock.quant"]._update_available_quantity(
            self.cable, self.warehouse.lot_stock_id, -18
        )
        self.env.invalidate_all()
        self.assertEqual(self.watch().mapped("product_qty"), [16, 18])

    def test_what_an_order_asked_for_is_no_need_of_the_stock(self):
        self.new_orderpoint(product_min_qty=0, product_max_qty=0)
        order = self.new_order((self.cable, 10))
        self.ask(order)
        order.action_confirm()
        self.assertEqual(self.get_requests(order).product_qty, 6)
        self.assertFalse(self.watch())

    def test_what_is_bought_for_a_quotation_is_not_the_stocks(self):
        order = self.new_order((self.cable, 10))
        self.ask(order)
        self.order_requests(self.get_requests(order), confirm=True)
        self.new_orderpoint()
        self.assertEqual(self.watch().product_qty, 16)

    def test_a_reordering_rule_that_odoo_carries_out_is_odoos(self):
        self.new_orderpoint(trigger="auto")
        self.rule.minimum_qty = 5
        self.assertFalse(self.watch())

    def test_a_reordering_rule_that_was_put_off_rests(self):
        self.new_orderpoint(snoozed_until=date(2099, 1, 1))
        self.assertFalse(self.watch())

    def test_an_own_minimum_is_for_products_without_a_reordering_rule(self):
        self.rule.write({"minimum_qty": 6, "maximum_qty": 10})
        self.assertEqual(self.watch().mapped("product_qty"), [6])

    def test_the_reordering_rule_goes_before_the_own_minimum(self):
        self.new_orderpoint()
        self.rule.write({"minimum_qty": 100})
        self.assertEqual(self.watch().mapped("product_qty"), [16])

    def test_whole_packages_are_asked_for_where_the_reordering_rule_says_so(self):
        self.cable.uom_ids = self.dozen
        self.new_orderpoint(replenishment_uom_id=self.dozen.id)
        self.assertEqual(self.watch().product_qty, 24)

    def test_what_is_made_or_carried_from_elsewhere_is_not_bought(self):
        orderpoint = self.new_orderpoint()
        route = self.env["stock.route"].create(
            {
                "name": "From elsewhere",
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Carry",
                            "action": "pull",
                            "picking_type_id": self.warehouse.int_type_id.id,
                            "location_src_id": self.warehouse.wh_input_stock_loc_id.id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                        }
                    )
                ],
            }
        )
        orderpoint.route_id = route
        self.assertFalse(self.watch())

    def test_a_product_outside_the_domain_is_left_alone(self):
        other = self.new_product("Other", vendor=self.vendor)
        self.new_orderpoint(other)
        self.watch()
        self.assertFalse(self.get_stock_requests(other))

    def test_another_warehouse_has_its_own_stock_and_its_own_request(self):
        far = self.env["stock.warehouse"].create({"name": "Far", "code": "FAR"})
        self.new_orderpoint()
        self.new_orderpoint(warehouse_id=far.id, location_id=far.lot_stock_id.id)
        requests = self.watch()
        self.assertEqual(
            [(r.warehouse_id, r.product_qty) for r in requests],
            [(self.warehouse, 16), (far, 20)],
        )
        self.rule.warehouse_ids = far
        self.assertEqual(self.watch(), requests)

    def test_what_buyers_refused_rests(self):
        self.new_orderpoint()
        with freeze_time("2026-03-02 09:00:00"):
            self.watch().sudo().write(
                {"desk_state": REFUSED, "refused_at": "2026-03-02 09:00:00"}
            )
        with freeze_time("2026-03-20 09:00:00"):
            self.assertEqual(len(self.watch()), 1)
        with freeze_time("2026-04-20 09:00:00"):
            self.assertEqual(len(self.watch()), 2)

    def test_the_buyers_are_told_once_for_a_batch_in_the_name_of_the_rule(self):
        products = self.new_watched_products(3)
        with trap_alerts(self) as trap:
            self.rule.sudo()._watch_products(products)
            self.end_transaction()
            self.assertFalse(trap.get_faults())
            (told,) = [t for t in trap.trapped if t.user_id == self.buyer.id]
        self.assertIn("minimum asks to buy: Watched 3-0, Watched 3-1", told.title)
        alert = self.env["alert.alert"].search(
            [
                ("res_model", "=", "purchase.journal.request"),
                ("res_id", "in", self.find_requests(products).ids),
            ]
        )
        self.assertEqual(alert.body, f"Positions: 3. For {self.warehouse.name}.")

    # -- the job -----------------------------------------------------------------

    def test_the_job_goes_on_where_it_was_interrupted(self):
        products = self.new_watched_products(5)
        with patch.object(purchase_journal_rule_job, "BATCH", 2):
            counts = []
            for _each in range(4):
                run_job(self, time_left=0)
                counts.append(len(self.find_requests(products)))
        self.assertEqual(counts, [2, 4, 5, 5])

    def test_the_job_tells_how_much_is_left(self):
        self.new_watched_products(5)
        with patch.object(purchase_journal_rule_job, "BATCH", 2):
            progress = run_job(self)
        self.assertEqual(progress[0], (0, 5))
        self.assertEqual([done for done, _left in progress[1:]], [2, 2, 1, 0])

    def test_a_rule_that_was_looked_at_just_now_rests(self):
        self.new_watched_products(1)
        run_job(self)
        cron = type(self.env["ir.cron"])
        with (
            patch.object(cron, "_commit_progress", return_value=1),
            patch.object(type(self.rule), "_watch") as watch,
        ):
            self.env["purchase.journal.rule"]._cron_watch()
            watch.assert_not_called()
            self.rule.last_run_at -= timedelta(hours=1)
            self.env["purchase.journal.rule"]._cron_watch()
            watch.assert_called_once()

    def test_a_rule_that_a_clock_ahead_has_looked_at_is_looked_at_again(self):
        rules = self.env["purchase.journal.rule"]
        due = rules._get_due_domain
        for ahead, found in ((timedelta(minutes=10), False), (timedelta(days=1), True)):
            self.rule.write(
                {"watched_to": 0, "last_run_at": fields.Datetime.now() + ahead}
            )
            self.assertEqual(self.rule in rules.search(due()), found)

    def test_looking_at_ten_products_costs_the_queries_of_five(self):
        counts = []
        for number in (5, 10):
            products = self.new_watched_products(number)
            self.rule.sudo()._watch_products(products)
            self.end_transaction()
            counts.append(
                self.count_queries(
                    lambda products=products: self.rule.sudo()._watch_products(products)
                )
            )
        self.assertEqual(counts[0], counts[1])

    def new_watched_products(self, number):
        products = self.env["product.product"]
        for index in range(number):
            product = self.new_product(f"Watched {number}-{index}", vendor=self.vendor)
            self.new_orderpoint(product)
            products |= product
        self.rule.domain = f"[('id', 'in', {products.ids})]"
        return products

    def find_requests(self, products):
        return self.env["purchase.journal.request"].search(
            [("product_id", "in", products.ids)]
        )


@tagged("post_install", "-at_install")
class TestWhoMayRule(RuleCase):
    def test_a_purchase_manager_writes_rules(self):
        rule = self.new_rule("minimum")
        rule.action_watch_now()
        rule.unlink()

    def test_a_buyer_reads_them_and_changes_nothing(self):
        rule = self.new_rule("confirmed").with_user(self.buyer)
        self.assertTrue(self.buyer.has_group(BUYER))
        self.assertEqual(rule.reason, "Because confirmed.")
        for attempt in (
            lambda: rule.write({"reason": "Mine"}),
            rule.copy,
            rule.unlink,
            rule.action_watch_now,
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_a_salesperson_reads_the_reason_and_not_the_rule(self):
        self.new_rule("confirmed")
        order = self.new_order()
        order.action_confirm()
        request = self.get_requests(order).with_user(self.salesperson)
        self.assertTrue(self.salesperson.has_group(SALESPERSON))
        self.assertEqual(request.reason, "Because confirmed.")
        with self.assertRaises(AccessError):
            request.read(["rule_id"])
        with self.assertRaises(AccessError):
            self.env["purchase.journal.rule"].with_user(self.salesperson).search([])

    def test_a_rule_of_another_company_is_not_read(self):
        company = self.env["res.company"].create({"name": "Other"})
        rule = self.new_rule("confirmed")
        rule.sudo().company_id = company
        with self.assertRaises(AccessError):
            rule.with_user(self.manager).read(["name"])

    def test_a_domain_that_finds_nothing_sensible_is_refused(self):
        for domain in ("[('no_such_field', '=', 1)]", "[(1, 2", "print(1)"):
            with self.assertRaises(ValidationError):
                self.new_rule("confirmed", domain=domain)

    def test_a_rule_that_asked_is_archived_rather_than_deleted(self):
        rule = self.new_rule("confirmed")
        self.new_order().action_confirm()
        self.end_transaction()
        self.assertEqual(rule.request_count, 1)
        self.assertEqual(rule.action_open_requests()["domain"][0][2], rule.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            rule.unlink()
