# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import BUYER, JournalCase

# (name, what was done before, what is done, the status on the order line then,
#  alerts to the salesperson, alerts to the buyer)
CASES = [
    # Asking, and what people decide.
    ("asked", "", "ask", "asked", 0, 1),
    ("taken", "ask", "take", "in_work", 0, 0),
    ("a question", "ask", "question", "question", 1, 0),
    ("an answer", "ask question", "answer", "in_work", 0, 1),
    ("an offer", "ask", "offer", "offer", 1, 0),
    ("declined", "ask offer", "decline", "in_work", 0, 1),
    ("accepted", "ask offer", "accept", "in_work", 0, 1),
    ("an answer leaves the offer", "ask offer", "answer", "offer", 0, 1),
    ("asked after an offer", "ask offer", "question", "offer", 1, 0),
    ("offered after a question", "ask question", "offer", "offer", 1, 0),
    ("refused", "ask take", "refuse", "refused", 1, 0),
    ("given up by the buyer", "ask take", "give_up", "cancelled", 1, 0),
    ("later than promised by his word", "ask take", "estimate_late", "in_work", 1, 0),
    ("in time by his word", "ask take", "estimate", "in_work", 0, 0),
    # The purchase order.
    ("on a draft", "ask", "draft", "in_work", 0, 0),
    ("confirmed", "ask draft", "confirm", "ordered", 0, 0),
    ("confirmed while a question is open", "ask question draft", "confirm",
     "ordered", 0, 0),
    ("ordered while an offer is open", "ask offer", "draft", "in_work", 0, 0),
    ("locked", "ask draft confirm", "lock", "ordered", 0, 0),
    ("acknowledged", "ask draft confirm", "acknowledge", "expected", 0, 0),
    ("another day in time", "ask draft confirm", "new_date", "expected", 0, 0),
    ("another day too late", "ask draft confirm", "late_date", "expected", 1, 0),
    ("late, then later", "ask draft confirm late_date", "later_date", "expected",
     1, 0),
    ("late, then in time", "ask draft confirm late_date", "new_date", "expected",
     0, 0),
    ("a day of a draft is no word", "ask draft", "late_date", "in_work", 0, 0),
    ("a shorter draft", "ask draft", "shorten", "in_work", 0, 1),
    ("a shorter purchase", "ask draft confirm", "shorten", "in_work", 1, 1),
    ("a longer purchase", "ask draft confirm", "lengthen", "ordered", 0, 0),
    ("a deleted line", "ask draft", "delete_line", "in_work", 0, 1),
    ("another product bought", "ask draft", "other_bought", "in_work", 0, 1),
    ("a cancelled draft", "ask draft", "cancel_purchase", "in_work", 0, 1),
    ("a cancelled purchase", "ask draft confirm", "cancel_purchase", "in_work", 1, 1),
    ("cancelled, the line deleted", "ask draft confirm cancel_purchase",
     "delete_line", "in_work", 0, 0),
    ("ordered again", "ask draft confirm cancel_purchase", "draft", "in_work", 0, 0),
    ("confirmed again", "ask draft confirm cancel_purchase draft", "confirm",
     "ordered", 0, 0),
    # The receipt.
    ("received in part", "ask draft confirm", "receive_2", "partially_received",
     0, 0),
    ("the rest", "ask draft confirm receive_2", "receive", "received", 0, 0),
    ("received", "ask draft confirm", "receive", "received", 0, 0),
    ("received, told as he asked", "ask tell_me draft confirm", "receive",
     "received", 1, 0),
    ("received too much", "ask draft confirm", "receive_9", "received", 0, 0),
    ("received short for good", "ask draft confirm", "receive_short",
     "partially_received", 1, 1),
    ("received short, bought again", "ask draft confirm receive_short draft",
     "confirm", "partially_received", 0, 0),
    ("a cancelled receipt", "ask draft confirm", "cancel_receipt", "in_work", 1, 1),
    ("returned", "ask draft confirm receive", "send_back", "in_work", 1, 1),
    ("returned, bought again", "ask draft confirm receive send_back draft",
     "confirm", "ordered", 0, 0),
    ("locked, then received", "ask draft confirm lock", "receive", "received", 0, 0),
    ("a late day after the receipt", "ask draft confirm receive", "late_date",
     "received", 0, 0),
    ("late, then received", "ask draft confirm late_date", "receive", "received",
     0, 0),
    # The sales order.
    ("sale confirmed", "ask draft confirm", "sell", "ordered", 0, 0),
    ("sale confirmed, then received", "ask draft confirm sell", "receive",
     "received", 0, 0),
    ("sale cancelled, nobody took it", "ask", "cancel_sale", "cancelled", 0, 0),
    ("sale cancelled in work", "ask take", "cancel_sale", "cancelled", 0, 1),
    ("sale cancelled on a draft", "ask draft", "cancel_sale", "cancelled", 0, 1),
    ("sale cancelled when ordered", "ask draft confirm", "cancel_sale", "ordered",
     0, 1),
    ("sale cancelled with an offer", "ask offer", "cancel_sale", "cancelled", 0, 1),
    ("sale cancelled when received", "ask draft confirm receive", "cancel_sale",
     "received", 0, 0),
    ("sale and purchase cancelled", "ask draft confirm cancel_sale",
     "cancel_purchase", "cancelled", 0, 0),
    ("purchase and sale cancelled", "ask draft confirm cancel_purchase",
     "cancel_sale", "cancelled", 0, 1),
    ("line reduced, nobody took it", "ask", "reduce", "asked", 0, 0),
    ("line reduced in work", "ask take", "reduce", "in_work", 0, 1),
    ("line reduced on a draft", "ask draft", "reduce", "in_work", 0, 1),
    ("line reduced when ordered", "ask draft confirm", "reduce", "ordered", 0, 1),
    ("line reduced, then received", "ask draft confirm reduce", "receive_3",
     "received", 0, 0),
    ("line reduced when received", "ask draft confirm receive", "reduce", "received",
     0, 0),
    ("line reduced to nothing", "ask take", "reduce_to_0", "cancelled", 0, 1),
    ("line grown", "ask take", "grow", "in_work", 0, 1),
    ("line grown when ordered", "ask draft confirm", "grow", "asked", 0, 1),
    ("another product sold, nobody took it", "ask", "other_sold", False, 0, 0),
    ("another product sold in work", "ask take", "other_sold", False, 0, 1),
    ("another product sold with a draft", "ask draft", "other_sold", False, 0, 1),
    ("promised another day", "ask take", "promise", "in_work", 0, 1),
    ("promised another day, nobody took it", "ask", "promise", "asked", 0, 0),
    # Two purchases.
    ("split, one confirmed", "ask draft shorten_3", "confirm", "in_work", 0, 0),
    ("split, the rest on a draft", "ask draft shorten_3 confirm", "draft", "in_work",
     0, 0),
    ("split, both confirmed", "ask draft shorten_3 confirm draft", "confirm",
     "ordered", 0, 0),
    ("split, one received", "ask draft shorten_3 confirm draft confirm",
     "receive_first", "partially_received", 0, 0),
    ("split, both received", "ask draft shorten_3 confirm draft confirm "
     "receive_first", "receive", "received", 0, 0),
    ("split, the second first", "ask draft shorten_3 confirm draft confirm "
     "receive_last", "receive", "received", 0, 0),
    ("split, one cancelled", "ask draft shorten_3 confirm draft confirm "
     "receive_first", "cancel_last", "partially_received", 1, 1),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestDocuments(JournalCase):
    """Rule 38: whatever happens to the documents, in whatever order, the order line
    shows how it stands, and nobody hears of it but those concerned, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_employee("colleague", f"{BUYER},stock.group_stock_user")
        cls.yellow = cls.new_product("Yellow", vendor=cls.vendor, list_price=70)

    def test_cases(self):
        for name, before, step, state, to_sales, to_buyer in CASES:
            with self.subTest(name), freeze_time("2026-03-02 09:00:00"):
                self.start_case()
                with trap_alerts(self):
                    for each in before.split():
                        self.do(each)
                with trap_alerts(self) as trap:
                    self.do(step)
                    self.assertFalse(trap.get_faults())
                self.assertEqual(self.read_state(), state)
                told = [t.user_id for t in trap.trapped if t.state == "new"]
                self.assertEqual(
                    (told.count(self.salesperson.id), told.count(self.buyer.id)),
                    (to_sales, to_buyer),
                    [(t.user_id, t.code) for t in trap.trapped],
                )

    def start_case(self):
        green = self.new_product("Green", vendor=self.vendor, list_price=100)
        self.order = self.new_order((green, 5), commitment_date="2026-03-20 09:00:00")

    def do(self, step):
        """A step by its name; ``receive_2`` is ``receive`` with ``2``."""
        name, _sign, number = step.rpartition("_")
        if number.isdigit():
            getattr(self, f"do_{name}")(int(number))
        else:
            getattr(self, f"do_{step}")()
        self.end_transaction()

    def read_state(self):
        line = self.line.with_user(self.salesperson)
        line.invalidate_recordset()
        return line.purchase_request_state

    @property
    def line(self):
        return self.order.order_line.sorted("id")[-1]

    @property
    def request(self):
        return self.get_requests(self.order)[-1:]

    @property
    def purchases(self):
        """As a colleague of the buyer changes them."""
        orders = self.request.purchase_line_ids.order_id
        return orders.with_user(self.colleague).sorted("id")

    @property
    def purchase(self):
        return self.purchases[-1]

    # -- people -------------------------------------------------------------------

    def do_ask(self):
        self.ask(self.order)

    def do_take(self):
        self.request.action_take()

    def do_question(self):
        self.request._ask_question("Which colour?")

    def do_answer(self):
        self.request.with_user(self.salesperson).action_answer("Green")

    def do_offer(self):
        self.request._offer({"product_id": self.yellow.id, "product_qty": 5})

    def do_accept(self):
        offer = self.request.open_offer_id
        self.request.with_user(self.salesperson).action_accept_offer(offer.id)

    def do_decline(self):
        offer = self.request.open_offer_id
        self.request.with_user(self.salesperson).action_decline_offer(offer.id)

    def do_refuse(self):
        self.request._end("refused")

    def do_give_up(self):
        self.request.action_cancel()

    def do_estimate(self):
        self.request.expected_date = "2026-03-10"

    def do_estimate_late(self):
        self.request.expected_date = "2026-04-01"

    def do_tell_me(self):
        self.request.with_user(self.salesperson).action_tell_me(True)

    # -- the purchase -------------------------------------------------------------

    def do_draft(self):
        self.request.action_order()

    def do_confirm(self):
        self.purchase.button_confirm()

    def do_lock(self):
        self.purchase.button_lock()

    def do_acknowledge(self):
        self.purchase.action_acknowledge()

    def do_new_date(self):
        self.purchase.order_line.date_planned = "2026-03-12 12:00:00"

    def do_late_date(self):
        self.purchase.order_line.date_planned = "2026-04-02 12:00:00"

    def do_later_date(self):
        self.purchase.order_line.date_planned = "2026-04-09 12:00:00"

    def do_shorten(self, quantity=2):
        self.purchase.order_line.product_qty = quantity

    def do_lengthen(self):
        self.purchase.order_line.product_qty = 12

    def do_delete_line(self):
        self.purchase.order_line.unlink()

    def do_other_bought(self):
        self.purchase.order_line.product_id = self.yellow

    def do_cancel_purchase(self):
        self.purchase.button_cancel()

    def do_cancel_last(self):
        self.purchases[-1].button_cancel()

    # -- the receipt --------------------------------------------------------------

    def do_receive(self, quantity=None):
        self.receive(self.purchases, quantity)

    def do_receive_first(self):
        self.receive(self.purchases[0])

    def do_receive_last(self):
        self.receive(self.purchases[-1])

    def do_receive_short(self):
        self.receive(self.purchase, 2, backorder=False)

    def do_cancel_receipt(self):
        self.purchase.picking_ids.action_cancel()

    def do_send_back(self):
        picking = self.purchase.picking_ids
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.colleague)
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.write({"quantity": 5, "to_refund": True})
        action = wizard.action_create_returns()
        back = picking.browse(action["res_id"])
        back.move_ids.picked = True
        back.button_validate()

    # -- the sale -----------------------------------------------------------------

    def do_sell(self):
        self.order.action_confirm()

    def do_cancel_sale(self):
        self.order._action_cancel()

    def do_reduce(self):
        self.line.product_uom_qty = 3

    def do_reduce_to(self, quantity):
        self.line.product_uom_qty = quantity

    def do_grow(self):
        self.line.product_uom_qty = 8
        self.ask(self.order)

    def do_other_sold(self):
        self.line.product_id = self.yellow

    def do_promise(self):
        self.order.commitment_date = "2026-03-15 09:00:00"
