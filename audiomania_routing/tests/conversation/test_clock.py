# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.conversation.helpdesk_ticket_clock import NEAR
from .common import SECOND, WINDOW, ConversationCase

RESERVED = "inquiry_reserved"
WAITING = "inquiry_waiting"
OVERDUE = "inquiry_overdue"
TEAM = WINDOW
DEPARTMENT = 2 * WINDOW + timedelta(hours=1)
"""Two working hours of the team from twelve on: lunch is from twelve to one."""
SUPERVISORS = DEPARTMENT + WINDOW
BATCH = 200
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestClockAlerts(ConversationCase):
    """When a moment of the ladder is reached, those are told whose it is now."""

    def receive_told(self, to="anna@hifi.example", **values):
        """A conversation about which everybody has been told who is to be told now."""
        with trap_alerts(self):
            return self.receive(to, **values)

    def tick(self):
        """What the job does each minute."""
        return self.env["helpdesk.ticket"]._tell_due(BATCH)

    def get_moments(self, ticket):
        return [
            ticket.exclusive_until,
            ticket.team_visible_from,
            ticket.department_visible_from,
            ticket.supervisors_alerted_from,
        ]

    def test_the_moments_are_those_of_the_rule(self):
        ticket = self.receive_told()
        expected = [TEAM, TEAM, DEPARTMENT, SUPERVISORS]
        self.assertEqual(
            self.get_moments(ticket), [self.now + after for after in expected]
        )

    def test_a_moment_that_is_moved_moves_the_alert_with_it(self):
        ticket = self.receive_told()
        self.assertEqual(ticket.tell_at, self.now + TEAM)
        ticket.team_visible_from = self.now + TEAM / 2
        self.assertEqual(ticket.tell_at, self.now + TEAM / 2)

    def test_a_second_before_the_moment_nobody_is_told(self):
        self.receive_told()
        self.at(TEAM - SECOND)
        with trap_alerts(self) as trap:
            self.assertFalse(self.tick())
            for user in (self.anna, self.boris, self.vera, self.chief):
                trap.assert_not_alerted(user)

    def test_when_the_window_runs_out_the_team_is_told(self):
        ticket = self.receive_told()
        self.at(TEAM)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.boris, WAITING, ticket)
            for user in (self.vera, self.chief, self.leader, self.outsider):
                trap.assert_not_alerted(user)
            self.assertFalse(trap.get_faults())

    def test_whose_window_ran_out_is_told_that_it_is_no_longer_his_alone(self):
        with trap_alerts(self) as trap:
            ticket = self.receive("anna@hifi.example")
            trap.drain()
            self.at(TEAM)
            self.tick()
            trap.assert_withdrawn(self.anna, RESERVED, ticket)
            trap.assert_alerted(self.anna, WAITING, ticket)

    def test_the_addressee_of_another_team_is_told_with_both_teams(self):
        ticket = self.receive_told("vera@hifi.example")
        self.at(TEAM)
        with trap_alerts(self) as trap:
            self.tick()
            for user in (self.anna, self.boris, self.vera):
                trap.assert_alerted(user, WAITING, ticket)

    def test_the_department_is_told_and_the_team_not_again(self):
        ticket = self.receive_told()
        self.at(TEAM)
        with trap_alerts(self):
            self.tick()
        self.at(DEPARTMENT)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.vera, WAITING, ticket)
            for user in (self.anna, self.boris, self.chief, self.leader):
                trap.assert_not_alerted(user)

    def test_at_last_the_supervisors_are_told_and_nobody_else(self):
        ticket = self.receive_told()
        for moment in (TEAM, DEPARTMENT):
            self.at(moment)
            with trap_alerts(self):
                self.tick()
        self.at(SUPERVISORS)
        with trap_alerts(self) as trap:
            self.tick()
            for user in (self.chief, self.leader):
                trap.assert_alerted(user, OVERDUE, ticket)
            for user in (self.anna, self.boris, self.vera, self.manager):
                trap.assert_not_alerted(user)

    def test_clock_that_goes_back_an_hour_tells_nobody_of_a_moment_again(self):
        ticket = self.receive_told()
        self.at(TEAM)
        with trap_alerts(self):
            self.tick()
        for moment in (TEAM - HOUR, TEAM):
            self.at(moment)
            with trap_alerts(self) as trap:
                self.assertFalse(self.tick())
                for user in (self.anna, self.boris, self.vera, self.chief):
                    trap.assert_not_alerted(user)
        self.at(DEPARTMENT)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.vera, WAITING, ticket)
            trap.assert_not_alerted(self.boris)

    def test_clock_that_was_a_day_ahead_told_once_and_what_comes_then_is_told(self):
        self.receive_told()
        self.at(DAY)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.chief, OVERDUE)
        self.at(SECOND)
        later = self.receive_told()
        told = ((DEPARTMENT, self.vera, WAITING), (SUPERVISORS, self.chief, OVERDUE))
        for moment, user, code in told:
            self.at(moment + SECOND)
            with trap_alerts(self) as trap:
                self.assertEqual(self.tick(), 1)
                trap.assert_alerted(user, code, later)
        self.assertEqual(later.told_rung, "supervisors")

    def test_what_came_by_a_clock_that_was_ahead_is_hidden_for_no_longer(self):
        self.at(DAY)
        ticket = self.receive_told()
        due = [moment - DAY for moment in self.get_moments(ticket)]
        self.at(timedelta())
        self.assertEqual(self.tick(), 0)
        self.assertEqual(ticket.waiting_since, self.now)
        self.assertEqual(self.get_moments(ticket), due)
        self.at(TEAM)
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 1)
            trap.assert_alerted(self.boris, WAITING, ticket)

    def test_what_was_told_to_the_end_by_that_clock_is_hidden_from_nobody(self):
        self.at(DAY)
        ticket = self.receive_told()
        self.at(2 * DAY)
        self.tick()
        self.assertFalse(ticket.tell_at)
        self.at(timedelta())
        self.tick()
        self.assertEqual(ticket.waiting_since, self.now)
        self.assertLess(ticket.department_visible_from, self.now + DAY)

    def test_who_took_it_by_that_clock_is_reminded_in_time(self):
        self.at(DAY)
        ticket = self.receive_told()
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
        due = [ticket.answer_reminder_at - DAY, ticket.answer_due_at - DAY]
        self.at(timedelta())
        self.tick()
        self.assertEqual([ticket.answer_reminder_at, ticket.answer_due_at], due)

    def test_who_took_by_that_clock_what_came_by_a_right_one_is_reminded_in_time(self):
        ticket = self.receive_told()
        due = self.take_ahead(ticket)
        self.at(timedelta())
        self.tick()
        self.assertEqual(self.get_term(ticket), [moment - DAY for moment in due])
        self.assertEqual(ticket.assigned_date, self.now)
        self.tick()
        self.assertEqual(self.get_term(ticket), [moment - DAY for moment in due])

    def test_one_that_cannot_be_set_right_keeps_no_other(self):
        tickets = [self.receive_told() for _each in range(2)]
        for ticket in tickets:
            due = self.take_ahead(ticket)
        kind = self.registry["helpdesk.ticket"]
        sound = kind._take_sooner

        def take_sooner(ticket, by):
            if ticket == tickets[0]:
                raise ValueError
            sound(ticket, by)

        self.at(timedelta())
        with patch.object(kind, "_take_sooner", take_sooner):
            with self.assertLogs("odoo.addons.audiomania_alerts.clock_ahead"):
                self.tick()
        self.assertEqual(self.get_term(tickets[0]), due)
        self.assertEqual(self.get_term(tickets[1]), [moment - DAY for moment in due])

    def take_ahead(self, ticket):
        """Anna takes it by a clock that is a day ahead; her term."""
        self.at(DAY)
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
        return self.get_term(ticket)

    def get_term(self, ticket):
        return [ticket.answer_reminder_at, ticket.answer_due_at]

    def test_answer_of_a_clock_that_went_back_took_no_negative_time(self):
        ticket = self.receive_told()
        self.at(-HOUR)
        with trap_alerts(self):
            ticket.with_user(self.anna).action_take()
            self.reply(ticket, self.anna)
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "answered")
        names = [name for name in inquiry._fields if "hours_to_" in name]
        self.assertEqual({inquiry[name] for name in names}, {0.0})
        lines = ticket.message_ids.sorted("id").mapped("message_type")
        self.assertEqual(
            [kind for kind in lines if kind != "notification"][-1:], ["comment"]
        )

    def test_without_a_leader_the_managers_are_the_supervisors(self):
        (self.headphones | self.department).user_id = False
        ticket = self.receive_told()
        self.at(SUPERVISORS)
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.manager, OVERDUE, ticket)

    def test_with_an_unknown_audience_the_department_follows_the_window(self):
        ticket = self.receive_told(sender="stranger@customer.example")
        self.assertFalse(ticket.team_visible_from)
        self.at(TEAM)
        with trap_alerts(self) as trap:
            self.tick()
            for user in (self.anna, self.boris, self.vera):
                trap.assert_alerted(user, WAITING, ticket)

    def test_each_rung_is_told_once(self):
        self.receive_told()
        for moment in (TEAM, DEPARTMENT, SUPERVISORS):
            self.at(moment)
            self.assertEqual(self.tick(), 1)
            self.at(moment + timedelta(minutes=1))
            self.assertEqual(self.tick(), 0)

    def test_what_was_told_at_its_beginning_is_not_told_by_the_clock(self):
        ticket = self.receive_told("info@hifi.example")
        self.assertEqual(ticket.told_rung, "team")
        self.assertEqual(ticket.tell_at, ticket.department_visible_from)
        self.assertEqual(self.tick(), 0)

    def test_any_news_does_not_start_it_anew(self):
        ticket = self.receive_told()
        self.at(TEAM)
        with trap_alerts(self):
            self.tick()
        with trap_alerts(self) as trap:
            self.receive(reply_to=ticket.inquiry_ids.message_id)
            self.assertEqual(self.tick(), 0)
            trap.assert_not_alerted(self.boris)

    def test_what_was_taken_or_worked_out_is_told_to_nobody(self):
        self.env["routing.policy"].create(
            {"company_id": self.company.id, "answer_within": 0}
        )
        taken, answered, thanks = (self.receive_told() for _each in range(3))
        taken.with_user(self.anna).action_take()
        self.reply(answered, self.anna)
        thanks.with_user(self.anna).action_no_action_required()
        self.at(SUPERVISORS)
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 0)
            for user in (self.anna, self.boris, self.vera, self.chief, self.leader):
                trap.assert_not_alerted(user)

    def test_a_new_inquiry_in_an_answered_conversation_is_told_of(self):
        ticket = self.receive_told()
        self.at(TEAM)
        self.tick()
        self.reply(ticket, self.anna)
        with trap_alerts(self):
            self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(ticket.addressee_id, self.anna)
        self.assertEqual(ticket.told_rung, "window")
        self.at(TEAM + WINDOW + timedelta(hours=1))
        with trap_alerts(self) as trap:
            self.tick()
            trap.assert_alerted(self.boris, WAITING, ticket)

    def test_after_a_downtime_each_is_told_once_and_of_the_rung_it_stands_on(self):
        ticket = self.receive_told()
        answered = self.receive_told()
        self.at(DEPARTMENT + timedelta(hours=1))
        self.reply(answered, self.anna)
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 1)
            told = [self.anna, self.boris, self.vera]
            for user in told:
                trap.assert_alerted(user, WAITING, ticket)
                trap.assert_not_alerted(user, record=answered)
            new = [one.user_id for one in trap.trapped if one.state == "new"]
            self.assertEqual(sorted(new), sorted(user.id for user in told))
            self.assertEqual(self.tick(), 0)

    def test_the_alert_of_the_supervisors_ends_when_it_is_taken(self):
        with trap_alerts(self) as trap:
            ticket = self.receive("anna@hifi.example")
            self.at(SUPERVISORS)
            self.tick()
            trap.assert_alerted(self.chief, OVERDUE, ticket)
            ticket.with_user(self.boris).action_take()
            trap.assert_withdrawn(self.chief, OVERDUE, ticket)
            trap.assert_withdrawn(self.boris, WAITING, ticket)

    def test_undone_the_clock_goes_on(self):
        ticket = self.receive_told()
        self.at(TEAM)
        self.tick()
        ticket.with_user(self.anna).action_no_action_required()
        self.assertFalse(ticket.tell_at)
        ticket.with_user(self.anna).action_undo_no_action()
        self.assertEqual(ticket.told_rung, "team")
        self.assertEqual(ticket.tell_at, ticket.department_visible_from)

    def test_what_is_given_back_is_told_from_the_beginning(self):
        ticket = self.receive_told()
        self.at(TEAM)
        self.tick()
        ticket.with_user(self.anna).action_take()
        ticket.user_id = False
        with trap_alerts(self) as trap:
            self.assertEqual(self.tick(), 1)
            trap.assert_alerted(self.boris, WAITING, ticket)

    def test_one_that_cannot_be_told_keeps_nobody_else_from_his_alert(self):
        broken, other = self.receive_told(), self.receive_told()
        kind = type(self.env["helpdesk.ticket"])
        tell = kind._tell

        def fails(ticket, now):
            if ticket == broken:
                raise ValueError("Nobody knows")
            return tell(ticket, now)

        self.at(TEAM)
        with trap_alerts(self) as trap, patch.object(kind, "_tell", fails):
            self.assertEqual(self.tick(), 2)
            trap.assert_alerted(self.boris, WAITING, other)
            self.assertEqual(trap.get_faults(), ["ValueError: Nobody knows"])
            self.assertEqual(self.tick(), 0, "and is not tried each minute")

    def test_batches_go_on_where_the_last_one_ended(self):
        tickets = [self.receive_told() for _each in range(3)]
        self.at(TEAM)
        done = [self.env["helpdesk.ticket"]._tell_due(2) for _each in range(3)]
        self.assertEqual(done, [2, 1, 0])
        self.assertEqual({ticket.told_rung for ticket in tickets}, {"team"})

    def test_what_is_due_before_any_moment_waits_for_its_moment(self):
        ticket = self.receive_told()
        moment = ticket.tell_at
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET tell_at = %s WHERE id = %s",
            (self.now - SECOND, ticket.id),
        )
        ticket.invalidate_recordset()
        with trap_alerts(self):
            self.assertEqual(self.tick(), 1)
            self.assertEqual(ticket.tell_at, moment)
            self.assertFalse(self.tick())

    def test_the_job_runs_each_minute(self):
        job = self.env.ref("audiomania_routing.ir_cron_tell")
        self.assertTrue(job.active)
        self.assertEqual((job.interval_number, job.interval_type), (1, "minutes"))

    def test_looking_for_what_is_due_reads_an_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM helpdesk_ticket WHERE tell_at <= now() "
            "ORDER BY tell_at, id LIMIT 200"
        )
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("helpdesk_ticket_tell_at_idx", plan)


