# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .conversation.browser import BrowserCase

GREEN = "<green@customer.example>"


@tagged("post_install", "-at_install")
class TestTours(BrowserCase):
    """An employee at his work, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reply_hold_seconds = 0

    def test_a_letter_that_arrives_blinks_in_the_toolbar_and_opens(self):
        with trap_alerts(self) as trap:
            self.start_tour(
                "/odoo/inquiries",
                "audiomania_routing_letter_arrives",
                login=self.anna.login,
            )
            ticket = self.env["helpdesk.ticket"].search([("name", "=", "Green ones")])
            self.assertEqual(ticket.addressee_id, self.anna)
            trap.assert_alerted(self.anna, "inquiry_reserved", ticket)

    def test_from_the_queue_to_the_answer(self):
        ticket = self.receive("anna@hifi.example", subject="Green ones")
        with self.mock_mail_gateway():
            self.start_tour(
                "/odoo/inquiries", "audiomania_routing_answer", login=self.anna.login
            )
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.anna)
        self.assertEqual(self._new_mails.recipient_ids, self.customer)

    def test_one_after_the_other_by_keyboard(self):
        first = self.receive("anna@hifi.example", subject="Green ones")
        second = self.receive("anna@hifi.example", subject="Another one")
        with self.mock_mail_gateway():
            self.start_tour(
                "/odoo/inquiries",
                "audiomania_routing_by_keyboard",
                login=self.anna.login,
            )
        self.assertEqual(first.inquiry_ids.state, "answered")
        self.assertEqual(second.inquiry_ids.state, "no_action")

    def test_a_thank_you_letter_from_the_list_and_back(self):
        ticket = self.receive("anna@hifi.example", subject="Thank you")
        self.start_tour(
            "/odoo/inquiries", "audiomania_routing_no_action", login=self.anna.login
        )
        self.assertEqual(ticket.inquiry_state, "pending", "It was undone at the end")

    def test_what_is_written_down_for_a_colleague_leaves_its_writer(self):
        clerk = self.make_user("clerk", "helpdesk_mgmt.group_helpdesk_user")
        self.start_tour(
            "/odoo/inquiries/new", "audiomania_routing_written_down", login=clerk.login
        )
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "A call")])
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)
        self.assertEqual(ticket.addressee_id, self.anna)
        self.assertFalse(ticket.with_user(clerk).has_access("read"))

    def test_from_the_conversation_to_its_order_and_back(self):
        self.anna.group_ids += self.env.ref("sales_team.group_sale_salesman")
        product = self.make_product(self.make_category("Records"))
        order = self.make_order(self.customer, product, self.anna)
        order.message_post(
            author_id=self.customer.id,
            body="Do you have it in green?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.start_tour(
            "/odoo/inquiries", "audiomania_routing_document", login=self.anna.login
        )

    @mute_logger("odoo.http")
    def test_a_stale_answer_is_stopped_and_nothing_is_lost(self):
        self.anna.opens_next_inquiry = False
        ticket = self.receive(
            "anna@hifi.example", subject="Green ones", message_id=GREEN
        )
        for number, tour in enumerate(("stale_answer", "stale_large_answer")):
            with self.subTest(tour), self.mock_mail_gateway():
                self.start_tour(
                    "/odoo/inquiries-all",
                    f"audiomania_routing_{tour}",
                    login=self.anna.login,
                )
                self.assertEqual(len(ticket.inquiry_ids), 2 + number)
                states = set(ticket.inquiry_ids.mapped("state"))
                self.assertEqual(states, {"answered"})

    def test_a_transfer_with_its_reason(self):
        ticket = self.receive("anna@hifi.example", subject="Green ones")
        self.receive("anna@hifi.example", subject="Another one")
        self.start_tour(
            "/odoo/inquiries", "audiomania_routing_transfer", login=self.anna.login
        )
        self.assertEqual(ticket.addressee_id, self.boris)
        line = ticket.transition_ids[0]
        self.assertEqual(line.cause, "knows_better")
        self.assertEqual(line.reason, "He has heard them")

    def test_several_thank_you_letters_at_once(self):
        tickets = self.receive("anna@hifi.example", subject="Thank you")
        tickets |= self.receive("anna@hifi.example", subject="Thanks again")
        self.start_tour(
            "/odoo/inquiries",
            "audiomania_routing_bulk_no_action",
            login=self.anna.login,
        )
        self.assertEqual(set(tickets.inquiry_ids.mapped("state")), {"no_action"})

    def test_a_conversation_is_found_by_its_words_and_its_customers_telephone(self):
        self.customer.phone = "+7 (916) 555-01-10"
        other = self.make_customer("Ivan")
        self.receive("anna@hifi.example", subject="First", body="About headphones.")
        self.receive(
            "anna@hifi.example",
            subject="Second",
            body="Which turntable is it?",
            sender=other.email_formatted,
        )
        self.start_tour(
            "/odoo/inquiries", "audiomania_routing_search", login=self.anna.login
        )

    def test_two_conversations_become_one(self):
        first = self.receive("anna@hifi.example", subject="Green ones", body="In green")
        second = self.receive(
            "anna@hifi.example", subject="The same", body="Still in green"
        )
        self.start_tour(
            "/odoo/inquiries", "audiomania_routing_merge", login=self.anna.login
        )
        self.assertEqual(len(first.inquiry_ids), 2)
        self.assertFalse(second.active)
        self.assertEqual(first.addressee_id, self.anna)

    def test_one_conversation_becomes_two(self):
        ticket = self.receive(
            "anna@hifi.example", subject="Green ones", body="In green", message_id=GREEN
        )
        self.receive(
            "anna@hifi.example",
            subject="Green ones",
            body="Where is my invoice",
            reply_to=ticket.inquiry_ids.message_id,
        )
        self.start_tour(
            "/odoo/inquiries", "audiomania_routing_split", login=self.anna.login
        )
        other = self.env["helpdesk.ticket"].search(
            [("partner_id", "=", self.customer.id)]
        )
        other -= ticket
        self.assertEqual(len(other.inquiry_ids), 1)
        self.assertEqual(other.addressee_id, self.anna)
        self.assertEqual(len(ticket.inquiry_ids), 1)
