# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import doctest
from datetime import date, datetime
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.quality.targets import aims
from ..common import MONDAY_10
from .target_common import DAY, HOUR, MINUTE, SINCE, TargetCase

NEAR = "inquiry_target_near"
MISSED = "inquiry_target_missed"
FRIDAY_16 = datetime(2025, 3, 7, 16)
ORDER = "attention_rank, attention_at, id"


@tagged("post_install", "-at_install")
class TestTarget(TargetCase):
    """Which targets hold for an inquiry, and when they are missed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer = cls.make_target(hours=4)
        cls.worked_out = cls.make_target("worked_out", hours=16)

    def test_the_choosing_is_as_it_says(self):
        self.assertEqual(doctest.testmod(aims).failed, 0)

    # When it is missed

    def test_the_time_is_the_working_time_of_the_team(self):
        inquiry = self.receive().inquiry_ids
        self.assertEqual(inquiry.answer_target_id, self.answer)
        self.assertEqual(inquiry.worked_out_target_id, self.worked_out)
        # Two hours until lunch, two after it; then eight on Tuesday and two more.
        self.assertEqual(inquiry.answer_target_at, datetime(2025, 3, 3, 15))
        self.assertEqual(inquiry.worked_out_target_at, datetime(2025, 3, 5, 10))
        self.assertEqual(inquiry.target_tell_at, datetime(2025, 3, 3, 12))

    def test_a_weekend_is_left_out(self):
        inquiry = self.make_history(FRIDAY_16)
        self.assertEqual(inquiry.answer_target_at, datetime(2025, 3, 10, 11))

    def test_a_public_holiday_is_left_out(self):
        self.close_on("2025-03-10")
        inquiry = self.make_history(FRIDAY_16)
        self.assertEqual(inquiry.answer_target_at, datetime(2025, 3, 11, 11))

    def test_summer_time_begins_in_between(self):
        self.calendar.tz = "Europe/Berlin"
        # Friday 16:30 in Berlin, half an hour until five; Monday from eight, which is
        # six in UTC by now.
        inquiry = self.make_history(datetime(2025, 3, 28, 15, 30))
        self.assertEqual(inquiry.answer_target_at, datetime(2025, 3, 31, 9, 30))

    # Which one holds

    def test_a_team_above_speaks_for_those_without_their_own(self):
        common = self.make_target(team=self.department, hours=8)
        ticket = self.receive()
        self.assertEqual(ticket.inquiry_ids.answer_target_id, self.answer)
        ticket.with_user(self.chief).action_transfer(
            self.vinyl, reason="Not ours", cause="wrong_audience"
        )
        inquiry = ticket.inquiry_ids
        inquiry.team_id = self.vinyl
        self.assertEqual(inquiry.answer_target_id, common)
        self.assertEqual(inquiry.answer_target_at, datetime(2025, 3, 4, 10))
        self.assertFalse(inquiry.worked_out_target_id)

    def test_one_for_the_type_goes_before_one_for_all(self):
        kind = self.env["helpdesk.inquiry.type"].create({"name": "Return"})
        special = self.make_target(type_id=kind.id, hours=1)
        inquiry = self.receive().inquiry_ids
        self.assertEqual(inquiry.answer_target_id, self.answer)
        inquiry.type_id = kind
        self.assertEqual(inquiry.answer_target_id, special)
        self.assertEqual(inquiry.answer_target_at, MONDAY_10 + HOUR)

    def test_a_call_is_no_answer_in_time(self):
        phone = self.env["helpdesk.ticket"]._get_call_channel("phone")
        inquiry = self.make_history(MONDAY_10, channel_id=phone)
        self.assertFalse(inquiry.answer_target_id)
        own = self.make_target(channel_id=phone, hours=1)
        inquiry._set_targets()
        self.assertEqual(inquiry.answer_target_id, own)

    def test_what_came_in_before_is_judged_by_what_held_then(self):
        self.answer.date_to = date(2025, 2, 28)
        later = self.make_target(hours=2, date_from=date(2025, 3, 1))
        february = self.make_history(datetime(2025, 2, 28, 10))
        march = self.make_history(datetime(2025, 3, 3, 10))
        self.assertEqual(february.answer_target_id, self.answer)
        self.assertEqual(march.answer_target_id, later)

    def test_a_month_begins_where_the_company_is(self):
        self.calendar.tz = "Asia/Vladivostok"
        self.answer.date_to = date(2025, 2, 28)
        later = self.make_target(hours=2, date_from=date(2025, 3, 1))
        inquiry = self.make_history(datetime(2025, 2, 28, 20))
        self.assertEqual(inquiry.answer_target_id, later)

    def test_what_came_in_before_it_was_set_is_judged_by_it_soon(self):
        marks = self.make_history(MONDAY_10)
        target = self.make_target("quality", mark=4)
        self.assertFalse(marks.quality_target_id)
        self.assertFalse(target.is_applied)
        job = self.env["helpdesk.target"].sudo()
        while job._apply_next(1):
            self.env.flush_all()
        self.assertEqual(marks.quality_target_id, target)
        self.assertTrue(target.is_applied)

    def test_a_letter_costs_no_statement_more(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.receive()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.receive()
        count()
        with_targets = count()
        (self.answer | self.worked_out).active = False
        count()
        self.assertEqual(with_targets, count())

    # Warnings

    def tick(self):
        return self.env["helpdesk.inquiry"]._tell_targets(100)

    def receive_told(self, to="anna@hifi.example", **values):
        with trap_alerts(self):
            return self.receive(to, **values)

    def assert_told(self, at, code, user, others):
        """At that moment he is told, and nobody else; and not once more."""
        self.at(at - MINUTE)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_not_alerted(user, code)
        self.at(at)
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 1)
            trap.assert_alerted(user, code)
            for other in others:
                trap.assert_not_alerted(other, code)
            self.assertFalse(trap.get_faults())
        self.at(at + MINUTE)
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 0)
            trap.assert_not_alerted(user, code)

    def test_who_has_taken_it_is_warned_twice_then_his_supervisor_is_told(self):
        ticket = self.receive_told()
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
        colleagues = self.boris | self.vera | self.manager
        everybody = colleagues | self.chief
        self.assert_told(2 * HOUR, NEAR, self.anna, everybody)
        self.assert_told(4 * HOUR + 12 * MINUTE, NEAR, self.anna, everybody)
        self.assert_told(5 * HOUR, MISSED, self.chief, colleagues | self.anna)

    def test_whom_it_is_reserved_for_is_warned_while_it_is_his(self):
        self.answer.hours = 2
        self.receive_told()
        self.assert_told(HOUR, NEAR, self.anna, self.boris | self.chief)

    def test_later_the_team_is_warned_to_which_it_is_shown(self):
        self.receive_told("info@hifi.example")
        self.at(2 * HOUR)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.boris, NEAR)
            trap.assert_alerted(self.anna, NEAR)
            trap.assert_not_alerted(self.vera, NEAR)

    def test_how_early_is_a_setting_and_none_is_one_too(self):
        self.answer.write({"first_warning": 0, "second_warning": 75})
        self.receive_told("info@hifi.example")
        self.assert_told(4 * HOUR, NEAR, self.boris, self.vera)

    def test_what_is_answered_in_time_takes_the_warnings_back(self):
        ticket = self.receive_told()
        self.at(2 * HOUR)
        with trap_alerts(self) as trap:
            ticket.with_user(self.anna).action_take()
            self.tick()
            trap.assert_alerted(self.anna, NEAR)
            self.reply(ticket, self.anna)
            trap.assert_withdrawn(self.anna, NEAR)
        self.assertFalse(ticket.inquiry_ids.target_tell_at)
        self.at(5 * DAY)
        self.assertEqual(self.tick(), 0)

    def test_an_answer_late_takes_the_alert_of_the_supervisor_back(self):
        ticket = self.receive_told()
        self.at(5 * HOUR)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.chief, MISSED)
            trap.assert_not_alerted(self.anna, NEAR)
            self.reply(ticket, self.anna)
            trap.assert_withdrawn(self.chief, MISSED)

    def test_who_was_reminded_by_the_term_is_not_warned_too(self):
        ticket = self.receive_told()
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
        ticket.told_rung = "reminded"
        self.at(2 * HOUR)
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 1)
            trap.assert_not_alerted(self.anna)
        ticket.told_rung = "unanswered"
        self.at(5 * HOUR)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_not_alerted(self.chief)

    def test_supervisors_who_learn_that_nobody_answers_need_not_both(self):
        ticket = self.receive_told()
        ticket.supervisors_alerted_from = self.now + 6 * HOUR
        self.at(5 * HOUR)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.chief, MISSED)
            self.at(6 * HOUR)
            self.env["helpdesk.ticket"]._tell_due(100)
            trap.assert_alerted(self.chief, "inquiry_overdue")
            trap.assert_withdrawn(self.chief, MISSED)

    def test_who_asks_again_starts_no_second_series(self):
        ticket = self.receive_told()
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
            self.at(10 * MINUTE)
            self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(len(ticket.inquiry_ids), 2)
        self.at(2 * HOUR)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.anna, NEAR)
        self.at(3 * HOUR + 10 * MINUTE)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_not_alerted(self.anna, NEAR)

    def test_a_promise_is_an_answer_and_moves_the_rest(self):
        ticket = self.receive_told()
        until = self.now + 4 * DAY
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
            ticket.with_user(self.anna)._promise(until)
        inquiry = ticket.inquiry_ids
        inquiry.write(
            {"first_answered_at": self.now, "first_answered_by_id": self.anna.id}
        )
        self.assertEqual(inquiry.worked_out_target_at, until)
        self.assertFalse(inquiry.target_tell_at)
        inquiry._forget_promise()
        self.assertEqual(inquiry.worked_out_target_at, datetime(2025, 3, 5, 10))

    def test_an_answer_that_came_back_is_asked_for_again(self):
        ticket = self.receive_told()
        self.at(HOUR)
        with trap_alerts(self):
            self.reply(ticket, self.anna)
            ticket.inquiry_ids._set_pending()
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.target_tell_at, self.now + 2 * HOUR)
        self.assertEqual((ticket.target_kind, ticket.target_at), self.get_first(ticket))

    def test_a_promise_that_came_back_is_no_first_answer(self):
        ticket = self.receive_told()
        self.at(HOUR)
        with trap_alerts(self):
            ticket.with_user(self.anna)._promise(self.now + 4 * DAY)
            ticket.inquiry_ids._forget_promise()
        self.assertEqual(ticket.inquiry_ids.target_tell_at, self.now + 2 * HOUR)
        self.assertEqual((ticket.target_kind, ticket.target_at), self.get_first(ticket))

    def get_first(self, ticket):
        return "answer", ticket.inquiry_ids.answer_target_at

    def test_of_what_is_promised_for_later_nobody_is_told_that_it_is_missed(self):
        ticket = self.receive_told()
        self.at(4 * DAY)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.chief, MISSED)
            ticket.with_user(self.anna)._promise(self.now + 6 * DAY)
            trap.drain()
            left = self.env["alert.delivery"].search(
                [
                    ("alert_id.type_id.code", "=", MISSED),
                    ("state", "in", ["new", "seen", "snoozed"]),
                    ("user_id", "=", self.chief.id),
                ]
            )
            self.assertFalse(left)

    def test_a_promise_keeps_a_target_only_before_it_is_missed(self):
        inquiry = self.receive_told().inquiry_ids
        later = inquiry.worked_out_target_at + DAY
        self.promise(inquiry, HOUR, later)
        self.assertEqual(inquiry.worked_out_target_at, later)
        self.promise(inquiry, later - self.now - HOUR, later + DAY)
        self.assertEqual(inquiry.worked_out_target_at, later + DAY)
        self.promise(inquiry, later + DAY - self.now + HOUR, later + 3 * DAY)
        self.assertEqual(inquiry.worked_out_target_at, later + DAY)

    def promise(self, inquiry, after, moment):
        """So long after the beginning of the test."""
        self.at(after)
        with trap_alerts(self):
            inquiry.ticket_id.with_user(self.anna)._promise(moment)

    def test_who_gives_it_away_is_not_warned_any_more(self):
        ticket = self.receive_told()
        self.at(2 * HOUR)
        with trap_alerts(self) as trap:
            ticket.with_user(self.anna).action_take()
            self.tick()
            trap.assert_alerted(self.anna, NEAR)
            ticket.with_user(self.anna).action_release("Boris knows it")
            trap.assert_withdrawn(self.anna, NEAR)

    def test_one_that_cannot_be_told_keeps_nobody_else_from_it(self):
        self.receive_told()
        self.receive_told()
        self.at(2 * HOUR)
        tickets = type(self.env["helpdesk.ticket"])
        whole = tickets._get_users_to_answer

        def fail_once(ticket):
            patcher.stop()
            raise ValueError("It breaks")

        patcher = patch.object(tickets, "_get_users_to_answer", fail_once)
        patcher.start()
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 2)
            trap.assert_alerted(self.anna, NEAR)
            self.assertEqual(len(trap.get_faults()), 1)
        self.assertIs(tickets._get_users_to_answer, whole)

    # The queue

    def test_a_missed_target_stands_first_and_says_so(self):
        old = self.make_conversation(exclusive_until=False, team_id=self.vinyl.id)
        ticket = self.make_conversation(exclusive_until=False)
        old.inquiry_ids._set_targets()
        self.assertEqual(ticket.attention_level, "calm")
        self.at(4 * HOUR + 12 * MINUTE)
        self.assertEqual(ticket.attention_level, "soon")
        self.assertIn("15:00", ticket.target_text)
        queue = self.env["helpdesk.ticket"].with_user(self.chief)
        ids = [("id", "in", (old | ticket).ids)]
        self.assertEqual(queue.search(ids, order=ORDER).ids, [old.id, ticket.id])
        self.at(5 * HOUR)
        self.assertEqual(ticket.attention_level, "late")
        self.assertIn("missed", ticket.target_text)
        self.assertEqual(queue.search(ids, order=ORDER).ids, [ticket.id, old.id])
        for one in old | ticket:
            found = queue.search([*ids, ("id", "=", one.id)], order=ORDER)
            self.assertEqual(found.attention_rank, 0 if one == ticket else 1)
        self.reply(ticket, self.anna)
        self.assertFalse(ticket.target_text)
        self.assertFalse(ticket.target_at)

    def test_the_order_of_a_row_is_that_of_the_query(self):
        self.make_conversation(exclusive_until=False)
        self.make_conversation(user_id=self.anna.id)
        self.make_conversation().with_user(self.anna)._promise(self.now + DAY)
        for delta in (HOUR, 5 * HOUR, DAY, 3 * DAY):
            self.at(delta)
            found = self.env["helpdesk.ticket"].search([], order=ORDER)
            keys = [(one.attention_rank, one.attention_at, one.id) for one in found]
            self.assertEqual(keys, sorted(keys))

    def test_a_page_of_the_queue_asks_nothing_more(self):
        plain = {"attention_level": {}, "ladder_text": {}}
        fields = {**plain, "target_text": {}}

        def count(names, number=0):
            for _each in range(number):
                self.make_conversation()
            queue = self.env["helpdesk.ticket"].with_user(self.chief)
            for _each in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                queue.web_search_read([], names, order=ORDER)
            return self.env.cr.sql_log_count - before

        count(plain, 2)
        few = count(fields)
        self.assertEqual(count(plain), few)
        count(fields, 4)
        self.assertEqual(few, count(fields))

    # How it is set

    def assert_refused(self, values, cause=IntegrityError):
        with self.assertRaises(cause), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.make_target(team=self.vinyl, **values)

    def test_what_makes_no_sense_is_refused(self):
        for values in (
            {"hours": 0},
            {"percent": 0},
            {"percent": 101},
            {"yellow": 96},
            {"first_warning": 80, "second_warning": 50},
            {"date_from": date(2025, 3, 2)},
            {"date_to": date(2025, 3, 30)},
            {"kind": "quality", "mark": 1},
        ):
            with self.subTest(values):
                self.assert_refused(values)

    def test_two_of_a_kind_at_a_time_are_refused(self):
        with self.assertRaises(ValidationError):
            self.make_target(hours=8)
        self.make_target(
            hours=8, date_from=date(2024, 1, 1), date_to=date(2024, 12, 31)
        )

    def test_one_is_not_made_longer_than_until_the_next(self):
        self.answer.date_to = date(2025, 3, 31)
        self.make_target(hours=8, date_from=date(2025, 4, 1))
        with self.assertRaises(ValidationError):
            self.answer.date_to = date(2025, 4, 30)

    def test_a_month_that_is_over_keeps_its_target(self):
        target = self.answer.with_user(self.manager)
        for vals in ({"hours": 5}, {"date_from": date(2025, 3, 1)}, {"active": False}):
            with self.subTest(vals), self.assertRaises(UserError):
                target.write(vals)
        with self.assertRaises(UserError):
            target.unlink()
        with self.assertRaises(UserError):
            target.date_to = date(2025, 1, 31)
        target.write({"hours": 4, "first_warning": 40})
        self.assertEqual(target.first_warning, 40)

    def test_one_that_has_ended_is_not_woken_for_months_that_are_over(self):
        self.answer.date_to = date(2025, 1, 31)
        target = self.answer.with_user(self.manager)
        for until in (False, date(2025, 2, 28), date(2025, 12, 31)):
            with self.subTest(until), self.assertRaises(UserError):
                target.date_to = until

    def test_what_was_judged_in_a_month_that_is_over_stays_so(self):
        february = datetime(2025, 2, 3, 10)
        inquiry = self.make_answered(february, february + 3 * HOUR, self.anna)
        due = inquiry.answer_target_at
        self.close_on("2025-02-03")
        self.answer.with_user(self.manager).date_to = date(2025, 3, 31)
        while self.answer._apply_all(10):
            self.env.flush_all()
        self.assertEqual(inquiry.answer_target_at, due)

    def test_a_manager_sets_one_from_this_month_on(self):
        targets = self.env["helpdesk.target"].with_user(self.manager)
        values = {"kind": "answer", "team_id": self.vinyl.id}
        with self.assertRaises(UserError):
            targets.create({**values, "date_from": date(2025, 2, 1)})
        target = targets.create(values)
        self.assertEqual(target.date_from, date(2025, 3, 1))
        target.hours = 5
        target.unlink()

    def test_it_is_changed_from_a_month_on(self):
        action = self.answer.with_user(self.manager).action_change()
        changed = (
            self.env["helpdesk.target"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({"hours": 3})
        )
        self.assertEqual(changed.team_id, self.headphones)
        self.assertEqual(changed.date_from, date(2025, 4, 1))
        self.assertEqual(self.answer.date_to, date(2025, 3, 31))
        self.assertEqual(self.answer.date_from, SINCE)
        april = self.make_history(datetime(2025, 4, 1, 8))
        self.assertEqual(april.answer_target_at, datetime(2025, 4, 1, 11))

    def test_a_deleted_one_leaves_its_inquiries_to_the_next(self):
        common = self.make_target(team=self.department, hours=8)
        own = self.make_target(team=self.vinyl, date_from=date(2025, 3, 1))
        inquiry = self.make_history(MONDAY_10)
        inquiry.team_id = self.vinyl
        self.assertEqual(inquiry.answer_target_id, own)
        own.unlink()
        self.assertEqual(inquiry.answer_target_id, common)

    def test_an_employee_reads_what_he_is_judged_by_and_changes_nothing(self):
        target = self.answer.with_user(self.anna)
        self.assertIn("4 working hours", target.formula)
        self.assertFalse(target.has_access("write"))
        clerk = self.make_user("clerk", groups="")
        self.assertFalse(self.answer.with_user(clerk).has_access("read"))
