# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import new_test_user, tagged

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestGateway(ConversationCase):
    """A customer's message is an inquiry, by whichever way it comes."""

    def test_a_letter_to_a_team_is_a_conversation_with_one_inquiry(self):
        ticket = self.receive(subject="Green ones", body="Do you have it in green?")
        self.assertEqual(ticket.name, "Green ones")
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertFalse(ticket.user_id)
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.message_id, ticket.message_ids)
        self.assertEqual(inquiry.received_at, self.now)
        self.assertEqual(inquiry.partner_id, self.customer)
        self.assertEqual(inquiry.subject, "Green ones")
        self.assertEqual(inquiry.excerpt, "Do you have it in green?")
        self.assertEqual(inquiry.company_id, self.company)
        self.assertEqual(ticket.waiting_since, self.now)

    def test_the_lines_of_a_plain_letter_are_kept_and_fit_the_screen(self):
        body = "Hello,\n\n1 < 2 & that is <b>true</b>.\n"
        ticket = self.receive(body=body)
        shown = "<p>Hello,<br><br>1 &lt; 2 &amp; that is &lt;b&gt;true&lt;/b&gt;.</p>"
        self.assertEqual(ticket.message_ids.body, shown)
        again = self.receive(body=body, reply_to=ticket.message_ids)
        self.assertEqual(again.message_ids[:1].body, shown)
        self.assertEqual(ticket.description, shown)

    def test_what_a_letter_begins_is_not_looked_for_in_it(self):
        """A new conversation is nobody else's: there is nothing to lock in it, and no
        inquiry, follower or stage of it to look for."""
        real = Cursor.execute
        with patch.object(Cursor, "execute", autospec=True) as execute:
            execute.side_effect = real
            ticket = self.receive()
        statements = [str(call.args[1]) for call in execute.call_args_list]
        self.assertTrue(ticket)
        for needless in (
            "SET id = id",
            'FROM "helpdesk_inquiry"',
            '"ir_cron_trigger"',
        ):
            self.assertFalse([one for one in statements if needless in one], needless)

    def test_each_later_letter_is_an_inquiry_of_the_same_conversation(self):
        ticket = self.receive()
        again = self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)

    def test_a_letter_that_comes_twice_is_one_inquiry(self):
        ticket = self.receive(message_id="<once@c.example>")
        self.assertFalse(self.receive(message_id="<once@c.example>"))
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_the_addresses_are_kept_to_before_cc_in_their_order(self):
        ticket = self.receive(
            "Vera <VERA@hifi.example>, headphones@hifi.example",
            cc="x@c.example, Anna <anna@hifi.example>, vera@hifi.example",
        )
        self.assertEqual(
            ticket.inquiry_ids.recipient_emails,
            "vera@hifi.example,headphones@hifi.example,x@c.example,anna@hifi.example",
        )

    def test_what_a_customer_writes_in_the_portal_is_an_inquiry(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        portal = new_test_user(
            self.env, "petr", "base.group_portal", partner_id=self.customer.id
        )
        ticket.with_user(portal).message_post(
            body="And in blue?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(ticket.inquiry_state, "pending")
        newest = ticket.inquiry_ids.sorted("id")[-1:]
        self.assertEqual(newest.excerpt, "And in blue?")

    def test_a_letter_that_answers_an_internal_note_is_an_inquiry(self):
        ticket = self.make_conversation()
        note = self.note(ticket, self.anna)
        self.receive(reply_to=note)
        self.assertEqual(len(ticket.inquiry_ids), 2)

    def test_a_letter_without_a_sender_is_an_inquiry_of_nobody_we_know(self):
        letter = self.letter().replace(b"From: ", b"X-Nobody: ")
        gateway = self.env["mail.thread"]
        ticket = self.env["helpdesk.ticket"].browse(
            gateway.message_process(False, letter)
        )
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertFalse(ticket.inquiry_ids.partner_id)

    def test_what_an_employee_writes_is_none(self):
        ticket = self.make_conversation()
        self.note(ticket, self.anna)
        self.reply(ticket, self.anna)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_what_the_system_logs_is_none(self):
        ticket = self.make_conversation()
        ticket._message_log(body="The stage has changed")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_an_employee_in_copy_does_not_follow_the_conversation(self):
        ticket = self.receive("anna@hifi.example", cc="vera@hifi.example")
        self.assertFalse(ticket.message_partner_ids)

    def test_nobody_in_the_company_is_told_of_the_letter_by_e_mail(self):
        with self.mock_mail_gateway():
            self.receive("anna@hifi.example", cc="vera@hifi.example")
        self.assertFalse(self._new_mails)

    def test_who_fetched_the_letter_does_not_get_it(self):
        self.headphones.user_ids += self.env.user
        self.assertTrue(self.company.helpdesk_mgmt_ticket_auto_assign)
        ticket = self.receive("info@hifi.example")
        self.assertFalse(ticket.user_id)
