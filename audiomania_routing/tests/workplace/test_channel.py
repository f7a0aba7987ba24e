# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.workplace.routing_channel_answer import PAUSES
from ..conversation.common import ConversationCase
from .fake_channel import NAME, add_fake_channel

SENDING = "odoo.addons.audiomania_routing.models.workplace.routing_channel_answer"


@tagged("post_install", "-at_install")
class TestChannel(ConversationCase):
    """A channel of its own makes inquiries, and sends their answers (rule 15)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wire = add_fake_channel(cls)
        cls.shown_as = cls.env["helpdesk.ticket.channel"].create(
            {"name": "Questions", "company_id": False}
        )
        cls.channel = cls.env[NAME].create(
            {
                "name": "Questions below products",
                "company_id": cls.company.id,
                "is_public": True,
                "channel_id": cls.shown_as.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.wire.sent.clear()
        self.wire.mend()

    def ask(self, key="q1", **values):
        values = {
            "id": key,
            "thread": "lamp",
            "body": "Is it loud?",
            "partner": self.customer,
            "team": self.headphones,
            **values,
        }
        return self.channel._receive_inquiry(values)

    def answer(self, ticket, **values):
        with self.mock_mail_gateway():
            message = self.reply(ticket, self.anna, **values)
            self.env.flush_all()
        self.assertFalse(self._new_mails, "An e-mail has left, too")
        return message

    def send(self):
        answers = self.env["routing.channel.answer"]
        count = 0
        while answers._send_next():
            count += 1
        self.env.flush_all()
        self.env.invalidate_all()
        return count

    # What comes in

    def test_a_question_is_routed_like_a_letter(self):
        inquiry = self.ask()
        ticket = inquiry.ticket_id
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.channel_id, self.shown_as)
        self.assertTrue(ticket.ladder_active)
        self.assertEqual(ticket.audience_id, self.audience)
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.company_id, self.company)
        self.assertEqual(ticket.name, "Is it loud?")
        self.assertEqual(ticket.channel_id, self.shown_as)
        self.assertIn(self.anna, self.get_readers(ticket))

    def test_it_is_public_because_its_channel_is(self):
        inquiry = self.ask()
        self.assertTrue(inquiry.is_public)
        self.assertTrue(inquiry.ticket_id.is_public)
        self.channel.is_public = False
        self.assertFalse(self.ask("q2", thread="other").is_public)
        self.shown_as.is_public = True
        self.assertTrue(self.ask("q3", thread="third").is_public)

    def test_the_same_message_is_never_two_inquiries(self):
        inquiry = self.ask()
        self.assertEqual(self.ask(), inquiry)
        self.assertEqual(len(inquiry.ticket_id.inquiry_ids), 1)

    def test_another_channel_may_use_the_same_id(self):
        other = self.channel.copy({"name": "Other"})
        inquiry = self.ask()
        again = other._receive_inquiry({"id": "q1", "body": "Is it loud?"})
        self.assertNotEqual(again.ticket_id, inquiry.ticket_id)

    def test_a_later_message_of_the_thread_continues_the_conversation(self):
        inquiry = self.ask()
        self.answer(inquiry.ticket_id)
        later = self.ask("q2", body="And how much?")
        self.assertEqual(later.ticket_id, inquiry.ticket_id)
        self.assertEqual(inquiry.ticket_id.inquiry_state, "pending")

    def test_a_merged_conversation_goes_on_in_the_one_that_stays(self):
        inquiry = self.ask()
        other = self.make_conversation()
        other.with_user(self.manager)._merge(inquiry.ticket_id)
        self.assertEqual(self.ask("q2").ticket_id, other)

    def test_a_stranger_may_ask(self):
        inquiry = self.ask(partner=None, author_name="Ivan")
        self.assertFalse(inquiry.partner_id)
        self.assertEqual(inquiry.ticket_id.sender, "Ivan")
        self.assertEqual(inquiry.message_id.email_from, "Ivan")
        self.assertEqual(inquiry.state, "pending")

    def test_what_he_wrote_is_no_code(self):
        inquiry = self.ask(body="<script>alert(1)</script><b>Loud?</b>")
        self.assertNotIn("<script>", inquiry.message_id.body)
        self.assertIn("&lt;b&gt;", inquiry.message_id.body)

    def test_attachments_come_along(self):
        inquiry = self.ask(attachments=[("lamp.png", b"picture")])
        self.assertEqual(inquiry.message_id.attachment_ids.name, "lamp.png")

    def test_a_new_question_reopens_a_closed_conversation(self):
        ticket = self.ask().ticket_id
        self.answer(ticket)
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        done.mail_template_id = False
        ticket.stage_id = done
        self.ask("q2")
        self.assertFalse(ticket.closed)

    # What goes out

    def test_the_answer_goes_out_by_the_channel_only(self):
        ticket = self.ask().ticket_id
        message = self.answer(ticket)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertEqual(ticket.inquiry_ids.answer_id, message)
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(self.send(), 1)
        self.assertEqual(
            self.wire.sent,
            [
                {
                    "channel": "Questions below products",
                    "thread": "lamp",
                    "text": "Yes, in green.",
                    "files": [],
                    "key": message.message_id,
                }
            ],
        )
        answer = ticket.channel_answer_ids
        self.assertEqual((answer.state, answer.external_key), ("sent", "answer-1"))

    def test_it_is_sent_once(self):
        self.answer(self.ask().ticket_id)
        self.assertEqual(self.send(), 1)
        self.assertEqual(self.send(), 0)
        self.assertEqual(len(self.wire.sent), 1)

    def test_the_job_is_asked_as_soon_as_somebody_answers(self):
        job = self.env.ref("audiomania_routing.ir_cron_send_answers")
        ticket = self.ask().ticket_id
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])
        self.answer(ticket)
        after = self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])
        self.assertEqual(after, before + 1)
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertEqual(len(self.wire.sent), 1)

    def test_the_job_is_not_asked_where_nothing_is_answered(self):
        job = self.env.ref("audiomania_routing.ir_cron_send_answers")
        before = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.env["routing.channel.answer"].create([])
        after = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertEqual(after, before)

    def test_a_follower_from_outside_gets_no_e_mail_either(self):
        ticket = self.ask().ticket_id
        ticket.message_subscribe(self.customer.ids)
        self.answer(ticket, partner_ids=self.customer.ids)

    def test_nobody_is_suggested_for_an_e_mail(self):
        ticket = self.ask(partner=None, author_email="ivan@c.example").ticket_id
        found = ticket._message_get_suggested_recipients_batch()
        self.assertEqual(found[ticket.id], [])

    def test_an_internal_note_stays_inside(self):
        ticket = self.ask().ticket_id
        self.note(ticket, self.anna)
        self.assertFalse(ticket.channel_answer_ids)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_a_letter_is_still_answered_by_e_mail(self):
        ticket = self.receive()
        with self.mock_mail_gateway():
            self.reply(ticket, self.anna)
            self.env.flush_all()
        self.assertTrue(self._new_mails)
        self.assertFalse(ticket.channel_answer_ids)

    def test_where_both_wait_both_are_answered(self):
        ticket = self.ask().ticket_id
        letter = self.receive()
        ticket.with_user(self.manager)._merge(letter)
        with self.mock_mail_gateway():
            self.reply(ticket, self.anna)
            self.env.flush_all()
        self.assertIn(self.customer, self._new_mails.recipient_ids)
        self.assertEqual(self.send(), 1)

    def test_a_split_conversation_is_answered_where_it_was_asked(self):
        ticket = self.ask().ticket_id
        second = self.ask("q2", body="And how much?")
        other = ticket.with_user(self.manager)._split(second, "Another matter")
        self.answer(other)
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(self.send(), 1)

    # What cannot be sent

    @mute_logger(SENDING)
    def test_a_failure_is_seen_and_tried_again(self):
        ticket = self.ask().ticket_id
        self.wire.break_down()
        self.answer(ticket)
        self.send()
        self.assertIn("does not answer", ticket.undelivered)
        self.assertTrue(ticket.with_user(self.anna).has_unsent)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.wire.mend()
        self.assertEqual(self.send(), 0, "It is tried again after a pause only")
        self.at(PAUSES[0])
        self.assertEqual(self.send(), 1)
        self.assertEqual(len(self.wire.sent), 1)
        self.assertFalse(ticket.undelivered)
        self.assertFalse(ticket.with_user(self.anna).has_unsent)

    def test_what_was_written_by_a_clock_that_was_ahead_is_sent(self):
        self.answer(self.ask().ticket_id)
        self.at(-timedelta(hours=1))
        self.assertEqual(self.send(), 0)
        self.at(-timedelta(days=1))
        self.assertEqual(self.send(), 1)

    @mute_logger(SENDING)
    def test_what_cannot_be_sent_in_the_end_waits_again_and_its_author_is_told(self):
        ticket = self.ask().ticket_id
        self.wire.break_down()
        self.answer(ticket)
        with trap_alerts(self) as trap:
            passed = timedelta()
            for pause in (*PAUSES, timedelta()):
                self.send()
                passed += pause
                self.at(passed)
            trap.assert_alerted(self.anna, "answer_bounced", ticket)
        self.assertEqual(ticket.channel_answer_ids.state, "failed")
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(self.send(), 0)

    def test_what_the_channel_refuses_waits_again_at_once(self):
        ticket = self.ask().ticket_id
        self.wire.refuse("Links are not allowed")
        self.answer(ticket)
        self.send()
        self.assertEqual(ticket.channel_answer_ids.state, "failed")
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertIn("Links are not allowed", ticket.undelivered)

    def test_sent_again_by_hand_it_is_answered(self):
        ticket = self.ask().ticket_id
        self.wire.refuse("Too long")
        message = self.answer(ticket)
        self.send()
        self.wire.mend()
        ticket.with_user(self.anna).action_retry_answers()
        self.assertEqual(self.send(), 1)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertEqual(ticket.inquiry_ids.answer_id, message)
        self.assertFalse(ticket.undelivered)

    def test_what_the_customer_asked_since_still_waits(self):
        ticket = self.ask().ticket_id
        self.wire.refuse("Too long")
        self.answer(ticket)
        self.send()
        self.at(timedelta(minutes=5))
        self.ask("q2", body="Hello?")
        self.wire.mend()
        ticket.with_user(self.anna).action_retry_answers()
        self.send()
        self.assertEqual(ticket.inquiry_state, "pending")

    @mute_logger(SENDING)
    def test_answers_of_one_thread_are_sent_in_their_order(self):
        ticket = self.ask().ticket_id
        self.wire.break_down()
        first = self.answer(ticket)
        self.send()
        self.wire.mend()
        second = self.answer(ticket)
        self.assertEqual(self.send(), 0)
        self.at(PAUSES[0])
        self.assertEqual(self.send(), 2)
        self.assertEqual(
            [one["key"] for one in self.wire.sent],
            [first.message_id, second.message_id],
        )

    @mute_logger(SENDING)
    def test_another_thread_does_not_wait_for_one_that_fails(self):
        ticket, other = self.ask().ticket_id, self.ask("q2", thread="amp").ticket_id
        self.wire.break_down()
        self.answer(ticket)
        self.send()
        self.wire.mend()
        self.answer(other)
        self.assertEqual(self.send(), 1)

    def test_however_many_fail_another_one_does_not_wait(self):
        """A channel that is out of order keeps no answer of another one."""
        tickets = [self.ask(f"q{n}", thread=f"t{n}").ticket_id for n in range(11)]
        self.wire.break_down()
        for ticket in tickets[:10]:
            self.answer(ticket)
        self.send()
        self.wire.mend()
        self.answer(tickets[10])
        with patch(f"{SENDING}.BATCH", 1), self.assertQueryCount(1):
            found = self.env["routing.channel.answer"]._find_due(self.now)
        self.assertEqual(found.ticket_id, tickets[10])

    def test_an_answer_to_a_channel_that_is_gone_waits_again(self):
        ticket = self.ask().ticket_id
        self.answer(ticket)
        self.channel.unlink()
        self.send()
        self.assertEqual(ticket.channel_answer_ids.state, "failed")
        self.assertEqual(ticket.inquiry_state, "pending")

    # Who

    def test_the_question_opens_where_it_was_asked(self):
        ticket = self.ask().ticket_id.with_user(self.anna)
        action = ticket.action_open_channel()
        self.assertEqual(action["url"], "https://questions.example/lamp")
        self.assertFalse(self.make_conversation().with_user(self.anna).channel_url)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_may_not_read_the_conversation_reads_and_sends_nothing(self):
        ticket = self.ask().ticket_id
        self.answer(ticket)
        ticket.write({"team_id": self.vinyl.id, "department_id": self.vinyl.id})
        clerk = self.make_user("clerk", groups="")
        for user in (clerk, self.outsider):
            answers = ticket.channel_answer_ids.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                answers.read(["state"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                ticket.with_user(user).action_retry_answers()
            with self.subTest(user.login), self.assertRaises(AccessError):
                answers.action_retry()

    def test_nobody_writes_what_became_of_an_answer(self):
        ticket = self.ask().ticket_id
        self.answer(ticket)
        with self.assertRaises(AccessError):
            ticket.channel_answer_ids.with_user(self.manager).state = "sent"

    def test_an_answer_that_promises_more_leaves_it_open_when_it_is_sent(self):
        inquiry = self.ask()
        until = self.now + timedelta(days=1)
        promise = {"until": fields.Datetime.to_string(until)}
        self.answer(inquiry.ticket_id.with_context(routing_promise=promise))
        self.assertTrue(self.send())
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.promised_for, until)
