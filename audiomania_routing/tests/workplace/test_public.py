# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestPublic(ConversationCase):
    """What others read, too, is marked wherever one writes (rule 15)."""

    def receive_with(self, *emails, **values):
        return self.receive(cc=", ".join(emails), **values)

    def test_an_ordinary_letter_is_not_public(self):
        ticket = self.receive()
        self.assertFalse(ticket.inquiry_ids.is_public)
        self.assertFalse(ticket.is_public)
        self.assertFalse(ticket.public_text)

    def test_somebody_from_outside_in_copy_makes_it_public(self):
        ticket = self.receive_with("Wife <wife@other.example>")
        self.assertTrue(ticket.inquiry_ids.is_public)
        self.assertTrue(ticket.with_user(self.anna).is_public)
        self.assertIn("wife@other.example", ticket.with_user(self.anna).public_text)

    def test_somebody_from_outside_in_to_makes_it_public(self):
        ticket = self.receive("headphones@hifi.example, friend@other.example")
        self.assertTrue(ticket.is_public)

    def test_a_colleague_in_copy_is_nobody_from_outside(self):
        self.boris.email = "boris@private.example"
        ticket = self.receive_with("boris@private.example", "anna@hifi.example")
        self.assertFalse(ticket.is_public)

    def test_any_address_of_our_domain_is_nobody_from_outside(self):
        self.assertFalse(self.receive_with("nobody@hifi.example").is_public)

    def test_the_sender_in_copy_is_nobody_from_outside(self):
        self.assertFalse(self.receive_with(self.customer.email).is_public)

    def test_another_address_of_the_sender_is_nobody_from_outside(self):
        self.customer.email = "petr@customer.example, petr@second.example"
        ticket = self.receive_with(
            "petr@second.example", sender="Petr <petr@customer.example>"
        )
        self.assertFalse(ticket.is_public)

    def test_the_mailbox_that_is_fetched_is_nobody_from_outside(self):
        self.env["fetchmail.server"].create(
            {"name": "Mailbox", "server_type": "imap", "user": "Hifi@gmail.example"}
        )
        ticket = self.receive("hifi@gmail.example", cc="headphones@hifi.example")
        self.assertFalse(ticket.is_public)

    def test_the_companys_own_address_is_nobody_from_outside(self):
        self.company.email = "shop@gmail.example"
        self.assertFalse(self.receive_with("shop@gmail.example").is_public)

    def test_without_a_mail_domain_that_of_the_company_is_ours(self):
        self.env["mail.alias"].search([]).alias_domain_id = False
        self.env["res.company"].search([]).alias_domain_id = False
        self.env["mail.alias.domain"].search([]).unlink()
        self.company.email = "shop@hifi.example"
        self.assertFalse(self.receive_with("sales@hifi.example").is_public)
        self.assertTrue(self.receive_with("friend@other.example").is_public)

    def test_a_public_channel_makes_it_public(self):
        channel = self.env["helpdesk.ticket.channel"].create(
            {"name": "Comments", "is_public": True, "company_id": False}
        )
        ticket = self.make_conversation()
        self.assertFalse(ticket.is_public)
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.anna)
            .create(
                {
                    "name": "Is it loud?",
                    "description": "<p>Is it loud?</p>",
                    "partner_id": self.customer.id,
                    "team_id": self.headphones.id,
                    "channel_id": channel.id,
                    "user_id": self.anna.id,
                }
            )
        )
        self.assertEqual(ticket.inquiry_ids.channel_id, channel)
        self.assertTrue(ticket.is_public)
        self.assertIn("Comments", ticket.public_text)

    def test_a_letter_came_by_e_mail(self):
        channel = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        self.assertEqual(self.receive().inquiry_ids.channel_id, channel)

    def test_one_public_inquiry_of_several_that_wait_makes_it_public(self):
        ticket = self.receive_with("wife@other.example")
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(len(ticket.inquiry_ids), 2)
        self.assertTrue(ticket.is_public)

    def test_after_it_is_worked_out_the_last_one_says_who_reads_a_reply(self):
        ticket = self.receive_with("wife@other.example")
        self.reply(ticket, self.anna)
        self.assertTrue(ticket.is_public)
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertFalse(ticket.is_public)

    def test_nobody_writes_that_it_is_not_public(self):
        ticket = self.receive_with("wife@other.example")
        with self.assertRaisesRegex(Exception, "decided by the system"):
            ticket.with_user(self.anna).is_public = False
