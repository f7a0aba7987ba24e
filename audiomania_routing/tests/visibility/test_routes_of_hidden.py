# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SECRET, VisibilityCase
from .ways import CONVERSATION

QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.web.controllers.export",
    "odoo.http",
)
REQUESTS = [
    "activities",
    "attachments",
    "followers",
    "scheduledMessages",
    "suggestedRecipients",
]


@tagged("post_install", "-at_install")
class TestRoutesOfHidden(VisibilityCase, HttpCase):
    """What the web client, the chatter and the export ask the server for gives nobody
    anything who may not read the conversation, and changes nothing of it (rule 14)."""

    def setUp(self):
        super().setUp()
        self.message.body = SECRET
        self.furnish()
        self.file = self.env["ir.attachment"].search(
            [("res_model", "=", CONVERSATION), ("res_id", "=", self.ticket.id)]
        )
        self.follower = self.ticket.message_follower_ids[:1]
        for user in (*self.colleagues, self.clerk, self.anna):
            user.password = user.login
        self.env.flush_all()

    def get_calls(self, user):
        """{route: what the client sends}"""
        thread = {"thread_model": CONVERSATION, "thread_id": self.ticket.id}
        record = {"res_model": CONVERSATION, "res_id": self.ticket.id}
        partners = {"partner_ids": user.partner_id.ids}
        asked = ["mail.thread", {**thread, "request_list": REQUESTS}]
        return {
            "/mail/data": {"fetch_params": [asked, "systray_get_activities"]},
            "/mail/action": {"fetch_params": [asked, "failures"]},
            "/mail/thread/messages": {
                **thread,
                "fetch_params": {"search_term": SECRET, "limit": 30},
            },
            "/mail/inbox/messages": {"fetch_params": {"search_term": SECRET}},
            "/mail/history/messages": {"fetch_params": {"search_term": SECRET}},
            "/mail/starred/messages": {"fetch_params": {"search_term": SECRET}},
            "/discuss/search": {"term": SECRET},
            "/mail/thread/recipients": {**thread, "message_id": self.message.id},
            "/mail/thread/recipients/get_suggested_recipients": thread,
            "/mail/thread/subscribe": {**record, **partners},
            "/mail/thread/unsubscribe": {**record, **partners},
            "/mail/read_subscription_data": {"follower_id": self.follower.id},
            "/mail/message/reaction": {
                "message_id": self.message.id,
                "content": "👍",
                "action": "add",
            },
            "/mail/message/update_content": {
                "message_id": self.message.id,
                "update_data": {"body": "Other", "attachment_ids": []},
            },
            "/mail/message/translate": {"message_id": self.message.id},
            "/mail/message/post": {
                **thread,
                "post_data": {"body": "Hello", "message_type": "comment"},
            },
            "/mail/attachment/delete": {"attachment_id": self.file.id},
            "/mail/link_preview": {"message_id": self.message.id},
            "/mail/partner/from_email": {**thread, "emails": ["petr@customer.example"]},
            "/portal/chatter_init": thread,
            "/mail/chatter_fetch": thread,
            "/mail/update_is_internal": {
                "message_id": self.message.id,
                "is_internal": True,
            },
            "/web/dataset/call_button/helpdesk.ticket/action_take": {
                "model": CONVERSATION,
                "method": "action_take",
                "args": [self.ticket.ids],
                "kwargs": {},
            },
        }

    def get_pages(self):
        """Addresses that a browser opens."""
        ticket, message, file = self.ticket.id, self.message.id, self.file.id
        return [
            f"/mail/view?model={CONVERSATION}&res_id={ticket}",
            f"/mail/view?model={CONVERSATION}&res_id={ticket}&access_token="
            + self.ticket._portal_ensure_token(),
            f"/mail/message/{message}",
            f"/web/content/{CONVERSATION}/{ticket}/name",
            f"/web/content/mail.message/{message}/body",
            f"/web/image/{file}",
            f"/mail/attachment/pdf_first_page/{file}",
        ]

    def call(self, route, params):
        return self.url_open(route, json={"params": params}).text

    def export(self, user):
        """What the export button of the list gives."""
        data = {
            "model": CONVERSATION,
            "fields": [{"name": "name", "label": "Title"}],
            "ids": self.ticket.ids,
            "domain": [],
            "import_compat": False,
            "context": {},
        }
        self.authenticate(user.login, user.login)
        token = Request.csrf_token(self)
        values = {"data": json.dumps(data), "csrf_token": token}
        return self.url_open("/web/export/csv", data=values).text

    @mute_logger(*QUIET)
    def get_told(self, user):
        """{route or page: whether it told anything of the conversation}"""
        self.authenticate(user.login, user.login)
        told = {}
        for route, params in self.get_calls(user).items():
            before = self.get_rows()
            told[route] = SECRET in self.call(route, params)
            self.env.invalidate_all()
            if not self.ticket.with_user(user).has_access("read"):
                self.assertEqual(self.get_rows(), before, route)
        for page in self.get_pages():
            told[page] = SECRET in self.url_open(page).text
        told["/web/export/csv"] = SECRET in self.export(user)
        return {name for name, found in told.items() if found}

    def test_who_may_not_read_it_is_told_nothing(self):
        for user in (*self.colleagues, self.clerk):
            with self.subTest(user.login):
                self.assertEqual(self.get_told(user), set())

    def test_who_may_read_it_is_told(self):
        """So that no route is closed only because it was called in a wrong way."""
        expected = {
            "/mail/data",
            "/mail/thread/messages",
            "/web/export/csv",
            "/mail/chatter_fetch",
        }
        self.assertLessEqual(expected, self.get_told(self.anna))
