# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestInquiry(ConversationCase):
    """What the engine decides becomes the ladder of the conversation."""

    def test_a_letter_to_an_employee_at_work_is_reserved_for_him(self):
        ticket = self.receive("anna@hifi.example")
        self.assertEqual(ticket.addressee_id, self.anna)
        self.assertEqual(ticket.exclusive_until, self.now + WINDOW)
        self.assertEqual(ticket.team_visible_from, self.now + WINDOW)
        self.assertEqual(ticket.audience_id, self.audience)
        self.assertEqual(ticket.team_id, self.headphones)

    def test_the_addressee_of_another_team_brings_his_team_along(self):
        ticket = self.receive("vera@hifi.example")
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.addressee_team_id, self.vinyl)

    def test_nobody_named_the_team_of_the_audience_sees_it_at_once(self):
        ticket = self.receive("info@hifi.example")
        self.assertFalse(ticket.addressee_id)
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.team_visible_from, self.now)

    def test_an_unknown_audience_is_the_departments_at_once(self):
        ticket = self.receive("info@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, self.department)
        self.assertEqual(ticket.department_visible_from, self.now)

    def test_a_stranger_is_shown_by_the_name_that_he_signs_with(self):
        ticket = self.receive(
            "info@hifi.example", sender='"Stranger, A." <stranger@c.example>'
        )
        self.assertEqual(ticket.sender, "Stranger, A.")

    def test_the_inquiry_keeps_the_decision_as_it_was(self):
        inquiry = self.receive("anna@hifi.example").inquiry_ids
        self.assertEqual(inquiry.addressee_id, self.anna)
        self.assertEqual(inquiry.audience_id, self.audience)
        self.assertEqual(inquiry.decision["addressee_id"], self.anna.id)
        self.assertIn("It is addressed to Anna", inquiry.decision_text)

    def test_any_news_never_moves_a_moment(self):
        ticket = self.receive("anna@hifi.example")
        names = ["addressee_id", "exclusive_until", "waiting_since"]
        before = ticket.read(names)
        self.at(timedelta(minutes=90))
        self.receive("vera@hifi.example", reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(len(ticket.inquiry_ids), 2)
        self.assertEqual(ticket.read(names), before)

    def test_any_news_leaves_a_taken_conversation_with_its_assignee(self):
        ticket = self.receive("anna@hifi.example")
        ticket.with_user(self.anna).action_take()
        self.receive("vera@hifi.example", reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(ticket.user_id, self.anna)

    def test_with_nothing_pending_the_ladder_starts_anew_with_who_had_it(self):
        ticket = self.receive("vera@hifi.example")
        ticket.with_user(self.vera).action_take()
        answer = self.reply(ticket, self.vera)
        self.at(timedelta(hours=1))
        self.receive("headphones@hifi.example", reply_to=answer)
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.addressee_id, self.vera)
        self.assertEqual(ticket.exclusive_until, self.now + timedelta(hours=3))
        self.assertIn("continues", ticket.decision_text)

    def test_a_message_is_one_inquiry_never_two(self):
        inquiry = self.receive().inquiry_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            inquiry.copy({"message_id": inquiry.message_id.id})

    def test_two_letters_at_once_are_decided_by_the_older(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        newer, older = self.env["helpdesk.inquiry"].create(
            [
                self.prepare_inquiry(ticket, minutes=1),
                self.prepare_inquiry(ticket, minutes=9),
            ]
        )
        self.assertTrue(older.decision)
        self.assertFalse(newer.decision)
        self.assertEqual(ticket.waiting_since, older.received_at)

    def test_the_engine_is_asked_once_for_all(self):
        tickets = self.make_conversation() | self.make_conversation()
        tickets.with_user(self.anna).action_no_action_required()
        facts = self.env.registry["routing.facts"]
        with patch.object(facts, "_gather", autospec=True, side_effect=facts._gather):
            self.env["helpdesk.inquiry"].create(
                [self.prepare_inquiry(ticket) for ticket in tickets]
            )
            self.assertEqual(facts._gather.call_count, 1)
        self.assertEqual(set(tickets.mapped("inquiry_state")), {"pending"})

    def prepare_inquiry(self, ticket, minutes=0):
        return {
            "ticket_id": ticket.id,
            "received_at": self.now - timedelta(minutes=minutes),
            "partner_id": self.customer.id,
        }
