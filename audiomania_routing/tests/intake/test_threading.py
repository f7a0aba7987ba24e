# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from email import message_from_bytes, policy

from odoo.tests import tagged
from odoo.tools import email_normalize

from .common import OutgoingCase


@tagged("post_install", "-at_install")
class TestThreading(OutgoingCase):
    """An answer finds its conversation when the mail program drops what says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.conversation_mark_in_address = True

    def find(self, letter):
        """What such a letter continues."""
        gateway = self.env["mail.thread"]
        message = message_from_bytes(letter, policy=policy.SMTP)
        return gateway._find_conversation(message, gateway.message_parse(message))

    def find_by_number(self, ticket, sender, subject="Re: A question [%s]"):
        subject = subject % ticket.number
        return self.find(self.letter(sender=sender, subject=subject))

    def get_marked(self, ticket):
        (mail,) = self.send(ticket, self.anna)
        return mail["reply_to"]

    def get_name(self, marked):
        """What names the conversation in a mark, without what proves it."""
        return marked.partition("+")[2].partition("-")[0]

    # References without brackets

    def test_an_earlier_letter_may_be_named_without_its_brackets(self):
        ticket = self.receive(message_id="<first.letter@c.example>")
        for name in ("References", "In-Reply-To"):
            with self.subTest(name):
                named = {name: "other@c.example, first.letter@c.example"}
                self.assertEqual(self.find(self.letter(headers=named)), ticket)

    def test_a_name_of_nothing_leads_nowhere(self):
        self.receive(message_id="<first.letter@c.example>")
        named = {"References": "letter@c.example first.letter@c.exampl"}
        self.assertFalse(self.find(self.letter(headers=named)))

    # The mark

    def test_our_mark_in_the_address_leads_back(self):
        ticket = self.receive()
        letter = self.letter(self.get_marked(ticket), sender="x@c.example", subject="!")
        self.assertEqual(self.find(letter), ticket)

    def test_the_mark_is_found_in_every_header_that_names_a_receiver(self):
        ticket = self.receive()
        marked = self.get_marked(ticket)
        for name in ("Cc", "Delivered-To", "X-Original-To"):
            with self.subTest(name):
                letter = self.letter("other@hifi.example", headers={name: marked})
                self.assertEqual(self.find(letter), ticket)

    def test_a_mail_program_that_writes_it_in_capitals_changes_nothing(self):
        ticket = self.receive()
        marked = email_normalize(self.get_marked(ticket)).upper()
        self.assertEqual(self.find(self.letter(marked)), ticket)

    def test_a_guessed_mark_leads_nowhere(self):
        ticket = self.receive()
        name = self.get_name(self.get_marked(ticket))
        for mark in (f"{name}-x7k3m4q2", name, "c0-x7k3m4q2"):
            with self.subTest(mark):
                letter = self.letter(f"headphones+{mark}@hifi.example")
                self.assertFalse(self.find(letter))

    def test_the_mark_of_another_conversation_does_not_open_this_one(self):
        ticket, other = self.receive(), self.receive(sender="x@c.example")
        mine, his = self.get_marked(ticket), self.get_marked(other)
        forged = his.replace(self.get_name(his), self.get_name(mine))
        self.assertNotEqual(forged, his)
        self.assertFalse(self.find(self.letter(forged)))

    def test_the_mark_of_a_deleted_conversation_leads_nowhere(self):
        ticket = self.receive()
        marked = self.get_marked(ticket)
        ticket.sudo().unlink()
        self.assertFalse(self.find(self.letter(marked)))

    def test_an_address_with_a_plus_is_the_alias_without_it(self):
        before = self.env["helpdesk.ticket"].search([])
        ticket = self.receive("headphones+sale@hifi.example", sender="x@c.example")
        self.assertNotIn(ticket, before)
        self.assertEqual(ticket.team_id, self.headphones)

    def test_an_alias_with_a_plus_of_its_own_stays_one(self):
        plus = self.make_team("Plus", [self.anna], alias_name="hifi+plus")
        ticket = self.receive("hifi+plus@hifi.example", sender="x@c.example")
        self.assertEqual(ticket.team_id, plus)

    def test_a_foreign_address_with_a_plus_stays_as_it_is(self):
        ticket = self.receive(cc="wife+shop@c.example")
        self.assertIn("wife+shop@c.example", ticket.message_ids.incoming_email_cc)

    def test_our_own_marked_address_is_nobody_to_write_to(self):
        ticket = self.receive()
        self.receive(self.get_marked(ticket), reply_to=self.message)
        self.assertFalse(ticket.message_ids[:1].incoming_email_to)

    # The number

    def test_the_number_with_the_same_address_continues(self):
        ticket = self.receive()
        self.assertEqual(self.find_by_number(ticket, "petr@customer.example"), ticket)

    def test_a_stranger_who_quotes_a_number_does_not_get_in(self):
        ticket = self.receive()
        self.assertFalse(self.find_by_number(ticket, "stranger@c.example"))

    def test_never_by_the_subject_alone(self):
        ticket = self.receive(subject="A question")
        letter = self.letter(subject="Re: A question")
        self.assertFalse(self.find(letter), ticket)

    def test_a_contact_of_the_same_company_continues(self):
        firm = self.make_customer("Firm", is_company=True)
        self.customer.parent_id = firm
        boss = self.make_customer("Boss", parent_id=firm.id, email="b@home.example")
        ticket = self.receive()
        self.assertEqual(self.find_by_number(ticket, boss.email), ticket)

    def test_an_address_from_which_he_wrote_once_continues(self):
        ticket = self.receive()
        self.receive(reply_to=ticket.message_ids, sender="Petr <p@home.example>")
        self.assertEqual(self.find_by_number(ticket, "p@home.example"), ticket)

    def test_every_address_of_his_contact_continues(self):
        ticket = self.receive()
        self.customer.email = "petr@customer.example, petr@home.example"
        self.assertEqual(self.find_by_number(ticket, "petr@home.example"), ticket)

    def test_a_colleague_of_the_customer_continues(self):
        ticket = self.receive()
        self.assertEqual(self.find_by_number(ticket, "ivan@customer.example"), ticket)

    def test_two_people_with_a_public_mail_provider_are_no_colleagues(self):
        for domain in ("gmail.com", "mail.ru", "yandex.ru"):
            with self.subTest(domain):
                ticket = self.receive(sender=f"petr@{domain}")
                self.assertFalse(self.find_by_number(ticket, f"ivan@{domain}"))

    def test_who_uses_the_name_of_an_employee_does_not_get_in(self):
        ticket = self.receive()
        self.assertFalse(self.find_by_number(ticket, self.anna.email))

    def test_an_address_of_our_own_domain_is_no_colleague_of_a_customer(self):
        ticket = self.receive(sender="shop@hifi.example")
        self.assertFalse(self.find_by_number(ticket, "other@hifi.example"))

    def test_a_closed_and_an_archived_conversation_continue(self):
        ticket = self.receive()
        self.reply(ticket, self.anna)
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.assertEqual(self.find_by_number(ticket, self.customer.email), ticket)
        ticket.active = False
        self.assertEqual(self.find_by_number(ticket, self.customer.email), ticket)

    def test_numbers_look_as_their_sequence_gives_them(self):
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        sequence.write({"prefix": "Q-%(year)s/", "padding": 3})
        ticket = self.receive()
        self.assertRegex(ticket.number, r"^Q-2025/\d{3,}$")
        self.assertEqual(self.find_by_number(ticket, self.customer.email), ticket)
        (mail,) = self.send(ticket, self.anna)
        self.assertEqual(mail["subject"], f"Re: A question [{ticket.number}]")

    def test_of_two_numbers_the_customers_own_counts(self):
        other, ticket = self.receive(sender="x@c.example"), self.receive()
        found = self.find_by_number(
            ticket, self.customer.email, f"{other.number} is like %s"
        )
        self.assertEqual(found, ticket)

    # Merged

    def merge(self, ticket, into):
        self.reply(ticket, self.anna)
        ticket.duplicate_id = into

    def test_a_merged_conversation_goes_on_in_the_other(self):
        first, second, third = (self.receive() for _each in range(3))
        marked = self.get_marked(first)
        self.merge(first, second)
        self.merge(second, third)
        self.assertEqual(self.find(self.letter(marked)), third)
        self.assertEqual(self.find_by_number(first, self.customer.email), third)

    def test_an_answer_by_references_goes_on_there_too(self):
        first, second = self.receive(), self.receive()
        self.merge(first, second)
        self.assertEqual(self.receive(reply_to=first.message_ids[:1]), second)

    def test_two_that_are_merged_into_each_other_end(self):
        first, second = self.receive(), self.receive()
        self.merge(first, second)
        self.merge(second, first)
        self.assertIn(self.receive(reply_to=first.message_ids[:1]), first | second)
