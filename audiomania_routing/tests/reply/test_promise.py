# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.reply.helpdesk_inquiry_promise import HelpdeskInquiry
from ...models.reply.helpdesk_ticket_promise import HelpdeskTicket
from ..conversation.common import SECOND
from .common import DAY, HOUR, ReplyCase

DUE = "inquiry_promise_due"
MISSED = "inquiry_promise_missed"
BACK = "inquiry_promise_back"
AGAIN = "inquiry_promise_again"
WAITING = "inquiry_waiting"

THURSDAY = 3 * DAY
BEFORE = THURSDAY - 2 * HOUR
"""Two working hours before Thursday at ten: he comes at eight."""


@tagged("post_install", "-at_install")
class TestPromise(ReplyCase):
    """A reply with a promise leaves the inquiry pending until then (rule 17)."""

    def test_the_inquiry_stays_pending_with_its_date_and_who_promised(self):
        self.promise(THURSDAY)
        self.assertEqual(self.inquiry.state, "pending")
        self.assertEqual(self.inquiry.promised_for, self.now + THURSDAY)
        self.assertEqual(self.inquiry.promised_by_id, self.anna)
        ticket = self.ticket.with_user(self.anna)
        self.assertEqual(ticket.promised_for, self.now + THURSDAY)
        self.assertEqual(ticket.promised_by_id, self.anna)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_the_letter_goes_to_the_customer(self):
        with self.mock_mail_gateway():
            self.promise(THURSDAY)
        self.assertEqual(self._new_mails.recipient_ids, self.customer)

    def test_a_note_promises_nothing(self):
        note = self.ticket.with_context(routing_promise={"until": None})
        self.note(note, self.anna)
        self.assertFalse(self.inquiry.promised_for)

    def test_reminders_rest_until_it_comes_back(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
        for moment in (HOUR, 2 * HOUR, DAY, 2 * DAY, BEFORE - SECOND):
            self.assertEqual(self.tell(moment), set())

    def test_it_comes_back_to_who_promised_and_is_missed_at_the_second(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
        self.assertEqual(self.tell(BEFORE), {("Anna", DUE)})
        self.assertEqual(self.tell(THURSDAY - SECOND), set())
        self.assertEqual(
            self.tell(THURSDAY),
            {("Boris", WAITING), ("Chief", MISSED), ("Leader", MISSED)},
        )

    def test_the_team_has_it_again_at_the_second_without_any_job(self):
        self.promise(THURSDAY)
        tickets = self.env["helpdesk.ticket"].with_user(self.boris)
        mine = [("queue", "=", "team"), ("id", "=", self.ticket.id)]
        self.at(THURSDAY - SECOND)
        self.assertFalse(tickets.search(mine))
        self.assertFalse(self.ticket.with_user(self.boris).can_take)
        self.at(THURSDAY)
        self.assertTrue(tickets.search(mine))
        self.assertTrue(self.ticket.with_user(self.boris).can_take)

    def test_what_rests_is_found_until_it_comes_back(self):
        self.promise(THURSDAY)
        tickets = self.env["helpdesk.ticket"]
        resting = tickets._get_resting_domain()
        for moment, rests in (
            (0 * HOUR, True),
            (BEFORE - SECOND, True),
            (BEFORE, False),
            (THURSDAY, False),
        ):
            self.at(moment)
            found = self.ticket in tickets.search(resting)
            self.assertEqual(found, rests, moment)

    def test_an_answer_keeps_it(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
        self.assertTrue(self.tell(BEFORE))
        with trap_alerts(self):
            self.reply(self.ticket, self.anna)
        self.assertEqual(self.inquiry.state, "answered")
        self.assertFalse(self.ticket.promised_for)
        self.assertTrue(self.inquiry.promised_for, "What was promised stays on record")
        self.assertEqual(self.tell(THURSDAY), set())

    def test_who_promises_what_nobody_has_taken_has_it(self):
        ticket = self.make_conversation()
        self.promise(THURSDAY, ticket=ticket)
        self.assertEqual(ticket.user_id, self.anna)
        self.assertFalse(ticket.exclusive_until)

    def test_a_supervisor_who_promises_is_reminded_with_who_has_it(self):
        with trap_alerts(self):
            self.promise(THURSDAY, self.chief)
        self.assertEqual(self.ticket.user_id, self.anna)
        self.assertEqual(self.tell(BEFORE), {("Anna", DUE), ("Chief", DUE)})

    def test_a_leave_does_not_count(self):
        self.take_leave(self.anna, self.now + 2 * DAY + 8 * HOUR, self.now + THURSDAY)
        self.promise(THURSDAY)
        back = self.now + 2 * DAY + 5 * HOUR
        self.assertEqual(self.ticket.answer_reminder_at, back)

    def test_it_is_within_what_the_policy_allows(self):
        self.make_policy(promise_days=2)
        for until in (THURSDAY, -HOUR, 0 * HOUR):
            with self.assertRaises(UserError), self.mock_mail_gateway():
                self.promise(until)
            self.assertFalse(self._new_mails, "Nothing has left")
        self.assertFalse(self.inquiry.promised_for)
        self.promise(2 * DAY)
        self.assertTrue(self.inquiry.promised_for)

    def test_without_a_moment_it_is_the_last_one_that_the_policy_allows(self):
        self.make_policy(promise_days=5)
        self.promise(None, waits_for="the buyer's answer")
        self.assertEqual(self.inquiry.promised_for, self.now + 5 * DAY)
        self.assertEqual(
            self.ticket.with_user(self.anna).waits_for, "the buyer's answer"
        )

    def test_a_policy_may_forbid_promises(self):
        self.make_policy(promise_days=0)
        with self.assertRaisesRegex(UserError, "not promised here"):
            self.promise(HOUR)

    def test_the_policy_says_how_long_before_it_comes_back(self):
        self.make_policy(promise_reminder=0)
        self.promise(THURSDAY)
        self.assertFalse(self.ticket.answer_reminder_at)
        with trap_alerts(self):
            self.assertTrue(self.env["helpdesk.ticket"]._get_resting_domain())
        self.assertIn(("Anna", DUE), self.tell(THURSDAY))

    def test_a_letter_that_comes_after_it_does_not_rest(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
        self.at(HOUR)
        with trap_alerts(self) as trap:
            self.receive(reply_to=self.inquiry.message_id, subject="Re: A question")
            trap.assert_alerted(self.anna, AGAIN, self.ticket)
        self.assertEqual(len(self.ticket.inquiry_ids), 2)
        self.assertFalse(self.ticket.promised_for)
        self.assertEqual(self.ticket.answer_due_at, self.now + 4 * HOUR)
        self.assertTrue(self.inquiry.promised_for)

    def test_a_letter_never_moves_the_moment_back(self):
        self.promise(2 * HOUR)
        self.at(HOUR + HOUR / 2)
        self.receive(reply_to=self.inquiry.message_id, subject="Re: A question")
        self.assertEqual(self.ticket.answer_due_at, self.now + 2 * HOUR)

    def test_one_more_letter_does_not_either(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
            self.at(HOUR)
            self.receive(reply_to=self.inquiry.message_id, subject="Re: A question")
            due = self.ticket.answer_due_at
            self.at(2 * HOUR)
            self.receive(reply_to=self.inquiry.message_id, subject="Re: Any news?")
        self.assertEqual(len(self.ticket.inquiry_ids), 3)
        self.assertEqual(self.ticket.answer_due_at, due)

    def test_what_was_promised_by_a_clock_that_was_ahead_rests_until_then(self):
        for moment in (timedelta(), DAY):
            with self.subTest(f"it came {moment} ahead"), trap_alerts(self):
                self.at(moment)
                ticket = self.make_conversation()
                self.at(DAY)
                ticket.with_user(self.anna).action_take()
                self.promise(THURSDAY, ticket=ticket)
                self.at(timedelta())
                self.tick()
                self.assertEqual(ticket.assigned_date, self.now)
                self.assertEqual(ticket.promised_for, self.now + THURSDAY)
                self.assertEqual(ticket.answer_reminder_at, self.now + BEFORE)
                self.assertEqual(ticket.answer_due_at, self.now + THURSDAY)
                self.assertEqual(ticket.answer_supervisors_at, self.now + THURSDAY)

    def test_another_promise_covers_all_that_is_pending(self):
        self.promise(THURSDAY)
        self.receive(reply_to=self.inquiry.message_id, subject="Re: A question")
        self.promise(2 * DAY)
        self.assertEqual(self.ticket.promised_for, self.now + 2 * DAY)
        self.assertEqual(self.ticket.answer_due_at, self.now + 2 * DAY)
        promised = self.ticket.inquiry_ids.mapped("promised_for")
        self.assertEqual(promised, [self.now + 2 * DAY] * 2)

    def test_who_gets_it_meanwhile_has_time_until_then(self):
        self.promise(THURSDAY)
        self.ticket.with_user(self.chief).action_take_away("He is ill")
        self.assertEqual(self.ticket.answer_due_at, self.now + THURSDAY)
        self.assertEqual(self.ticket.promised_for, self.now + THURSDAY)

    def test_what_it_waited_for_brings_it_back_and_tells_who_promised(self):
        request = self.customer
        ref = f"{request._name},{request.id}"
        offered = [(request, "a request")]
        self.patch(type(self.ticket), "_promise_waits", lambda ticket: offered)
        with trap_alerts(self):
            self.promise(THURSDAY, waits_ref=ref)
        self.assertEqual(self.inquiry.waits_for, "a request")
        tickets = self.env["helpdesk.ticket"].with_user(self.outsider)
        found = tickets._find_waiting_for(request)
        self.assertEqual(found.ids, self.ticket.ids)
        self.at(HOUR)
        with trap_alerts(self) as trap:
            found._promise_kept_by("It comes on Monday.")
            trap.assert_alerted(self.anna, BACK, self.ticket)
            trap.assert_not_alerted(self.boris)
        self.assertFalse(tickets._find_waiting_for(request))
        self.assertEqual(self.inquiry.state, "pending")
        self.assertEqual(self.tell(BEFORE), set(), "He knows already")
        self.assertIn(("Chief", MISSED), self.tell(THURSDAY))

    def test_a_promise_waits_only_for_what_was_offered(self):
        ref = f"{self.customer._name},{self.customer.id}"
        self.promise(THURSDAY, waits_ref=ref)
        self.assertTrue(self.inquiry.promised_for)
        self.assertFalse(self.inquiry.waits_ref)

    def test_what_is_no_promise_promises_nothing(self):
        for odd in (7, "{", [], {"until": "soon"}, {"until": 7}):
            with self.subTest(odd):
                ticket = self.make_conversation()
                reply = ticket.with_context(routing_promise=odd).with_user(self.anna)
                try:
                    self.reply(reply, self.anna)
                except UserError:
                    self.assertEqual(ticket.inquiry_state, "pending")

    def test_nothing_comes_back_where_nothing_was_promised(self):
        with trap_alerts(self) as trap:
            self.assertFalse(self.ticket._promise_kept_by("It comes on Monday."))
            trap.assert_not_alerted(self.anna)

    def test_it_stands_in_the_history_and_in_the_ladder_in_words(self):
        self.promise(THURSDAY, waits_for="the buyer's answer")
        line = self.ticket.transition_ids[0]
        self.assertRegex(line._describe(), "Anna has promised an answer by .*buyer")
        text = self.ticket.with_user(self.boris).ladder_text
        self.assertRegex(text, "Anna has promised an answer by .*buyer")
        self.at(THURSDAY)
        self.assertIn("it is over", self.ticket.with_user(self.boris).ladder_text)

    def test_no_form_or_call_writes_a_promise(self):
        with self.assertRaisesRegex(UserError, "decided by the system"):
            self.ticket.with_user(self.anna).write(
                {"promised_for": fields.Datetime.now() + DAY}
            )

    def test_who_may_read_it_while_it_rests(self):
        self.make_policy(team_reads_taken=False)
        self.promise(THURSDAY)
        supervisors = self.chief | self.leader | self.manager
        self.assertEqual(self.get_readers(self.ticket), self.anna | supervisors)
        self.at(THURSDAY)
        with_team = self.anna | self.boris | supervisors
        self.assertEqual(self.get_readers(self.ticket), with_team)

    def test_a_letter_costs_no_statement_more_than_without_promises(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.receive("anna@hifi.example")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count()
        ours = count()
        with (
            patch.object(HelpdeskInquiry, "_start_ladders", start_plainly),
            patch.object(HelpdeskTicket, "_compute_inquiry_state", compute_plainly),
        ):
            without = count()
        self.assertEqual(ours, without)


def start_plainly(inquiries):
    return super(HelpdeskInquiry, inquiries)._start_ladders()


def compute_plainly(tickets):
    tickets.promised_for = False
    return super(HelpdeskTicket, tickets)._compute_inquiry_state()
