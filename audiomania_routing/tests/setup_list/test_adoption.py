# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.intake.helpdesk_ticket_by_hand import NOT_ASKED
from ...models.setup_list import helpdesk_ticket_adoption
from ..conversation.common import ConversationCase

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestAdoption(ConversationCase):
    """Tickets of before the installation get inquiries for what is unanswered."""

    def setUp(self):
        super().setUp()
        # Nobody else's open tickets are looked at.
        self.env["helpdesk.ticket"].search([]).active = False
        self.runs = self.env["helpdesk.ticket.adoption"].with_user(self.manager)
        self.runs = self.runs.with_company(self.company)

    def make_old(self, **values):
        """A ticket as it was before: no message, no inquiry."""
        return (
            self.env["helpdesk.ticket"]
            .with_context(**{NOT_ASKED: True})
            .create(
                {
                    "name": "A question",
                    "description": "<p><br></p>",
                    "company_id": self.company.id,
                    "partner_id": self.customer.id,
                    "partner_email": self.customer.email,
                    "team_id": self.headphones.id,
                    "user_id": False,
                    **values,
                }
            )
        )

    def say(self, ticket, ago, author=None, **values):
        """A message as the host alone would have stored it."""
        return self.env["mail.message"].create(
            {
                "model": "helpdesk.ticket",
                "res_id": ticket.id,
                "body": "Do you have it in green?",
                "author_id": (author or self.customer).id,
                "message_type": "email",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "date": self.now - ago,
                **values,
            }
        )

    def answer(self, ticket, ago, user=None, **values):
        author = (user or self.anna).partner_id
        values.setdefault("message_type", "comment")
        return self.say(ticket, ago, author, **values)

    def run_all(self, **values):
        """Start it, and let the job work; its last state."""
        run = self.runs.browse(self.runs.action_open_current()["res_id"])
        if values:
            run.write(values)
        run.action_start()
        self.work()
        return run

    def work(self):
        with patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 60
        ):
            self.env["helpdesk.ticket.adoption"]._cron_adopt()
        self.env.invalidate_all()

    # What is unanswered

    def test_what_came_after_the_last_answer_waits_since_it_came(self):
        ticket = self.make_old()
        self.say(ticket, 3 * DAY)
        self.answer(ticket, 2 * DAY)
        second = self.say(ticket, DAY)
        third = self.say(ticket, HOUR)
        run = self.run_all()
        self.assertEqual(ticket.inquiry_ids.message_id, second | third)
        self.assertEqual(set(ticket.inquiry_ids.mapped("state")), {"pending"})
        self.assertEqual(ticket.waiting_since, self.now - DAY)
        self.assertTrue(all(ticket.inquiry_ids.mapped("is_from_before")))
        self.assertEqual(
            (run.state, run.total, run.done, run.made_count), ("done", 1, 1, 1)
        )
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertTrue(ticket.ladder_active)
        self.assert_told_apart(ticket.inquiry_ids)

    def assert_told_apart(self, inquiries):
        """The analysis counts them by themselves, or without them."""
        report = self.env["helpdesk.inquiry.report"].with_user(self.manager)
        report = report.with_company(self.company)
        for is_before, ids in ((True, inquiries.ids), (False, [])):
            found = report.search(
                [("is_from_before", "=", is_before), ("id", "in", inquiries.ids)]
            )
            self.assertEqual(sorted(found.ids), sorted(ids))

    def test_a_letter_from_the_future_waits_since_now(self):
        ticket = self.make_old()
        self.say(ticket, -30 * DAY)
        self.run_all()
        self.assertEqual(ticket.waiting_since, self.now)

    def test_others_in_copy_of_a_letter_are_said(self):
        ticket = self.make_old()
        self.say(
            ticket,
            DAY,
            email_from=self.customer.email,
            incoming_email_to="headphones@hifi.example",
            incoming_email_cc="forum@elsewhere.example",
        )
        self.run_all()
        self.assertEqual(ticket.inquiry_ids.outsiders, "forum@elsewhere.example")
        self.assertTrue(ticket.is_public)

    def test_what_was_answered_stays_as_it_is(self):
        ticket = self.make_old()
        self.say(ticket, 2 * DAY)
        self.answer(ticket, DAY)
        self.run_all()
        self.assertFalse(ticket.inquiry_ids)
        self.assertFalse(ticket.ladder_active)

    def test_an_employee_who_has_left_has_answered(self):
        ticket = self.make_old()
        self.say(ticket, 2 * DAY)
        self.answer(ticket, DAY, self.outsider)
        self.outsider.active = False
        self.run_all()
        self.assertFalse(ticket.inquiry_ids)

    def test_a_note_and_what_odoo_wrote_answer_nothing(self):
        ticket = self.make_old()
        self.say(ticket, 2 * DAY)
        note = self.env.ref("mail.mt_note")
        self.answer(ticket, DAY, subtype_id=note.id)
        self.answer(ticket, DAY, self.env.ref("base.user_root"))
        self.answer(ticket, DAY, message_type="notification")
        self.run_all()
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_a_ticket_of_the_form_asks_by_its_description(self):
        phone = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        ticket = self.make_old(
            description="<p>Do you have it in green?</p>", channel_id=phone.id
        )
        silent = self.make_old()
        self.run_all()
        self.assertEqual(ticket.inquiry_ids.channel_id, phone)
        self.assertEqual(ticket.inquiry_ids.excerpt, "Do you have it in green?")
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)
        self.assertFalse(silent.inquiry_ids)

    def test_closed_archived_and_spam_stay_as_they_are(self):
        closed = self.make_old(
            stage_id=self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done").id
        )
        archived, spam = self.make_old(), self.make_old()
        for ticket in closed | archived | spam:
            self.say(ticket, DAY)
        archived.active = False
        self.env["mail.intake.sender"].create(
            {"address": self.customer.email, "company_id": self.company.id}
        )
        run = self.run_all()
        self.assertFalse((closed | archived | spam).inquiry_ids)
        self.assertEqual(run.total, 1)

    def test_who_waits_since_years_ago_stays_out_and_is_counted(self):
        old, newer = self.make_old(), self.make_old()
        self.say(old, 31 * DAY)
        self.say(newer, 29 * DAY)
        run = self.run_all()
        self.assertFalse(old.inquiry_ids)
        self.assertTrue(newer.inquiry_ids)
        self.assertEqual((run.made_count, run.old_count), (1, 1))
        again = self.runs.browse(run.action_again()["res_id"])
        self.assertEqual(self.run_all(days=60), again)
        self.assertTrue(old.inquiry_ids)

    def test_more_days_than_a_calendar_has_are_all_of_them(self):
        ticket = self.make_old()
        self.say(ticket, 400 * DAY)
        run = self.run_all(days=9_999_999)
        self.assertTrue(ticket.inquiry_ids)
        self.assertFalse(run.failed_count)

    def test_other_companies_are_not_touched(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        ticket = self.make_old(company_id=other.id, team_id=False)
        self.say(ticket, DAY)
        self.assertEqual(self.run_all().total, 0)
        self.assertFalse(ticket.inquiry_ids)

    # Whose it is

    def test_who_has_a_ticket_keeps_it(self):
        ticket = self.make_old(user_id=self.anna.id)
        self.say(ticket, DAY)
        self.run_all()
        self.assertEqual(ticket.user_id, self.anna)
        self.assertTrue(ticket.answer_due_at)
        self.assertEqual(ticket.with_user(self.anna).queue, "mine")

    def test_the_ticket_of_who_has_left_waits_for_his_team(self):
        ticket = self.make_old(user_id=self.anna.id)
        self.say(ticket, DAY)
        self.anna.active = False
        self.run_all()
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.with_user(self.boris).queue, "team")

    def test_nobody_is_told_of_each_but_each_team_once(self):
        with trap_alerts(self) as trap:
            for holder in (self.anna, self.boris, None):
                ticket = self.make_old(user_id=holder.id if holder else False)
                self.say(ticket, DAY)
            self.run_all()
            trap.assert_alerted(self.anna, "tickets_adopted", self.headphones)
            trap.assert_alerted(self.chief, "tickets_adopted", self.headphones)
            trap.assert_not_alerted(self.vera)
            self.assertEqual({one.code for one in trap.trapped}, {"tickets_adopted"})
        self.at(30 * DAY)
        with trap_alerts(self) as trap:
            self.env["helpdesk.ticket"]._tell_due(100)
            for user in self.anna | self.boris | self.chief | self.leader:
                trap.assert_not_alerted(user)

    def test_who_has_no_part_in_customer_service_is_told_of_none(self):
        clerk = self.make_user("clerk", groups="")
        ticket = self.make_old()
        self.say(ticket, DAY, incoming_email_to=clerk.email)
        with trap_alerts(self) as trap:
            self.run_all()
            self.assertEqual(ticket.inquiry_ids.recipient_emails, clerk.email)
            trap.assert_not_alerted(clerk)

    def test_a_customer_gets_no_letter_because_the_team_has_other_stages(self):
        stages = self.env["helpdesk.ticket.stage"]
        own = stages.create({"name": "At the desk", "team_ids": self.vinyl.ids})
        stages.search([("id", "!=", own.id)]).mail_template_id = self.env.ref(
            "helpdesk_mgmt.changed_stage_template"
        )
        ticket = self.make_old(team_id=self.vinyl.id, stage_id=own.id)
        self.say(ticket, DAY)
        self.env.cr.flush()
        before = ticket.message_ids
        # As the job does it: in a context that keeps nothing quiet.
        loud = self.env(context={})
        loud["helpdesk.ticket"].browse(ticket.id)._adopt(30)
        loud.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertNotEqual(ticket.stage_id, own)
        self.assertEqual(ticket.message_ids, before)

    def test_open_screens_follow_its_moments_and_nobody_is_told(self):
        ticket, held = self.make_old(), self.make_old(user_id=self.boris.id)
        for one in ticket | held:
            self.say(one, DAY)
        self.run_all()
        for one, moment in (
            (ticket, ticket.department_visible_from),
            (held, held.answer_due_at),
        ):
            one.invalidate_recordset()
            self.assertGreater(moment, self.now)
            self.assertTrue(self.now < one.tell_at <= moment)
        screen = self.env["helpdesk.ticket"].with_user(self.anna)
        first = min(ticket.department_visible_from, held.answer_due_at)
        self.assertEqual(screen.get_next_moment()["at"], str(first))
        self.at(2 * DAY)
        self.env["helpdesk.ticket"]._tell_due(100)
        self.assertFalse((ticket | held).filtered("tell_at"))
        self.assertEqual(set((ticket | held).mapped("told_rung")), {"silent"})

    def test_decided_again_it_is_still_told_to_nobody(self):
        ticket = self.make_old()
        self.say(ticket, DAY)
        self.run_all()
        self.assertNotIn(self.vera, ticket._get_users_to_alert())
        with trap_alerts(self) as trap:
            self.audience.team_id = self.vinyl
            ticket._decide_again({ticket.id: "The audience has another team."})
            self.assertIn(self.vera, ticket._get_users_to_alert())
            trap.assert_not_alerted(self.vera)
        self.assertEqual(ticket.told_rung, "silent")

    def test_whoever_takes_it_is_reminded_as_always(self):
        ticket = self.make_old()
        self.say(ticket, DAY)
        self.run_all()
        self.at(5 * HOUR)
        ticket.with_user(self.boris).action_take()
        self.assertTrue(ticket.tell_at)

    def test_a_new_letter_is_told_as_any_other(self):
        waiting, held = self.make_old(), self.make_old(user_id=self.anna.id)
        for ticket in waiting | held:
            self.say(ticket, DAY)
        self.run_all()
        with trap_alerts(self) as trap:
            for ticket in waiting | held:
                self.receive(reply_to=ticket.inquiry_ids.message_id)
            for ticket in waiting | held:
                self.assertEqual(len(ticket.inquiry_ids), 2)
            trap.assert_alerted(self.anna, "inquiry_reserved", waiting)
        self.at(DAY)
        with trap_alerts(self) as trap:
            self.env["helpdesk.ticket"]._tell_due(100)
            trap.assert_alerted(self.chief, "inquiry_overdue", waiting)
            trap.assert_alerted(self.chief, "inquiry_unanswered", held)

    def test_a_new_letter_that_is_merged_into_it_is_told_as_any_other(self):
        held = self.make_old(user_id=self.boris.id)
        self.say(held, timedelta(days=2))
        self.run_all()
        fresh = self.receive(sender=held.partner_email, subject="Another question")
        self.assertNotEqual(fresh, held)
        with trap_alerts(self):
            held.with_user(self.chief)._merge(fresh)
        self.assertNotEqual(held.told_rung, "silent")
        self.assertTrue(held.tell_at)

    def test_no_target_is_missed_by_what_nobody_could_keep(self):
        self.env["helpdesk.target"].create(
            {
                "kind": "answer",
                "hours": 1,
                "company_id": self.company.id,
                "team_id": self.headphones.id,
            }
        )
        ticket = self.make_old()
        self.say(ticket, DAY)
        self.run_all()
        self.assertFalse(ticket.inquiry_ids.answer_target_at)
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        newest = ticket.inquiry_ids.filtered(lambda one: not one.is_from_before)
        self.assertTrue(newest.answer_target_at)

    def test_a_context_of_a_caller_silences_nobody(self):
        with trap_alerts(self) as trap:
            ticket = self.make_old()
            self.env["helpdesk.inquiry"].with_context(routing_adopting=True).create(
                {"ticket_id": ticket.id, "partner_id": self.customer.id}
            )
            trap.drain()
            self.assertIn(ticket.id, {one.res_id for one in trap.trapped})

    # Stopped, killed, twice

    def test_stopped_it_goes_on_where_it_was(self):
        tickets = self.make_old() | self.make_old() | self.make_old()
        for ticket in tickets:
            self.say(ticket, DAY)
        with patch.object(helpdesk_ticket_adoption, "BATCH", 1):
            run = self.runs.browse(self.runs.action_open_current()["res_id"])
            run.action_start()
            run.sudo()._adopt_batch()
            run.action_stop()
            self.work()
            self.assertEqual((run.state, run.done), ("stopped", 1))
            self.assertAlmostEqual(run.progress, 100 / 3)
            self.assertEqual(len(tickets.inquiry_ids), 1)
            run.action_continue()
            self.work()
        self.assertEqual((run.state, run.done, run.made_count), ("done", 3, 3))
        self.assertEqual(len(tickets.inquiry_ids), 3)

    def test_a_batch_that_is_rolled_back_is_done_again_and_nothing_twice(self):
        ticket = self.make_old()
        self.say(ticket, DAY)
        run = self.runs.browse(self.runs.action_open_current()["res_id"])
        run.action_start()
        self.env.flush_all()
        with self.env.cr.savepoint() as killed:
            run.sudo()._adopt_batch()
            self.env.flush_all()
            self.assertEqual(len(ticket.inquiry_ids), 1)
            killed.rollback()
        self.env.invalidate_all()
        self.work()
        self.assertEqual((run.state, run.done), ("done", 1))
        self.assertEqual(len(ticket.inquiry_ids), 1)
        run.action_again()
        self.assertEqual(self.run_all().total, 0)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_one_that_fails_keeps_no_other_from_it(self):
        good, bad = self.make_old(), self.make_old(name="Broken")
        for ticket in good | bad:
            self.say(ticket, DAY)
        kind = self.registry["helpdesk.ticket"]
        prepare = kind._prepare_adopted_vals

        def fails(ticket, message):
            if ticket.name == "Broken":
                raise ZeroDivisionError("half")
            return prepare(ticket, message)

        module = "odoo.addons.audiomania_routing.models.setup_list"
        with (
            patch.object(kind, "_prepare_adopted_vals", fails),
            mute_logger(f"{module}.helpdesk_ticket_adoption"),
        ):
            run = self.run_all()
        self.assertTrue(good.inquiry_ids)
        self.assertEqual((run.state, run.made_count, run.failed_count), ("done", 1, 1))

    def test_twice_as_many_are_no_more_queries_to_find(self):
        tickets = self.env["helpdesk.ticket"]
        for _number in range(4):
            ticket = self.make_old()
            self.say(ticket, DAY)
            tickets |= ticket
        self.count(tickets)
        self.assertEqual(self.count(tickets[:2]), self.count(tickets))

    def count(self, tickets):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        tickets._find_unanswered()
        return self.env.cr.sql_log_count - before

    # The step, and who may

    def test_the_step_is_done_when_they_were_looked_at(self):
        step = self.env.ref("audiomania_routing.setup_step_existing")
        step = step.with_user(self.manager).with_company(self.company)
        self.assertTrue(step.is_done, step.finding)
        self.say(self.make_old(), DAY)
        step.invalidate_recordset()
        self.assertFalse(step.is_done, step.finding)
        self.assertEqual(step.action_open()["res_model"], self.runs._name)
        self.run_all()
        step.invalidate_recordset()
        self.assertTrue(step.is_done, step.finding)
        self.assertIn("1 got inquiries", step.finding)
        self.say(self.make_old(), 31 * DAY)
        self.runs.search([]).action_again()
        step.invalidate_recordset()
        self.assertTrue(step.is_done, "Looking at the button undoes nothing.")

    def test_it_is_for_managers_who_cannot_forge_how_far_it_is(self):
        run = self.runs.browse(self.runs.action_open_current()["res_id"])
        for call in (
            lambda: self.runs.with_user(self.anna).action_open_current(),
            lambda: run.with_user(self.anna).action_start(),
            lambda: run.write({"done": 5}),
            lambda: run.write({"state": "done"}),
            lambda: self.runs.create({"days": 3}),
        ):
            with self.assertRaises(AccessError):
                call()
        run.action_start()
        for call in (run.action_start, lambda: run.write({"days": 3})):
            with self.assertRaises(UserError):
                call()
