# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import email_normalize

from .common import ConversationCase


@tagged("post_install", "-at_install")
class TestReply(ConversationCase):
    """A reply reaches the customer, works out what waits, and can be answered."""

    def send(self, ticket, user, **values):
        """Reply, and return the e-mails that left."""
        with self.mock_mail_gateway():
            self.message = self.reply(ticket, user, **values)
            self.env.cr.flush()
            self._new_mails.send()
        return self._mails

    def receive_answer(self, mail):
        headers = {"References": mail["message_id"]}
        return self.receive(mail["reply_to"], headers=headers)

    def get_addresses(self, mails):
        return [email_normalize(email) for mail in mails for email in mail["email_to"]]

    def test_the_customer_gets_it_without_being_added(self):
        ticket = self.receive("anna@hifi.example")
        mails = self.send(ticket, self.anna)
        self.assertEqual(self.get_addresses(mails), ["petr@customer.example"])

    def test_a_stranger_without_a_contact_gets_it_too(self):
        ticket = self.receive("anna@hifi.example", sender="stranger@c.example")
        mails = self.send(ticket, self.anna)
        self.assertEqual(self.get_addresses(mails), ["stranger@c.example"])
        self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_it_works_out_every_pending_inquiry(self):
        ticket = self.receive("anna@hifi.example")
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.reply(ticket, self.anna)
        self.assertEqual(ticket.inquiry_ids.mapped("state"), ["answered"] * 2)
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.anna)
        self.assertEqual(set(ticket.inquiry_ids.mapped("worked_out_at")), {self.now})

    def test_who_answers_has_it(self):
        ticket = self.receive("anna@hifi.example")
        self.reply(ticket, self.chief)
        self.assertEqual(ticket.user_id, self.chief)

    def test_who_took_it_keeps_it_when_a_colleague_answers(self):
        ticket = self.receive("anna@hifi.example")
        ticket.with_user(self.anna).action_take()
        self.reply(ticket, self.boris)
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.boris)

    def test_an_internal_note_works_out_nothing(self):
        ticket = self.receive("anna@hifi.example")
        with self.mock_mail_gateway():
            self.note(ticket, self.anna)
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertFalse(self._new_mails)

    def test_a_letter_to_somebody_else_works_out_nothing(self):
        ticket = self.receive("anna@hifi.example")
        vendor = self.make_customer("Vendor")
        mails = self.send(ticket, self.anna, partner_ids=vendor.ids)
        self.assertEqual(self.get_addresses(mails), ["vendor@customer.example"])
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_the_answer_to_it_comes_back_into_the_conversation(self):
        ticket = self.receive("anna@hifi.example")
        (mail,) = self.send(ticket, self.anna)
        self.assertIn("headphones@hifi.example", mail["reply_to"])
        again = self.receive_answer(mail)
        self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_without_a_team_address_it_leads_back_by_the_catchall(self):
        self.headphones.alias_name = False
        ticket = self.receive("anna@hifi.example")
        (mail,) = self.send(ticket, self.anna)
        self.assertIn("catchall@hifi.example", mail["reply_to"])
        again = self.receive_answer(mail)
        self.assertEqual(again, ticket)

    def test_an_employees_answer_by_e_mail_counts(self):
        ticket = self.receive("anna@hifi.example")
        ticket.with_user(self.anna).action_take()
        with self.mock_mail_gateway():
            self.receive(
                sender=self.anna.email_formatted,
                reply_to=ticket.inquiry_ids.message_id,
                body="Yes.",
            )
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.anna)
        self.assertEqual(self._new_mails.recipient_ids, self.customer)

    def test_an_employees_answer_from_his_own_mailbox_counts(self):
        ticket = self.receive("anna@hifi.example")
        with self.mock_mail_gateway():
            self.receive(
                "petr@customer.example",
                cc="headphones@hifi.example",
                sender=self.anna.email_formatted,
                reply_to=ticket.inquiry_ids.message_id,
            )
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertFalse(self._new_mails, "The customer has it already")

    def test_it_goes_to_the_stranger_who_wrote_last_not_to_the_customer(self):
        ticket = self.receive("anna@hifi.example")
        last = ticket.inquiry_ids.message_id
        self.receive(reply_to=last, sender="wife@c.example")
        self.at(timedelta(minutes=1))
        mails = self.send(ticket, self.anna)
        self.assertEqual(self.get_addresses(mails), ["wife@c.example"])
        self.assertEqual(set(ticket.inquiry_ids.mapped("state")), {"answered"})

    def test_a_stranger_to_whom_an_employee_wrote_himself_gets_it_once(self):
        ticket = self.receive("anna@hifi.example", sender="stranger@c.example")
        with self.mock_mail_gateway():
            self.receive(
                "stranger@c.example",
                cc="headphones@hifi.example",
                sender=self.anna.email_formatted,
                reply_to=ticket.inquiry_ids.message_id,
            )
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertFalse(self._new_mails, "He has it already")

    def test_a_customer_without_an_address_is_answered_too(self):
        ticket = self.make_conversation()
        customer = self.env["res.partner"].create({"name": "By login"})
        ticket.write({"partner_id": customer.id, "partner_email": False})
        inquiry = ticket.inquiry_ids
        inquiry.partner_id = customer
        inquiry.message_id.write({"author_id": customer.id, "email_from": "By login"})
        self.reply(ticket, self.anna)
        self.assertEqual(inquiry.state, "answered")

    def test_every_address_of_a_customer_is_his(self):
        self.customer.email = "petr@customer.example, petr@home.example"
        ticket = self.make_conversation()
        with self.mock_mail_gateway():
            self.receive(
                "petr@home.example",
                cc="headphones@hifi.example",
                sender=self.anna.email_formatted,
                reply_to=ticket.inquiry_ids.message_id,
            )
        self.assertEqual(ticket.inquiry_ids.state, "answered")

    def test_colleagues_in_copy_are_not_offered_as_recipients(self):
        ticket = self.receive("anna@hifi.example", cc="vera@hifi.example, x@c.example")
        suggested = ticket.with_user(self.anna)._message_get_suggested_recipients(
            reply_discussion=True
        )
        self.assertEqual(
            {recipient["email"] for recipient in suggested},
            {"petr@customer.example", "x@c.example"},
        )

    def test_a_follower_who_may_not_read_it_is_not_told(self):
        ticket = self.make_conversation()
        ticket.message_subscribe((self.vera | self.chief).partner_id.ids)
        with self.mock_mail_gateway():
            self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(self._new_mails.recipient_ids, self.chief.partner_id)
