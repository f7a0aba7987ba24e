# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import doctest
import re

from odoo.tests import Form, tagged
from odoo.tools import email_normalize, mute_logger

from ... import addresses
from .common import OutgoingCase


@tagged("post_install", "-at_install")
class TestReplyAddress(OutgoingCase):
    """Answers leave from an address that leads back (rule 21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.make_team("Service", alias_name="service")

    def get_reply_to(self, ticket, user=None):
        (mail,) = self.send(ticket, user or self.anna)
        return email_normalize(mail["reply_to"])

    def test_the_examples_are_true(self):
        result = doctest.testmod(addresses)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_the_address_that_the_customer_chose_is_kept(self):
        ticket = self.receive("service@hifi.example, x@c.example")
        ticket.team_id = self.headphones
        self.assertEqual(self.get_reply_to(ticket), "service@hifi.example")

    def test_the_last_letter_chooses(self):
        ticket = self.receive("service@hifi.example")
        self.receive("headphones@hifi.example", reply_to=ticket.message_ids)
        self.assertEqual(self.get_reply_to(ticket), "headphones@hifi.example")

    def test_what_he_writes_in_the_portal_chooses_nothing(self):
        ticket = self.receive("service@hifi.example")
        ticket.message_post(
            body="And?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        self.assertEqual(self.get_reply_to(ticket), "service@hifi.example")

    def test_of_an_employees_own_address_it_is_that_of_the_team(self):
        ticket = self.receive("anna@hifi.example")
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(self.get_reply_to(ticket), "headphones@hifi.example")

    def test_without_any_alias_it_is_the_catchall(self):
        ticket = self.receive("info@hifi.example", sender="stranger@c.example")
        ticket.team_id = self.vinyl
        self.assertEqual(self.get_reply_to(ticket), "catchall@hifi.example")

    def test_the_alias_of_another_application_is_not_taken(self):
        alias = self.env["mail.alias"].create(
            {
                "alias_name": "contacts",
                "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
                "alias_domain_id": self.alias_domain.id,
            }
        )
        ticket = self.make_conversation()
        ticket.inquiry_ids.recipient_emails = alias.alias_full_name
        self.assertEqual(self.get_reply_to(ticket), "headphones@hifi.example")

    def test_an_alias_that_refuses_strangers_is_not_taken(self):
        self.service.alias_contact = "followers"
        ticket = self.make_conversation()
        ticket.inquiry_ids.recipient_emails = "service@hifi.example"
        self.assertEqual(self.get_reply_to(ticket), "headphones@hifi.example")

    def test_it_bears_the_name_of_who_answers(self):
        ticket = self.receive("service@hifi.example")
        (mail,) = self.send(ticket, self.anna)
        self.assertEqual(mail["reply_to"], '"Anna" <service@hifi.example>')
        self.assertEqual(mail["email_from"], '"Anna" <anna@hifi.example>')

    def test_the_composer_takes_the_same_address(self):
        ticket = self.receive("service@hifi.example")
        both = ticket | self.make_conversation()
        found = both._notify_get_reply_to_batch()
        self.assertEqual(
            {ticket_id: email_normalize(email) for ticket_id, email in found.items()},
            {ticket.id: "service@hifi.example", both[1].id: "headphones@hifi.example"},
        )

    def test_many_conversations_cost_as_many_queries_as_one(self):
        tickets = self.env["helpdesk.ticket"].concat(
            *[self.receive("service@hifi.example") for _each in range(4)]
        )
        counts = []
        for some in (tickets[:2], tickets):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._get_reply_addresses()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_a_private_mailbox_is_no_sender(self):
        self.anna.email = "anna@home.example"
        ticket = self.receive("service@hifi.example")
        (mail,) = self.send(ticket, self.anna)
        self.assertEqual(mail["email_from"], '"Anna" <service@hifi.example>')

    def test_nobody_answers_from_an_address_that_nobody_reads(self):
        self.anna.email = "no-reply@hifi.example"
        ticket = self.receive("service@hifi.example")
        (mail,) = self.send(ticket, self.anna)
        self.assertEqual(mail["email_from"], '"Anna" <service@hifi.example>')

    def test_an_answer_without_a_mail_domain_leads_to_who_wrote_it(self):
        ticket = self.make_conversation()
        self.company.alias_domain_id = False
        self.headphones.alias_id.alias_domain_id = False
        self.assertEqual(self.get_reply_to(ticket), "anna@hifi.example")

    # The mark

    def test_no_mark_unless_the_company_wants_it(self):
        ticket = self.receive("service@hifi.example")
        self.assertEqual(self.get_reply_to(ticket), "service@hifi.example")

    def test_the_mark_names_the_conversation_and_cannot_be_guessed(self):
        self.company.conversation_mark_in_address = True
        ticket, other = self.receive("service@hifi.example"), self.make_conversation()
        marked = self.get_reply_to(ticket)
        self.assertRegex(marked, r"^service\+c\w+-\w{8}@hifi\.example$")
        name = r"c\w+-(\w{8})@"
        self.assertNotEqual(
            re.search(name, marked)[1], re.search(name, self.get_reply_to(other))[1]
        )
        self.assertNotEqual(
            self.env["helpdesk.ticket"]._get_mark_secret(),
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("database.secret")
            .encode(),
        )

    def test_an_address_too_long_for_a_mark_stays_as_it_is(self):
        self.company.conversation_mark_in_address = True
        self.service.alias_name = "s" * 50
        address = f"{'s' * 50}@hifi.example"
        ticket = self.receive(address)
        self.assertEqual(self.get_reply_to(ticket), address)

    def test_a_foreign_address_gets_no_mark(self):
        self.company.conversation_mark_in_address = True
        ticket = self.make_conversation()
        self.company.alias_domain_id = False
        self.headphones.alias_id.alias_domain_id = False
        self.alias_domain.name = "else.example"
        self.assertEqual(self.get_reply_to(ticket), "anna@hifi.example")

    # The subject

    def get_subject(self, ticket, **values):
        (mail,) = self.send(ticket, self.anna, **values)
        return mail["subject"]

    def test_the_customers_own_subject_bears_the_number_once(self):
        ticket = self.receive(subject="Green ones?")
        expected = f"Re: Green ones? [{ticket.number}]"
        self.assertEqual(self.get_subject(ticket), expected)
        self.receive(reply_to=self.message, subject=f"RE: {expected}")
        self.assertEqual(self.get_subject(ticket), expected)

    def test_a_new_subject_of_the_customer_is_taken_up(self):
        ticket = self.receive(subject="Green ones?")
        self.receive(reply_to=ticket.message_ids, subject="Rather blue ones")
        self.assertIn("Re: Rather blue ones [", self.get_subject(ticket))

    def test_what_the_employee_writes_there_is_kept(self):
        ticket = self.receive(subject="Green ones?")
        self.assertEqual(
            self.get_subject(ticket, subject="Your offer"),
            f"Your offer [{ticket.number}]",
        )

    def test_a_letter_without_a_subject_is_answered_with_one(self):
        ticket = self.receive(subject="")
        self.assertIn(f"[{ticket.number}]", self.get_subject(ticket))

    # Settings

    def test_an_address_that_nobody_reads_is_refused_for_the_company(self):
        for name in ("default_from", "catchall_alias"):
            with self.subTest(name), self.assertRaisesRegex(Exception, "noreply@"):
                self.alias_domain.write({name: "noreply"})

    def test_the_settings_are_kept(self):
        settings = Form(self.env["res.config.settings"])
        settings.conversation_mark_in_address = True
        settings.automatic_mail_limit = 7
        settings.save().execute()
        self.assertTrue(self.company.conversation_mark_in_address)
        self.assertEqual(self.env["mail.automatic.sent"]._get_limit(), 7)

    @mute_logger("odoo.sql_db")
    def test_a_limit_of_nothing_is_refused(self):
        with self.assertRaisesRegex(Exception, "At least one"):
            self.env["res.config.settings"].create({"automatic_mail_limit": 0})
