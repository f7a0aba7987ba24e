# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SECRET, VisibilityCase

REFUSALS = ("odoo.addons.base.models.ir_rule", "odoo.http")


@tagged("post_install", "-at_install")
class TestLinks(VisibilityCase, HttpCase):
    """What a browser asks by an address is refused as by any other way (rule 14)."""

    def setUp(self):
        super().setUp()
        self.token = self.ticket._portal_ensure_token()
        self.file = self.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "datas": base64.b64encode(SECRET.encode()),
                "mimetype": "text/plain",
                "res_model": "helpdesk.ticket",
                "res_id": self.ticket.id,
            }
        )
        self.file.generate_access_token()
        self.petr = self.make_portal_user("petr", self.customer)
        for user in (*self.colleagues, self.clerk, self.anna):
            user.password = user.login

    def make_portal_user(self, login, partner):
        return new_test_user(
            self.env,
            login,
            "base.group_portal",
            password=login,
            partner_id=partner.id,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    @mute_logger(*REFUSALS)
    def get_text(self, user, url):
        """What this user gets at that address, signed in or not."""
        self.env.flush_all()
        if user:
            self.authenticate(user.login, user.login)
        else:
            self.logout()
        return self.url_open(url).text

    @mute_logger(*REFUSALS)
    def call(self, user, route, **params):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        answer = self.make_jsonrpc_request_or_error(route, params)
        return str(answer)

    def make_jsonrpc_request_or_error(self, route, params):
        response = self.url_open(route, json={"params": params})
        return response.json()

    def assert_only_readers(self, url, customer):
        """Anna reads it, her colleagues and the clerk do not, and so the customer."""
        for user in (*self.colleagues, self.clerk):
            self.assertNotIn(SECRET, self.get_text(user, url), user.login)
        self.assertIn(SECRET, self.get_text(self.anna, url))
        if customer:
            self.assertIn(SECRET, self.get_text(customer, url))

    def test_the_portal_page_is_closed_to_who_may_not_read_it(self):
        self.assert_only_readers(f"/my/ticket/{self.ticket.id}", self.petr)

    def test_the_customers_link_opens_it_to_no_employee_who_may_not_read_it(self):
        url = f"/my/ticket/{self.ticket.id}?access_token={self.token}"
        self.assert_only_readers(url, self.petr)
        self.assertIn(SECRET, self.get_text(None, url))

    def test_the_list_in_the_portal_shows_it_to_readers_only(self):
        self.assert_only_readers("/my/tickets", self.petr)

    def test_a_file_is_closed_to_who_may_not_read_the_conversation(self):
        # The host opens files to customers by a link with a token only.
        self.assert_only_readers(f"/web/content/{self.file.id}", None)

    def test_a_link_to_a_file_opens_it_to_no_employee_who_may_not_read_it(self):
        token = self.file.access_token
        url = f"/web/content/{self.file.id}?access_token={token}"
        self.assert_only_readers(url, self.petr)
        self.assertIn(SECRET, self.get_text(None, url))

    def test_the_chatter_by_its_route_is_closed(self):
        self.message.body = SECRET
        params = {"thread_model": "helpdesk.ticket", "thread_id": self.ticket.id}
        for more in ({}, {"token": self.token}):
            for user in (*self.colleagues, self.clerk):
                answer = self.call(user, "/mail/thread/messages", **params, **more)
                self.assertNotIn(SECRET, answer)
                answer = self.call(user, "/mail/chatter_fetch", **params, **more)
                self.assertNotIn(SECRET, answer)
        self.assertIn(SECRET, self.call(self.anna, "/mail/thread/messages", **params))
        answer = self.call(self.petr, "/mail/chatter_fetch", **params)
        self.assertIn(SECRET, answer)

    def test_the_inbox_by_its_route_is_closed(self):
        self.furnish()
        self.message.body = SECRET
        for route in ("/mail/inbox/messages", "/mail/starred/messages"):
            for user in (*self.colleagues, self.clerk):
                self.assertNotIn(SECRET, self.call(user, route))

    def test_nobody_writes_by_the_route_of_the_chatter(self):
        for more in ({}, {"token": self.token}):
            answer = self.call(
                self.own,
                "/mail/message/post",
                thread_model="helpdesk.ticket",
                thread_id=self.ticket.id,
                post_data={"body": "Hello", "message_type": "comment"},
                **more,
            )
            self.assertIn("error", answer)
        self.assertEqual(self.ticket.message_ids[:1], self.message)

    def test_who_may_not_read_it_does_not_close_it_by_the_portals_route(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        done.write({"mail_template_id": False, "close_from_portal": True})
        self.close_by_form(self.clerk, done)
        self.assertFalse(self.ticket.closed)
        self.close_by_form(self.petr, done)
        self.assertTrue(self.ticket.closed)

    @mute_logger(*REFUSALS)
    def close_by_form(self, user, stage):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "ticket_id": self.ticket.id,
            "stage_id": stage.id,
        }
        self.url_open("/ticket/close", data=data)
        self.env.invalidate_all()
