# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST, ChromeBrowser

from odoo.addons.audiomania_alerts.tests.common import trap_alerts
from odoo.addons.bus.websocket import WebsocketConnectionHandler

from .common import BUYER, STOREKEEPER, JournalCase


@tagged("post_install", "-at_install")
class TestTwoDesks(JournalCase, HttpCase):
    """The salesperson has the order open in one browser while the buyer works in
    another: what the buyer does shows there by itself (rule 39)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.group_ids += cls.env.ref(STOREKEEPER)
        cls.green = cls.new_product("Green", vendor=cls.vendor, list_price=100)
        cls.yellow = cls.new_product("Yellow", list_price=70, stock=9)

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(
                WebsocketConnectionHandler, "websocket_allowed", return_value=True
            )
        )
        self.order = self.new_order((self.green, 5))
        self.url = f"/odoo/sales/{self.order.id}"
        self.ask(self.order)
        self.end_transaction()
        self.request = self.get_requests(self.order)

    @contextmanager
    def open_order(self):
        """The browser of the salesperson, which stays open on the order while the buyer
        works: both sign in before either page asks for anything."""
        sids = [self.sign_in(user) for user in (self.salesperson, self.buyer)]
        self.env.flush_all()
        self.cr.clear()
        desk = ChromeBrowser(self)
        try:
            with self.allow_requests(browser=desk, all_requests=True):
                desk.set_cookie("session_id", sids[0], "/", HOST)
                desk.navigate_to(f"{self.base_url()}{self.url}")
                self.assertTrue(desk._wait_ready(self.get_mark("asked"), timeout=90))
                self._wait_remaining_requests()
            with patch.object(self, "authenticate", partial(self.use_session, sids[1])):
                yield desk
        finally:
            desk.stop()

    def sign_in(self, user):
        """A session beside those of others, which signing in again would end."""
        self.session = None
        return self.authenticate(user.login, user.login).sid

    def use_session(self, sid, _login, _password, browser):
        browser.set_cookie("session_id", sid, "/", HOST)

    def get_mark(self, state):
        return f"!!document.querySelector('.o_request_mark[data-state={state}]')"

    def assert_shows(self, desk, state):
        """The mark of the order line in that browser has, or gets, this status."""
        with self.allow_requests(all_requests=True):
            turned = desk._wait_ready(self.get_mark(state), timeout=90)
            self._wait_remaining_requests()
        self.assertTrue(turned, f"The mark did not turn {state}")

    def buy(self, tour):
        self.start_tour("/odoo/purchase-journal", tour, login=self.buyer.login)

    def test_the_mark_turns_green_while_the_order_is_open(self):
        with self.open_order() as desk, trap_alerts(self):
            self.buy("purchase_journal_buy")
            self.assert_shows(desk, "received")
        self.assertEqual(self.request.state, "received")

    def test_the_yellow_one_is_offered_instead_of_the_green(self):
        with self.open_order() as desk, trap_alerts(self) as trap:
            self.buy("purchase_journal_offer")
            self.assert_shows(desk, "offer")
            trap.assert_alerted(
                self.salesperson, "purchase_journal_offer", self.request
            )
        with trap_alerts(self) as trap:
            self.start_tour(
                self.url, "purchase_journal_accept", login=self.salesperson.login
            )
            trap.assert_alerted(self.buyer, "purchase_journal_answered", self.request)
        self.assertEqual(self.order.order_line.product_id, self.yellow)
        self.assertRecordValues(
            self.request, [{"product_id": self.yellow.id, "state": "received"}]
        )

    def test_a_question_is_answered_on_the_order_line(self):
        self.request._ask_question("Which green?")
        self.end_transaction()
        with trap_alerts(self) as trap:
            self.start_tour(
                self.url, "purchase_journal_answer", login=self.salesperson.login
            )
            trap.assert_alerted(self.buyer, "purchase_journal_answered", self.request)
        self.assertEqual(self.request.last_comment, "The dark one")
        self.assertEqual(self.request.tell_user_ids, self.salesperson)
        self.assertTrue(self.buyer.has_group(BUYER))
