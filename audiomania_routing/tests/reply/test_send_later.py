# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import DAY, HOUR, ReplyCase

HELD = "reply_held"
MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestSendLater(ReplyCase):
    """A reply that is sent later works out the inquiry when it is sent."""

    def schedule(self, delta=HOUR, **values):
        ticket = self.ticket.with_user(self.anna)
        values.setdefault("routing_seen", ticket.seen_token)
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.anna)
            .create(
                {
                    "model": "helpdesk.ticket",
                    "res_ids": str(ticket.ids),
                    "body": "Yes, in green.",
                    "composition_mode": "comment",
                    "partner_ids": [(6, 0, self.customer.ids)],
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "scheduled_date": fields.Datetime.to_string(self.now + delta),
                    **values,
                }
            )
        )
        composer.action_schedule_message()
        return self.env["mail.scheduled.message"].search(
            [("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        )

    def run_job(self, delta):
        self.at(delta)
        with self.mock_mail_gateway(), trap_alerts(self) as trap:
            self.env["mail.scheduled.message"]._post_messages_cron()
            trap.drain()
            return trap

    def test_it_is_pending_until_it_is_sent(self):
        message = self.schedule()
        self.assertEqual(self.inquiry.state, "pending")
        self.run_job(HOUR)
        self.assertFalse(message.exists())
        self.assertEqual(self.inquiry.state, "answered")
        self.assertEqual(self.inquiry.worked_out_by_id, self.anna)
        self.assertEqual(self._new_mails.recipient_ids, self.customer)

    def test_what_has_happened_until_then_stops_it_and_nothing_is_lost(self):
        message = self.schedule()
        self.at(MINUTE)
        self.receive(reply_to=self.inquiry.message_id, subject="Re:", body="In blue.")
        trap = self.run_job(HOUR)
        self.assertTrue(message.exists())
        self.assertIn("In blue", message.held_reason)
        self.assertIn("Yes, in green.", message.body)
        self.assertFalse(self._new_mails)
        self.assertEqual(self.inquiry.state, "pending")
        self.assertIn((self.anna.id, HELD), [(t.user_id, t.code) for t in trap.trapped])

    def test_its_writer_sends_it_by_hand_and_the_alert_goes(self):
        message = self.schedule()
        self.at(MINUTE)
        self.receive(reply_to=self.inquiry.message_id, subject="Re:", body="In blue.")
        self.run_job(HOUR)
        with trap_alerts(self) as trap, self.mock_mail_gateway():
            message.with_user(self.anna).post_message()
            trap.drain()
        self.assertFalse(message.exists())
        states = set(self.ticket.inquiry_ids.mapped("state"))
        self.assertEqual(states, {"answered"})

    def test_of_several_that_are_due_the_others_leave(self):
        held = self.schedule()
        self.at(MINUTE)
        self.receive(reply_to=self.inquiry.message_id, subject="Re:", body="In blue.")
        fresh = self.schedule(body="Or in blue.") - held
        self.run_job(HOUR)
        self.assertTrue(held.exists())
        self.assertFalse(fresh.exists())

    def test_a_promise_goes_with_it(self):
        until = fields.Datetime.to_string(self.now + 3 * DAY)
        self.schedule(routing_promise='{"until": "%s"}' % until)
        self.assertFalse(self.inquiry.promised_for)
        self.run_job(HOUR)
        self.assertEqual(self.inquiry.state, "pending")
        self.assertEqual(self.inquiry.promised_for, self.now + 3 * DAY)

    def test_what_is_promised_comes_after_the_letter(self):
        until = fields.Datetime.to_string(self.now + HOUR)
        with self.assertRaisesRegex(UserError, "after the letter"):
            self.schedule(DAY, routing_promise='{"until": "%s"}' % until)

    def test_a_promise_that_cannot_be_given_any_more_holds_it(self):
        until = fields.Datetime.to_string(self.now + 3 * DAY)
        message = self.schedule(routing_promise='{"until": "%s"}' % until)
        self.make_policy(promise_days=1)
        self.run_job(HOUR)
        self.assertIn("at most", message.held_reason)

    def test_whose_conversation_it_is_no_more_gets_back_what_he_wrote(self):
        message = self.schedule(routing_seen=False)
        self.make_policy(team_reads_taken=False)
        self.ticket.with_user(self.chief).action_take_away("He is ill")
        self.assertFalse(self.ticket.with_user(self.anna).has_access("read"))
        with self.mock_mail_gateway():
            self.at(HOUR)
            self.env["mail.scheduled.message"]._post_messages_cron()
        self.assertFalse(message.exists())
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.anna.partner_id.ids)], limit=1
        )
        self.assertIn("Yes, in green.", told.body)

    def test_the_composer_promises_when_it_sends_at_once(self):
        until = fields.Datetime.to_string(self.now + DAY)
        self.env["mail.compose.message"].with_user(self.anna).create(
            {
                "model": "helpdesk.ticket",
                "res_ids": str(self.ticket.ids),
                "body": "Tomorrow.",
                "composition_mode": "comment",
                "partner_ids": [(6, 0, self.customer.ids)],
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "routing_promise": '{"until": "%s"}' % until,
            }
        ).action_send_mail()
        self.assertEqual(self.inquiry.promised_for, self.now + DAY)
        self.assertEqual(self.inquiry.state, "pending")

    def test_where_its_conversation_is_merged_it_answers_the_whole(self):
        survivor = self.make_conversation()
        message = self.schedule(routing_seen=False)
        survivor.with_user(self.chief)._merge(self.ticket.with_user(self.chief))
        self.assertEqual(message.res_id, survivor.id)
        self.run_job(HOUR)
        self.assertFalse(message.exists())
        self.assertEqual(set(survivor.inquiry_ids.mapped("state")), {"answered"})

    def test_its_writer_is_told_of_the_merged_one_what_holds_it(self):
        survivor = self.make_conversation()
        message = self.schedule()
        self.at(MINUTE)
        self.receive(reply_to=self.inquiry.message_id, subject="Re:", body="In blue.")
        self.run_job(HOUR)
        with trap_alerts(self) as trap:
            survivor.with_user(self.chief)._merge(self.ticket.with_user(self.chief))
            trap.assert_alerted(self.anna, HELD, survivor)
        self.assertTrue(message.held_reason)

    def test_one_that_cannot_be_judged_keeps_no_other_one(self):
        odd = self.schedule()
        odd.send_context = {"routing_seen": '{"message": 1e999}'}
        worse = self.schedule(body="Or in blue.") - odd
        worse.send_context = [7]
        fresh = self.schedule(body="Or in red.") - odd - worse
        self.run_job(HOUR)
        self.assertFalse(fresh.exists())
        self.assertEqual(self.inquiry.state, "answered")
