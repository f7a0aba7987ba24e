# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.audiomania_purchase_journal.models.ir_websocket import SUBCHANNEL

from .common import SALES_ALL, SALESPERSON, JournalCase

CHANGED = "purchase_journal/changed"


@tagged("post_install", "-at_install")
class TestMark(JournalCase):
    """What the order line shows, and who is told that it changed (rule 39)."""

    def read_mark(self, line, user=None):
        (row,) = line.with_user(user or self.salesperson).read(
            ["purchase_request_mark"]
        )
        return row["purchase_request_mark"]

    def test_a_line_that_nobody_asked_for_has_no_mark(self):
        self.assertFalse(self.read_mark(self.new_order().order_line))

    def test_the_mark_holds_status_date_and_comment(self):
        request = self.new_request(quantity=5)
        request._comment("Blue only", needs_decision=True)
        request.expected_date = "2026-05-04"
        self.assertEqual(
            self.read_mark(request.sale_line_id),
            {
                "state": "asked",
                "requests": [
                    {
                        "id": request.id,
                        "state": "asked",
                        "quantity": 5.0,
                        "unit": "Units",
                        "expected_date": "2026-05-04",
                        "comment": "Blue only",
                        "comment_by": "buyer",
                        "needs_decision": True,
                        "is_late": False,
                    }
                ],
            },
        )

    def test_the_mark_names_neither_vendor_nor_price(self):
        self.vendor.name = "Secret vendor"
        self.amplifier.seller_ids.price = 4711
        request = self.new_request()
        self.order_requests(request, confirm=True)
        text = json.dumps(self.read_mark(request.sale_line_id))
        self.assertNotIn("Secret", text)
        self.assertNotIn("4711", text)

    def test_a_changed_status_wakes_the_salesperson_with_ids_only(self):
        request = self.new_request()
        with self.assertChanged(self.salesperson, request.sale_line_id):
            request.action_take()

    def test_a_comment_wakes_the_salesperson(self):
        request = self.new_request()
        with self.assertChanged(self.salesperson, request.sale_line_id):
            request._comment("On Monday")

    def test_a_receipt_wakes_the_salesperson(self):
        request = self.new_request()
        order = self.order_requests(request, confirm=True)
        with self.assertChanged(self.salesperson, request.sale_line_id):
            self.receive(order)

    def test_the_salesperson_of_the_order_is_woken_when_a_colleague_asked(self):
        colleague = self.new_employee("colleague", SALES_ALL)
        order = self.new_order()
        self.ask(order.order_line, user=colleague)
        self.end_transaction()
        request = self.get_requests(order)
        for user in (colleague, self.salesperson):
            with self.assertChanged(user, order.order_line):
                request._comment(f"On Monday, {user.name}")

    def test_whoever_has_the_order_open_is_woken(self):
        request = self.new_request()
        order = request.order_id
        channel = json.dumps([self.cr.dbname, "sale.order", order.id, SUBCHANNEL])
        self.end_transaction()
        before = len(self.get_sent_on(channel))
        request._comment("On Monday")
        self.end_transaction()
        self.assertEqual(
            self.get_sent_on(channel)[before:],
            [{"line_ids": request.sale_line_id.ids}],
        )

    def test_only_who_may_read_the_order_hears_of_it(self):
        order = self.new_order()
        stranger = self.new_employee("stranger", SALESPERSON)
        names = [f"purchase_journal.order_{order.id}", "purchase_journal.order_0"]
        for user, heard in (
            (self.salesperson, [order]),
            (stranger, []),
            (self.buyer, []),
        ):
            request = SimpleNamespace(session=SimpleNamespace(uid=user.id))
            with (
                self.subTest(user.name),
                patch("odoo.addons.bus.models.ir_websocket.wsrequest", request),
            ):
                websocket = self.env["ir.websocket"].with_user(user)
                channels = websocket._build_bus_channel_list([*names])
                found = [c[0] for c in channels if isinstance(c, tuple)]
                orders = [one for one in found if one._name == "sale.order"]
                self.assertEqual(orders, heard)
                asked = [c for c in channels if isinstance(c, str)]
                self.assertFalse(set(names) & set(asked))

    def test_what_is_not_shown_wakes_nobody(self):
        request = self.new_request()
        sent = self.get_sent(self.salesperson)
        request.vendor_id = self.customer
        self.end_transaction()
        self.assertEqual(self.get_sent(self.salesperson), sent)

    def assertChanged(self, user, line):
        test = self

        class Changed:
            def __enter__(self):
                test.end_transaction()
                self.before = test.get_sent(user)

            def __exit__(self, error, *_args):
                if error:
                    return
                test.end_transaction()
                new = test.get_sent(user)[len(self.before) :]
                test.assertEqual(new, [{"line_ids": line.ids}])

        return Changed()

    def get_sent(self, user):
        """Payloads on the channel of the user's partner, oldest first."""
        channel = json.dumps([self.cr.dbname, "res.partner", user.partner_id.id])
        return self.get_sent_on(channel)

    def get_sent_on(self, channel):
        rows = self.env["bus.bus"].sudo().search([], order="id")
        messages = [
            json.loads(row.message)
            for row in rows
            if json.loads(row.channel) == json.loads(channel)
        ]
        return [m["payload"] for m in messages if m["type"] == CHANGED]
