# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..conversation.common import ConversationCase

HOUR = timedelta(hours=1)
FRIDAY = datetime(2025, 3, 28, 15)
"""In the weekend after it the clocks of Berlin go forward."""
TUESDAY = datetime(2025, 4, 1, 9, 30)
PLAIN = 90.5
COLUMNS = (
    "first_answered_at",
    "hours_to_answered",
    "working_hours_to_answered",
    "window_result",
    "answered_by_kind",
    "hours_to_worked_out",
    "working_hours_to_worked_out",
)


@tagged("post_install", "-at_install")
class TestMeasures(ConversationCase):
    """What is measured of an inquiry, computed by hand (rule 26).

    Letters come on a Friday at 15:00 UTC. Monday is a public holiday, on Tuesday at
    9:30 they are answered. Headphones work 8-12 and 13-17 in UTC: 2 hours on Friday
    and 1.5 on Tuesday. Vinyl works the same hours in Berlin: there it is 16:00 on
    Friday, and 11:30 on Tuesday, because of summer time: 1 hour and 3.5.
    """

    now = FRIDAY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.berlin = cls.env["resource.calendar"].create(
            {"name": "Berlin", "tz": "Europe/Berlin", "company_id": cls.company.id}
        )
        cls.vinyl.resource_calendar_id = cls.berlin
        cls.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Holiday",
                    "calendar_id": calendar.id,
                    "date_from": datetime(2025, 3, 31, 0) - shift,
                    "date_to": datetime(2025, 3, 31, 23, 59) - shift,
                }
                for calendar, shift in (
                    (cls.calendar, 0 * HOUR),
                    (cls.berlin, 2 * HOUR),
                )
            ]
        )

    def make(self, **values):
        return self.make_conversation(**values).inquiry_ids

    def until(self, moment):
        self.at(moment - self.now)

    def look(self, inquiry, user):
        inquiry.ticket_id.with_user(user).notify_presence("looking")

    def get_columns(self, inquiry, *names):
        """As they are in the database: NULL is not 0."""
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT {', '.join(names)} FROM helpdesk_inquiry WHERE id = %s",
            [inquiry.id],
        )
        return self.env.cr.fetchone()

    def assert_step(self, inquiry, step, plain, working):
        names = f"hours_to_{step}", f"working_hours_to_{step}"
        self.assertEqual(self.get_columns(inquiry, *names), (plain, working))

    # The whole way

    def test_every_measure_of_a_letter_to_an_employee(self):
        inquiry = self.receive("anna@hifi.example").inquiry_ids
        self.assertEqual(inquiry.addressee_id, self.anna)
        self.assertEqual(inquiry.team_id, self.headphones)
        self.at(0.5 * HOUR)
        self.look(inquiry, self.anna)
        self.at(HOUR)
        inquiry.ticket_id.with_user(self.anna).action_take()
        self.until(TUESDAY)
        self.reply(inquiry.ticket_id, self.anna)
        self.assert_step(inquiry, "seen", 0.5, 0.5)
        self.assert_step(inquiry, "taken", 1, 1)
        self.assert_step(inquiry, "answered", PLAIN, 3.5)
        self.assert_step(inquiry, "worked_out", PLAIN, 3.5)
        for at, by, moment in (
            ("first_seen_at", "first_seen_by_id", FRIDAY + 0.5 * HOUR),
            ("taken_at", "taken_by_id", FRIDAY + HOUR),
            ("first_answered_at", "first_answered_by_id", TUESDAY),
        ):
            self.assertEqual((inquiry[at], inquiry[by]), (moment, self.anna))
        self.assertEqual(inquiry.window_result, "after")
        self.assertEqual(inquiry.answered_by_kind, "reserved")
        self.assertEqual(inquiry.transfer_count, 0)
        self.assertEqual(inquiry.open_question_count, 0)
        self.assertFalse(inquiry.is_reopening)

    def test_each_team_is_measured_by_its_own_hours(self):
        inquiry = self.make(team_id=self.vinyl.id)
        self.assertEqual(inquiry.team_id, self.vinyl)
        self.until(TUESDAY)
        self.reply(inquiry.ticket_id, self.vera)
        self.assert_step(inquiry, "answered", PLAIN, 4.5)

    def test_an_answer_inside_the_window(self):
        inquiry = self.receive("anna@hifi.example").inquiry_ids
        self.at(HOUR)
        self.reply(inquiry.ticket_id, self.anna)
        self.assertEqual(inquiry.window_result, "inside")

    def test_an_answer_after_taking_is_still_inside(self):
        inquiry = self.receive("anna@hifi.example").inquiry_ids
        inquiry.ticket_id.with_user(self.anna).action_take()
        self.at(HOUR)
        self.reply(inquiry.ticket_id, self.anna)
        self.assertEqual(inquiry.window_result, "inside")

    def test_an_answer_of_another(self):
        inquiry = self.receive("anna@hifi.example").inquiry_ids
        self.at(HOUR)
        self.reply(inquiry.ticket_id, self.chief)
        self.assertEqual(inquiry.answered_by_kind, "other")

    def test_what_was_reserved_for_nobody(self):
        inquiry = self.receive().inquiry_ids
        self.assertFalse(inquiry.addressee_id)
        self.reply(inquiry.ticket_id, self.boris)
        self.assertEqual(inquiry.window_result, "none")
        self.assertEqual(inquiry.answered_by_kind, "none")

    def test_what_joins_another_has_the_window_of_the_oldest(self):
        ticket = self.receive("anna@hifi.example")
        first = ticket.inquiry_ids
        self.at(0.5 * HOUR)
        self.receive(reply_to=first.message_id)
        second = ticket.inquiry_ids - first
        self.assertEqual(second.team_id, self.headphones)
        self.at(HOUR)
        self.reply(ticket, self.anna)
        self.assert_step(second, "answered", 0.5, 0.5)
        self.assertEqual(second.window_result, "inside")
        self.assertEqual(second.answered_by_kind, "reserved")

    # What has not happened

    def test_what_has_not_happened_is_null(self):
        inquiry = self.make()
        self.assertEqual(self.get_columns(inquiry, *COLUMNS), (None,) * len(COLUMNS))

    def test_no_action_is_worked_out_and_no_answer(self):
        inquiry = self.make()
        self.until(TUESDAY)
        inquiry.ticket_id.with_user(self.anna).action_no_action_required()
        self.assertEqual(self.get_columns(inquiry, *COLUMNS[:5]), (None,) * 5)
        self.assertEqual(
            self.get_columns(inquiry, "taken_at", "open_question_count"), (None, None)
        )
        self.assert_step(inquiry, "worked_out", PLAIN, 3.5)
        self.assertEqual(inquiry.first_seen_by_id, self.anna)

    def test_undone_it_is_not_worked_out(self):
        inquiry = self.make()
        ticket = inquiry.ticket_id.with_user(self.anna)
        ticket.action_no_action_required()
        ticket.action_undo_no_action()
        self.assertEqual(self.get_columns(inquiry, *COLUMNS), (None,) * len(COLUMNS))

    def test_an_answer_that_came_back_is_none(self):
        inquiry = self.make()
        self.reply(inquiry.ticket_id, self.anna)
        self.assertEqual(inquiry.first_answered_by_id, self.anna)
        inquiry._set_pending()
        self.assertEqual(self.get_columns(inquiry, *COLUMNS), (None,) * len(COLUMNS))
        self.assertEqual(inquiry.taken_by_id, self.anna)
        self.until(TUESDAY)
        self.reply(inquiry.ticket_id, self.anna)
        self.assert_step(inquiry, "answered", PLAIN, 3.5)

    # Promises, calls

    def test_a_promise_is_the_first_answer(self):
        inquiry = self.make()
        self.at(HOUR)
        inquiry.ticket_id.with_user(self.anna)._promise(TUESDAY)
        self.until(TUESDAY)
        self.reply(inquiry.ticket_id, self.boris)
        self.assert_step(inquiry, "answered", 1, 1)
        self.assert_step(inquiry, "worked_out", PLAIN, 3.5)
        self.assertEqual(inquiry.first_answered_by_id, self.anna)
        self.assertEqual(inquiry.taken_by_id, self.anna)
        self.assertEqual(inquiry.worked_out_by_id, self.boris)

    def test_what_was_answered_after_a_promise_and_came_back_keeps_the_promise(self):
        inquiry = self.make()
        self.at(HOUR)
        inquiry.ticket_id.with_user(self.anna)._promise(TUESDAY)
        self.at(2 * HOUR)
        self.reply(inquiry.ticket_id, self.anna)
        inquiry._set_pending()
        self.assert_step(inquiry, "answered", 1, 1)
        self.assert_step(inquiry, "worked_out", None, None)

    def test_a_promise_that_came_back_is_no_answer(self):
        inquiry = self.make()
        inquiry.ticket_id.with_user(self.anna)._promise(TUESDAY)
        inquiry._forget_promise()
        self.assertEqual(self.get_columns(inquiry, *COLUMNS), (None,) * len(COLUMNS))

    def test_a_call_is_an_answer(self):
        inquiry = self.make()
        self.at(HOUR)
        inquiry.ticket_id.with_user(self.anna)._answer_spoken("phone", "In green.")
        self.assert_step(inquiry, "answered", 1, 1)

    # First sight

    def test_the_first_who_opens_it_has_seen_it(self):
        inquiry = self.make(exclusive_until=False, team_visible_from=FRIDAY)
        self.at(HOUR)
        self.look(inquiry, self.boris)
        self.at(2 * HOUR)
        self.look(inquiry, self.anna)
        self.assert_step(inquiry, "seen", 1, 1)
        self.assertEqual(inquiry.first_seen_by_id, self.boris)

    def test_a_supervisor_who_only_looks_has_not(self):
        inquiry = self.make()
        for user in (self.chief, self.leader, self.manager):
            self.look(inquiry, user)
        self.assertFalse(inquiry.first_seen_at)

    def test_who_may_not_open_it_has_not(self):
        inquiry = self.make()
        for user in (self.boris, self.vera, self.outsider):
            self.look(inquiry, user)
        self.assertFalse(inquiry.first_seen_at)

    def test_reading_a_list_is_no_sight(self):
        inquiry = self.make()
        tickets = self.env["helpdesk.ticket"].with_user(self.anna)
        tickets.web_search_read([("id", "=", inquiry.ticket_id.id)], {"name": {}})
        self.assertFalse(inquiry.first_seen_at)

    def test_who_takes_it_from_the_list_has_seen_it(self):
        inquiry = self.make()
        self.at(HOUR)
        inquiry.ticket_id.with_user(self.anna).action_take()
        self.assert_step(inquiry, "seen", 1, 1)

    # Moving

    def test_what_joins_a_taken_conversation_is_taken_at_once(self):
        ticket = self.make_conversation()
        first = ticket.inquiry_ids
        ticket.with_user(self.anna).action_take()
        self.at(HOUR)
        self.receive(reply_to=first.message_id)
        second = ticket.inquiry_ids - first
        self.assert_step(second, "taken", 0, 0)
        self.assertEqual(second.taken_by_id, self.anna)
        self.assertFalse(second.first_seen_at)

    def test_transfers_are_counted_and_the_first_who_took_it_stays(self):
        inquiry = self.make()
        ticket = inquiry.ticket_id
        ticket.with_user(self.anna).action_take()
        ticket.with_user(self.anna).action_transfer(self.boris, "overloaded")
        ticket.with_user(self.boris).action_transfer(self.vinyl, "knows_better")
        self.assertEqual(inquiry.transfer_count, 2)
        self.assertEqual(inquiry.taken_by_id, self.anna)
        self.assertEqual(inquiry.team_id, ticket.team_id)
        self.assertEqual(inquiry.team_id, self.vinyl)

    def test_what_is_worked_out_keeps_its_team(self):
        inquiry = self.make()
        self.reply(inquiry.ticket_id, self.anna)
        inquiry.ticket_id.team_id = self.vinyl
        self.assertEqual(inquiry.team_id, self.headphones)

    def test_merged_it_is_of_the_team_that_has_it(self):
        first, other = self.make_conversation(), self.make_conversation()
        other.team_id = self.vinyl
        inquiry = other.inquiry_ids
        self.assertEqual(inquiry.team_id, self.vinyl)
        first.with_user(self.manager).action_take()
        self.at(HOUR)
        first.with_user(self.manager)._merge(other.with_user(self.manager))
        self.assertEqual(inquiry.ticket_id, first)
        self.assertEqual(inquiry.team_id, self.headphones)
        self.assertEqual(inquiry.taken_by_id, self.manager)
        self.assert_step(inquiry, "taken", 1, 1)

    def test_merged_into_what_is_worked_out_it_is_not_taken(self):
        first, other = self.make_conversation(), self.make_conversation()
        self.reply(first, self.anna)
        first.with_user(self.manager)._merge(other.with_user(self.manager))
        inquiry = other.inquiry_ids | first.inquiry_ids.filtered(
            lambda one: one.state == "pending"
        )
        self.assertEqual(inquiry.ticket_id, first)
        self.assertFalse(first.user_id)
        self.assertFalse(inquiry.taken_at)

    def test_split_off_it_keeps_what_was_measured(self):
        ticket = self.make_conversation()
        first = ticket.inquiry_ids
        ticket.with_user(self.anna).action_take()
        self.receive(reply_to=first.message_id)
        second = ticket.inquiry_ids - first
        self.at(HOUR)
        other = ticket.with_user(self.anna)._split(second, "Another matter")
        self.assertEqual(second.ticket_id, other)
        self.assertEqual(second.team_id, self.headphones)
        self.assert_step(second, "taken", 0, 0)

    def test_his_return_to_what_is_closed_is_a_reopening(self):
        ticket = self.make_conversation()
        first = ticket.inquiry_ids
        self.reply(ticket, self.anna)
        closed = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.stage_id = closed
        self.at(HOUR)
        self.receive(reply_to=first.message_id)
        second = ticket.inquiry_ids - first
        self.assertTrue(second.is_reopening)
        self.assertFalse(first.is_reopening)

    def test_questions_left_open_are_counted(self):
        body = "Is it in stock? When does it come? What does it cost?"
        ticket = self.receive(body=body)
        questions = ticket._get_questions()
        self.assertEqual(len(questions), 3)
        questions[0].action_tick()
        self.reply(ticket, self.anna)
        self.assertEqual(ticket.inquiry_ids.open_question_count, 2)

    def test_one_question_alone_is_answered_by_the_answer(self):
        ticket = self.receive(body="Is it in stock?")
        self.assertEqual(len(ticket._get_questions()), 1)
        self.reply(ticket, self.anna)
        self.assertEqual(ticket.inquiry_ids.open_question_count, 0)

    # Former times

    def make_former(self, count):
        """Answered inquiries of the time before anything was measured."""
        inquiries = self.env["helpdesk.inquiry"]
        for _each in range(count):
            inquiry = self.make()
            inquiry.ticket_id.with_user(self.anna).action_take()
            inquiries |= inquiry
        self.until(TUESDAY)
        for inquiry in inquiries:
            self.reply(inquiry.ticket_id, self.anna)
        self.env.flush_all()
        names = ("transfer_count", "team_id", "taken_at", "first_seen_at", *COLUMNS)
        self.env.cr.execute(
            "UPDATE helpdesk_inquiry SET "
            + ", ".join(f"{name} = NULL" for name in names)
            + " WHERE id IN %s",
            [inquiries._ids],
        )
        self.env.invalidate_all()
        self._freeze(self.now)
        return inquiries

    def test_what_can_be_known_of_former_times_is_measured(self):
        inquiry = self.make_former(1)
        self.assertEqual(self.env["helpdesk.inquiry"]._measure_known(100), 1)
        self.assert_step(inquiry, "taken", 0, 0)
        self.assert_step(inquiry, "answered", PLAIN, 3.5)
        self.assert_step(inquiry, "worked_out", PLAIN, 3.5)
        self.assertEqual(inquiry.team_id, self.headphones)
        self.assertEqual(inquiry.first_answered_by_id, self.anna)
        self.assertEqual(self.get_columns(inquiry, "first_seen_at"), (None,))
        self.assertEqual(self.env["helpdesk.inquiry"]._measure_known(100), 0)

    def test_what_was_measured_in_time_is_left_alone(self):
        self.make()
        self.env.flush_all()
        self.assertEqual(self.env["helpdesk.inquiry"]._measure_known(100), 0)

    def test_twice_as_many_former_ones_cost_no_more_queries(self):
        counts = []
        for number in (4, 4, 8):
            self.make_former(number)
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(
                self.count(lambda: self.env["helpdesk.inquiry"]._measure_known(100))
            )
        self.assertEqual(*counts[-2:])

    # What it costs

    def count(self, function):
        """How many statements it takes, with what is written at its end."""
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def unmeasured(self):
        """The same product without measures."""
        inquiries = self.env.registry["helpdesk.inquiry"]
        for name in ("_note_done", "_note_answer", "_follow_conversation"):
            patcher = patch.object(inquiries, name, lambda *_args, **_options: None)
            patcher.start()
            self.addCleanup(patcher.stop)
        for name in ("_prepare_first_measures", "_count_open_questions"):
            patcher = patch.object(inquiries, name, lambda *_args: {})
            patcher.start()
            self.addCleanup(patcher.stop)

    def count_way(self):
        """Statements of a letter, of one that joins it, and of the answer to both."""
        self.env.flush_all()
        self.env.invalidate_all()
        tickets = []
        letter = self.count(lambda: tickets.append(self.receive()))
        ticket = tickets[0]
        message = ticket.inquiry_ids.message_id
        self.env.invalidate_all()
        joined = self.count(lambda: self.receive(reply_to=message))
        self.env.invalidate_all()
        answer = self.count(lambda: self.reply(ticket, self.anna))
        return letter, joined, answer

    def test_a_letter_costs_no_statement_and_an_answer_one(self):
        for _each in range(2):
            self.count_way()
        with_measures = self.count_way()
        self.unmeasured()
        without = self.count_way()
        letter, joined, answer = (
            one - other for one, other in zip(with_measures, without, strict=True)
        )
        self.assertEqual((letter, joined), (0, 0))
        self.assertLessEqual(answer, 1)

    def test_sights_of_more_inquiries_cost_no_more(self):
        counts = []
        for more in (1, 3):
            ticket = self.receive()
            for _each in range(more):
                self.receive(reply_to=ticket.inquiry_ids[:1].message_id)
            look = ticket.with_user(self.anna)._note_sight
            look()
            ticket.inquiry_ids._clear_columns("first_seen_at")
            self.env.invalidate_all()
            counts.append(self.count(look))
            self.assertTrue(all(ticket.inquiry_ids.mapped("first_seen_at")))
        self.assertEqual(*counts)
