# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.browser import BrowserCase

LETTER = "Hello!\n1. Is it loud?\n2. Is it green?\n3. How long is the cable?\n"


@tagged("post_install", "-at_install")
class TestReplyTours(BrowserCase):
    """An employee writes a reply, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reply_hold_seconds = 0
        cls.anna.opens_next_inquiry = False

    def write_reply(self, tour, **letter):
        ticket = self.receive("anna@hifi.example", subject="Green ones", **letter)
        with self.mock_mail_gateway():
            self.start_tour(
                "/odoo/inquiries", f"audiomania_routing_{tour}", login=self.anna.login
            )
        return ticket

    def test_the_public_banner_and_its_question(self):
        ticket = self.write_reply("public_banner", cc="press@paper.example")
        self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_three_questions_two_ticked(self):
        ticket = self.write_reply("three_questions", body=LETTER)
        self.assertEqual(ticket.inquiry_ids.question_ids.mapped("done"), [True] * 3)
        self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_undo_gives_it_back_and_a_promise_leaves_it_open(self):
        self.company.reply_hold_seconds = 60
        ticket = self.write_reply("undo_and_promise")
        self.assertEqual(ticket.inquiry_ids.state, "pending")
        self.assertTrue(ticket.promised_for)
        answers = ticket.message_ids.filtered(
            lambda one: one.author_id == self.anna.partner_id and one.body
        )
        sent = [one for one in answers if "finding it out" in one.body]
        self.assertEqual(len(sent), 1, "It has left once")

    def test_the_large_composer_promises_too(self):
        self.company.reply_hold_seconds = 60
        ticket = self.write_reply("large_promise", body="Is it green?")
        self.assertEqual(ticket.inquiry_ids.state, "pending")
        self.assertTrue(ticket.promised_for)
