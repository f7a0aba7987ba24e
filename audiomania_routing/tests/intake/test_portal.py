# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCase

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortal(DocumentCase, HttpCase):
    """What a customer writes in the portal is an inquiry, whichever page it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.petr = cls.make_portal_user("petr", cls.customer)
        cls.order._portal_ensure_token()
        cls.order.state = "sent"

    def sign_in(self, user):
        self.authenticate(user.login, f"{user.login}-password")

    def call(self, url, **params):
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()

    def post(self, document, body="Do you have it in green?", **params):
        return self.call(
            "/mail/message/post",
            thread_model=document._name,
            thread_id=document.id,
            post_data={
                "body": body,
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
            **params,
        )

    def submit(self, files=None, **values):
        """Send the ticket form; what it made."""
        before = self.env["helpdesk.ticket"].search([])
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "subject": "Green ones",
            "description": "Do you have it\nin green?",
            **values,
        }
        response = self.url_open("/submitted/ticket", data=data, files=files)
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        return self.env["helpdesk.ticket"].search([]) - before

    # The pages of documents and conversations

    def test_what_he_writes_on_his_order_is_an_inquiry_about_it(self):
        self.sign_in(self.petr)
        self.assertIn("result", self.post(self.order, token=self.order.access_token))
        ticket = self.get_conversations(self.order)
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)
        self.assertEqual(ticket.inquiry_ids.message_id.author_id, self.customer)
        self.assertEqual(ticket.addressee_id, self.vera)

    def test_with_the_link_of_the_order_he_need_not_sign_in(self):
        self.authenticate(None, None)
        self.assertIn("result", self.post(self.order, token=self.order.access_token))
        ticket = self.get_conversations(self.order)
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)

    @mute_logger("odoo.http")
    def test_without_the_link_nobody_writes_on_it(self):
        self.authenticate(None, None)
        self.assertIn("error", self.post(self.order, token="guessed"))
        self.sign_in(self.make_portal_user("other", self.make_customer("Other")))
        self.assertIn("error", self.post(self.order))
        self.assertFalse(self.get_conversations(self.order))

    def test_what_he_writes_on_his_ticket_is_an_inquiry_of_it(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        self.sign_in(self.petr)
        self.assertIn("result", self.post(ticket, body="And in blue?"))
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.inquiry_ids[:1].excerpt, "And in blue?")

    def test_a_quotation_that_he_signs_asks_nothing(self):
        self.sign_in(self.petr)
        url = f"/my/orders/{self.order.id}/accept"
        result = self.call(url, name="Petr", signature=SIGNATURE)
        self.assertTrue(result["result"].get("force_refresh"), result)
        self.assertIn("Order signed by Petr", self.order.message_ids.mapped("preview"))
        self.assertFalse(self.get_conversations(self.order))

    def test_why_he_declines_a_quotation_is_an_inquiry(self):
        self.sign_in(self.petr)
        self.url_open(
            f"/my/orders/{self.order.id}/decline",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "decline_message": "Too dear. Is there a cheaper one?",
            },
        )
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "cancel")
        ticket = self.get_conversations(self.order)
        self.assertEqual(
            ticket.inquiry_ids.excerpt, "Too dear. Is there a cheaper one?"
        )

    # The ticket form

    def test_what_he_writes_into_the_form_is_an_inquiry(self):
        self.sign_in(self.petr)
        ticket = self.submit()
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.subject, "Green ones")
        self.assertEqual(inquiry.excerpt, "Do you have it in green?")
        self.assertEqual(inquiry.message_id.author_id, self.customer)
        self.assertEqual(inquiry.message_id.model, "helpdesk.ticket")
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertTrue(ticket.ladder_active)

    @mute_logger("odoo.http")
    def test_a_link_writes_nothing_in_his_name(self):
        """He would only open it; somebody else has made it."""
        self.sign_in(self.petr)
        before = self.env["helpdesk.ticket"].search_count([])
        answer = self.url_open("/submitted/ticket?subject=Green&description=ones")
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_a_category_that_he_is_not_offered_is_left_aside(self):
        self.sign_in(self.petr)
        categories = self.env["helpdesk.ticket.category"]
        offered = categories.create({"name": "Green", "show_in_portal": True})
        inner = categories.create({"name": "Inner", "show_in_portal": False})
        self.assertEqual(self.submit(category=offered.id).category_id, offered)
        for other in (inner.id, offered.id + 1000, "x", "\N{FULLWIDTH DIGIT ONE}"):
            self.assertFalse(self.submit(category=other).category_id)

    def test_what_he_attaches_to_the_form_is_with_his_message(self):
        self.sign_in(self.petr)
        file = ("attachment", ("green.txt", b"green", "text/plain"))
        ticket = self.submit(files=[file], attachment="green.txt")
        attached = ticket.inquiry_ids.message_id.attachment_ids
        self.assertEqual(attached, ticket.attachment_ids)
        self.assertEqual(attached.raw, b"green")

    def test_the_form_without_words_asks_by_its_subject(self):
        self.sign_in(self.petr)
        ticket = self.submit(description="")
        self.assertEqual(ticket.inquiry_ids.subject, "Green ones")
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_an_employee_who_uses_the_form_asks_nothing_as_a_customer(self):
        self.anna.password = f"{self.anna.login}-password"
        self.sign_in(self.anna)
        ticket = self.submit()
        self.assertTrue(ticket)
        self.assertFalse(ticket.inquiry_ids)

    def test_he_reads_what_he_asked_in_the_portal(self):
        self.sign_in(self.petr)
        ticket = self.submit()
        page = self.url_open(f"/my/ticket/{ticket.id}")
        self.assertIn("Green ones", page.text)