@tagged("post_install", "-at_install")
class TestClockMoments(ConversationCase):
    """An open screen knows its next moment; more than the moment is not told."""

    def get_next(self, user):
        found = self.env["helpdesk.ticket"].with_user(user).get_next_moment()
        now = fields.Datetime.to_string(fields.Datetime.now())
        self.assertEqual(found["now"], now)
        self.assertEqual(timedelta(seconds=found["near"]), NEAR)
        return found["at"] and fields.Datetime.to_datetime(found["at"]) - self.now

    def test_with_nothing_to_come_there_is_none(self):
        for user in (self.anna, self.boris, self.chief, self.manager):
            self.assertFalse(self.get_next(user))

    def test_each_has_the_moment_at_which_something_changes_for_him(self):
        self.receive("anna@hifi.example")
        self.assertEqual(self.get_next(self.anna), TEAM)
        self.assertEqual(self.get_next(self.boris), TEAM)
        self.assertEqual(self.get_next(self.vera), DEPARTMENT)
        self.assertEqual(self.get_next(self.chief), TEAM)
        self.assertEqual(self.get_next(self.manager), TEAM)
        self.assertFalse(self.get_next(self.outsider))

    def test_at_the_moment_itself_it_is_the_one_after(self):
        self.receive("anna@hifi.example")
        self.at(TEAM - SECOND)
        self.assertEqual(self.get_next(self.boris), TEAM)
        self.at(TEAM)
        self.assertEqual(self.get_next(self.boris), DEPARTMENT)
        self.at(DEPARTMENT)
        self.assertFalse(self.get_next(self.boris))
        self.assertEqual(self.get_next(self.manager), SUPERVISORS)

    def test_it_is_right_before_the_job_has_run(self):
        self.receive("anna@hifi.example")
        self.at(DEPARTMENT - SECOND)
        self.assertEqual(self.get_next(self.vera), DEPARTMENT)

    def test_what_was_taken_comes_back_when_its_answer_is_due(self):
        taken = self.receive("anna@hifi.example")
        taken.with_user(self.anna).action_take()
        for user in (self.anna, self.boris, self.chief):
            self.assertEqual(self.get_next(user), timedelta(hours=2))

    def test_what_was_taken_without_a_term_or_worked_out_has_none(self):
        self.env["routing.policy"].create(
            {"company_id": self.company.id, "answer_within": 0}
        )
        taken = self.receive("anna@hifi.example")
        taken.with_user(self.anna).action_take()
        self.reply(self.receive("anna@hifi.example"), self.anna)
        for user in (self.anna, self.boris, self.vera, self.chief):
            self.assertFalse(self.get_next(user))

    def test_another_company_is_not_heard_of(self):
        self.receive("anna@hifi.example")
        other = self.env["res.company"].create({"name": "Another"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        tickets = self.env["helpdesk.ticket"].with_user(self.manager)
        found = tickets.with_context(allowed_company_ids=other.ids).get_next_moment()
        self.assertFalse(found["at"])

    def test_it_costs_the_same_whatever_waits(self):
        def count_queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get_next(self.boris)
            return self.env.cr.sql_log_count - before

        self.receive("anna@hifi.example")
        count_queries()
        one = count_queries()
        for _each in range(3):
            self.receive("anna@hifi.example")
        self.env.flush_all()
        self.assertEqual(count_queries(), one)

    # Pushed

    def get_pushed(self, function):
        """[(channel, moment after ten)] of what is sent to open screens."""
        self.env.cr.precommit.run()
        last = self.env["bus.bus"]._bus_last_id()
        function()
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([("id", ">", last)])
        found = []
        for channel, message in sent.mapped(lambda one: (one.channel, one.message)):
            content = json.loads(message)
            if content["type"] == "routing_clock/changed":
                self.assertEqual(set(content["payload"]), {"at", "now"})
                at = fields.Datetime.to_datetime(content["payload"]["at"])
                found.append((tuple(json.loads(channel)[1:]), at - self.now))
        return found

    def test_open_screens_learn_of_a_new_moment_that_is_near(self):
        channel = ("helpdesk.ticket.team", self.department.id, "routing_clock")
        ticket = self.receive("anna@hifi.example")
        near = {"exclusive_until": self.now + NEAR}
        pushed = self.get_pushed(lambda: ticket.write(near))
        self.assertEqual(pushed, [(channel, NEAR)])

    def test_no_screen_is_woken_by_a_moment_for_which_it_asks_in_time(self):
        self.assertEqual(self.get_pushed(lambda: self.receive("anna@hifi.example")), [])
        ticket = self.receive("anna@hifi.example")
        later = {"exclusive_until": self.now + NEAR + timedelta(seconds=1)}
        self.assertEqual(self.get_pushed(lambda: ticket.write(later)), [])

    def test_what_its_whole_department_sees_at_once_has_the_supervisors_moment(self):
        ticket = self.receive("info@hifi.example", sender="stranger@c.example")
        near = {"supervisors_alerted_from": self.now + NEAR}
        pushed = self.get_pushed(lambda: ticket.write(near))
        self.assertEqual([moment for _channel, moment in pushed], [NEAR])

    def test_working_out_sends_no_moment(self):
        ticket = self.receive("anna@hifi.example")
        ticket.write({"exclusive_until": self.now + NEAR})
        self.assertFalse(
            self.get_pushed(ticket.with_user(self.anna).action_no_action_required)
        )

    def test_an_employee_hears_his_departments_and_companies_only(self):
        another = self.make_team("Wholesale", [self.outsider])
        places = {
            user: self.env["res.users"].browse(user.id)._get_clock_places()
            for user in (self.boris, self.outsider, self.leader, self.manager)
        }
        self.assertIn(self.department, places[self.boris])
        self.assertNotIn(another, places[self.boris])
        self.assertIn(another, places[self.outsider])
        self.assertNotIn(self.department, places[self.outsider])
        self.assertIn(self.department, places[self.leader])
        self.assertTrue({another, self.department} < set(places[self.manager]))
