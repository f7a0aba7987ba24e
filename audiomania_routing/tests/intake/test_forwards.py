# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from email.message import EmailMessage
from email.utils import make_msgid

from odoo.tests import tagged

from ..conversation.common import ConversationCase

QUOTED = """\
{comment}

---------- Forwarded message ---------
From: {sender}
Date: {date}
Subject: {subject}
To: <vera@hifi.example>

{text}
"""


@tagged("post_install", "-at_install")
class TestForwards(ConversationCase):
    """A colleague's forward of a customer's letter is the customer's inquiry."""

    def quote(self, comment="This is yours.", **values):
        values.setdefault("sender", "Olga Nova <olga@c.example>")
        values.setdefault("date", "Mon, 3 Mar 2025 at 09:12")
        values.setdefault("subject", "The belt")
        values.setdefault("text", "Do you have a belt\nfor my turntable?")
        return QUOTED.format(comment=comment, **values)

    def forward(self, to="headphones@hifi.example", by=None, **values):
        """A colleague sends on a letter that he quotes."""
        letter = {
            key: values.pop(key)
            for key in ("headers", "message_id", "reply_to", "cc")
            if key in values
        }
        return self.receive(
            to,
            sender=(by or self.vera).email_formatted,
            subject=values.pop("title", "Fwd: The belt"),
            body=self.quote(**values),
            **letter,
        )

    def make_original(self, **headers):
        """The customer's own letter, with a file."""
        message = EmailMessage()
        headers = {
            "From": "Olga Nova <olga@c.example>",
            "To": "vera@hifi.example",
            "Subject": "The belt",
            "Message-ID": make_msgid(),
            **headers,
        }
        for name, value in headers.items():
            message[name] = value
        message.set_content("Do you have a belt\nfor my turntable?")
        message.add_alternative("<p>Do you have a <b>belt</b>?</p>", subtype="html")
        message.add_attachment(
            b"photo", maintype="image", subtype="png", filename="belt.png"
        )
        return message

    def attach(self, original, to="headphones@hifi.example", files=(), **values):
        """A colleague sends on a letter that he attaches."""
        message = EmailMessage()
        message["From"] = (values.get("by") or self.vera).email_formatted
        message["To"] = to
        message["Subject"] = "Fwd: The belt"
        message["Message-ID"] = values.get("message_id") or make_msgid()
        message.set_content(values.get("comment", "This is yours."))
        message.add_attachment(original)
        for name in files:
            message.add_attachment(
                b"mine", maintype="application", subtype="pdf", filename=name
            )
        ticket_id = self.env["mail.thread"].message_process(False, message.as_bytes())
        return self.env["helpdesk.ticket"].browse(ticket_id or [])

    def get_entry(self):
        return self.env["mail.intake.entry"].search([], limit=1)

    def get_notes(self, ticket):
        note = self.env.ref("mail.mt_note")
        return ticket.message_ids.filtered(
            lambda one: one.subtype_id == note and one.message_type == "comment"
        )

    # Quoted

    def test_it_is_the_inquiry_of_the_original_sender(self):
        ticket = self.forward()
        inquiry = ticket.inquiry_ids
        message = inquiry.message_id
        self.assertEqual(ticket.sender, "Olga Nova")
        self.assertIn("olga@c.example", ticket.partner_email)
        self.assertIn("olga@c.example", message.email_from)
        self.assertEqual(ticket.name, "The belt")
        self.assertEqual(message.subject, "The belt")
        self.assertIn("for my turntable?", message.body)
        self.assertNotIn("This is yours", message.body)
        self.assertNotIn("Forwarded message", message.body)
        self.assertEqual(inquiry.forwarded_by_id, self.vera)
        self.assertIn("Vera", inquiry.decision_text)
        self.assertEqual(self.get_entry().outcome, "new")
        self.assertEqual(self.get_entry().mail_message_id, message)

    def test_the_customer_is_known_by_his_address(self):
        ticket = self.forward(sender=self.customer.email_formatted)
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)
        self.assertEqual(ticket.inquiry_ids.audience_id, self.audience)

    def test_the_colleagues_own_words_are_an_internal_note(self):
        ticket = self.forward(comment="She called\ntwice.")
        note = self.get_notes(ticket)
        self.assertEqual(note.author_id, self.vera.partner_id)
        self.assertIn("She called<br>twice.", note.body)
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_who_is_asked_first_is_whom_it_was_sent_on_to(self):
        ticket = self.forward("anna@hifi.example")
        self.assertEqual(ticket.addressee_id, self.anna)
        self.assertEqual(ticket.inquiry_ids.recipient_emails, "anna@hifi.example")

    def test_who_sent_it_on_is_not_asked_unless_he_is_named(self):
        self.assertFalse(self.forward("info@hifi.example").addressee_id)
        ticket = self.forward(
            "info@hifi.example", cc="vera@hifi.example", date="Tue, 4 Mar 2025"
        )
        self.assertEqual(ticket.addressee_id, self.vera)

    def test_he_may_not_read_it_because_he_sent_it_on(self):
        ticket = self.forward("anna@hifi.example")
        self.assertNotIn(self.vera, self.get_readers(ticket))

    def test_the_answer_goes_to_the_customer(self):
        ticket = self.forward(sender=self.customer.email_formatted)
        with self.mock_mail_gateway():
            self.reply(ticket, self.anna)
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertIn("petr@customer.example", str(self._mails[0]["email_to"]))

    def test_sent_on_twice_it_is_one_inquiry_and_two_notes(self):
        ticket = self.forward()
        again = self.forward("anna@hifi.example", by=self.boris, comment="Yours?")
        self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertEqual(len(self.get_notes(ticket)), 2)
        self.assertEqual(self.get_entry().outcome, "continued")
        self.assertTrue(self.get_entry().reason_words)

    def test_the_same_words_of_another_day_are_another_letter(self):
        ticket = self.forward(text="Any news?")
        again = self.forward(text="Any news?", date="Tue, 4 Mar 2025 at 10:00")
        self.assertNotEqual(again, ticket)
        self.assertEqual(len(again.inquiry_ids), 1)

    def test_without_a_date_it_is_never_taken_for_the_same(self):
        first, second = (self.forward(date="") for _time in range(2))
        self.assertNotEqual(first, second)

    def test_a_colleague_who_adds_something_writes_a_note(self):
        message_id = "<forward@hifi.example>"
        ticket = self.forward(message_id=message_id)
        with self.mock_mail_gateway():
            again = self.receive(
                sender=self.vera.email_formatted,
                headers={"In-Reply-To": message_id},
                subject="Re: Fwd: The belt",
            )
        self.assertEqual(again, ticket)
        self.assertEqual(ticket.inquiry_ids.state, "pending")
        self.assertFalse(self._new_mails)

    def test_it_goes_on_in_the_conversation_whose_number_it_bears(self):
        ticket = self.receive()
        again = self.forward(
            sender=self.customer.email_formatted, subject=f"Any news? [{ticket.number}]"
        )
        self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)
        self.assertEqual(ticket.inquiry_ids[:1].forwarded_by_id, self.vera)

    def test_it_goes_on_in_the_conversation_that_it_answers(self):
        ticket = self.receive()
        again = self.forward(
            sender=self.customer.email_formatted,
            reply_to=self.reply(ticket, self.anna),
            text="Thank you, and in blue?",
        )
        self.assertEqual(again, ticket)
        self.assertEqual(
            ticket.inquiry_ids.filtered("forwarded_by_id").state, "pending"
        )

    def test_a_letter_that_has_come_itself_and_is_sent_on_asks_nothing_again(self):
        ticket = self.receive()
        with self.mock_mail_gateway():
            again = self.forward(
                "vera@hifi.example",
                by=self.boris,
                sender=self.customer.email_formatted,
                reply_to=ticket.inquiry_ids.message_id,
            )
        self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertEqual(
            ticket.inquiry_ids.state, "pending", "A forward answers nobody"
        )
        self.assertFalse(self._new_mails)
        self.assertEqual(len(self.get_notes(ticket)), 1)

    def test_in_a_thread_of_somebody_else_it_is_a_conversation_of_its_own(self):
        ticket = self.receive()
        other = self.forward(reply_to=ticket.inquiry_ids.message_id)
        self.assertNotEqual(other, ticket)
        self.assertEqual(other.team_id, self.headphones)
        self.assertEqual(len(other.inquiry_ids), 1)

    # Attached

    def test_an_attached_letter_is_the_letter_itself(self):
        original = self.make_original()
        ticket = self.attach(original, files=["price.pdf"])
        message = ticket.inquiry_ids.message_id
        self.assertIn("olga@c.example", message.email_from)
        self.assertIn("<b>belt</b>", message.body)
        self.assertEqual(message.attachment_ids.mapped("name"), ["belt.png"])
        self.assertEqual(message.message_id, original["Message-ID"])
        note = self.get_notes(ticket)
        self.assertEqual(note.attachment_ids.mapped("name"), ["price.pdf"])
        self.assertIn("This is yours.", note.body)

    def test_when_it_comes_itself_afterwards_it_is_a_duplicate(self):
        original = self.make_original()
        ticket = self.attach(original)
        self.env["mail.thread"].message_process(False, original.as_bytes())
        self.assertEqual(self.get_entry().outcome, "duplicate")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_when_it_came_itself_before_the_forward_is_a_note(self):
        original = self.make_original()
        ticket_id = self.env["mail.thread"].message_process(False, original.as_bytes())
        ticket = self.env["helpdesk.ticket"].browse(ticket_id)
        self.assertEqual(self.attach(original), ticket)
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertEqual(len(self.get_notes(ticket)), 1)

    def test_the_customers_next_letter_finds_the_conversation(self):
        original = self.make_original()
        ticket = self.attach(original)
        again = self.receive(
            sender="olga@c.example", headers={"In-Reply-To": original["Message-ID"]}
        )
        self.assertEqual(again, ticket)

    def test_what_it_answers_itself_is_continued(self):
        ticket = self.receive()
        answer = self.reply(ticket, self.anna)
        original = self.make_original(**{"In-Reply-To": answer.message_id})
        self.assertEqual(self.attach(original), ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)

    def test_an_attached_letter_of_a_form_is_of_who_asks(self):
        original = self.make_original(
            **{
                "From": "Shop <shop@forms.example>",
                "Reply-To": "nikita@c.example",
                "Auto-Submitted": "auto-generated",
            }
        )
        self.assertIn("nikita@c.example", self.attach(original).partner_email)

    # What is none

    def test_an_outsider_who_sends_something_on_is_the_customer_himself(self):
        ticket = self.receive(
            sender="ivan@c.example", subject="Fwd: The belt", body=self.quote()
        )
        self.assertIn("ivan@c.example", ticket.partner_email)
        self.assertIn("Forwarded message", ticket.inquiry_ids.message_id.body)
        self.assertFalse(ticket.inquiry_ids.forwarded_by_id)

    def test_a_colleagues_letter_that_a_colleague_sends_on_is_none(self):
        self.assertFalse(self.forward(sender=self.anna.email_formatted))
        self.assertEqual(self.get_entry().outcome, "refused")

    def test_a_letter_of_the_desk_that_a_colleague_sends_on_is_none(self):
        self.assertFalse(self.forward(sender="headphones@hifi.example"))
        self.assertEqual(self.get_entry().outcome, "refused")

    def test_a_forward_to_another_application_stays_its_own(self):
        partners = self.env["ir.model"]._get("res.partner")
        self.env["mail.alias"].create(
            {
                "alias_name": "contacts",
                "alias_model_id": partners.id,
                "alias_domain_id": self.alias_domain.id,
            }
        )
        self.forward("contacts@hifi.example", title="Fwd: A contact")
        self.assertTrue(
            self.env["res.partner"].search([("name", "=", "Fwd: A contact")])
        )
        self.assertFalse(self.get_entry().ticket_id)

    def test_a_forward_that_does_not_tell_its_sender_is_the_colleagues_question(self):
        body = "From: Galina\nSent: Monday\nTo: Vera\nSubject: A call\n\nCall me."
        ticket = self.receive(
            sender=self.vera.email_formatted, subject="FW: A call", body=body
        )
        self.assertEqual(ticket.inquiry_ids.state, "pending")
        self.assertIn("Call me.", ticket.inquiry_ids.message_id.body)
        self.assertEqual(ticket.partner_id, self.vera.partner_id)

    def test_a_colleagues_reply_that_quotes_a_customer_is_none(self):
        ticket = self.receive(
            sender=self.vera.email_formatted, subject="Re: The belt", body=self.quote()
        )
        self.assertFalse(ticket)
        self.assertEqual(self.get_entry().outcome, "refused")
