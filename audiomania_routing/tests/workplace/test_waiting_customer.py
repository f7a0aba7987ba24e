# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..conversation.common import ConversationCase

DAYS = timedelta(days=14)
SECOND = timedelta(seconds=1)


@tagged("post_install", "-at_install")
class TestWaitingCustomer(ConversationCase):
    """After an answer it waits for the customer, closes after the team's days, and his
    return opens it again and is counted (rule 16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")

    def make_answered(self, **values):
        ticket = self.make_conversation(**values)
        self.reply(ticket, self.anna)
        return ticket

    def close_due(self):
        done = self.env["helpdesk.ticket"]._close_due(100)
        self.env.flush_all()
        return done

    # Waiting

    def test_an_answer_gives_the_customer_the_word(self):
        ticket = self.make_conversation()
        self.assertFalse(ticket.waiting_customer_since)
        self.reply(ticket, self.anna)
        self.assertEqual(ticket.waiting_customer_since, self.now)
        self.assertEqual(ticket.with_user(self.anna).closes_at, self.now + DAYS)

    def test_a_note_gives_him_no_word(self):
        ticket = self.make_conversation()
        self.note(ticket, self.anna)
        self.assertFalse(ticket.waiting_customer_since)

    def test_what_was_never_answered_does_not_wait(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        self.assertFalse(ticket.waiting_customer_since)

    def test_his_thanks_after_an_answer_begin_the_days_anew(self):
        ticket = self.make_answered()
        self.at(timedelta(days=3))
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertFalse(ticket.waiting_customer_since)
        ticket.with_user(self.anna).action_no_action_required()
        self.assertEqual(ticket.waiting_customer_since, self.now + timedelta(days=3))

    def test_a_second_letter_to_him_begins_the_days_anew(self):
        ticket = self.make_answered()
        self.at(timedelta(days=3))
        self.reply(ticket, self.anna)
        self.assertEqual(ticket.waiting_customer_since, self.now + timedelta(days=3))

    def test_an_answer_that_came_back_waits_for_nobody_outside(self):
        ticket = self.make_answered()
        ticket.inquiry_ids._set_pending()
        self.assertFalse(ticket.waiting_customer_since)

    # Closing by itself

    def test_it_closes_when_the_days_are_over_not_a_second_before(self):
        ticket = self.make_answered()
        self.at(DAYS - SECOND)
        self.assertEqual(self.close_due(), 0)
        self.assertFalse(ticket.closed)
        self.at(DAYS)
        self.assertEqual(self.close_due(), 1)
        self.assertTrue(ticket.closed)
        self.assertFalse(ticket.waiting_customer_since)
        self.assertEqual(ticket.closed_date, self.now + DAYS)
        self.assertIn("14 days", ticket.message_ids[:1].body)

    def test_each_team_has_its_own_days(self):
        ticket = self.make_answered()
        self.headphones.close_after_days = 3
        self.at(timedelta(days=3))
        self.close_due()
        self.assertTrue(ticket.closed)

    def test_where_the_team_says_never_it_stays_open(self):
        ticket = self.make_answered()
        self.headphones.close_after_days = 0
        self.assertFalse(ticket.with_user(self.anna).closes_at)
        self.at(10 * DAYS)
        self.assertEqual(self.close_due(), 0)
        self.assertFalse(ticket.closed)

    def test_what_has_no_team_closes_after_the_usual_days(self):
        ticket = self.make_answered()
        ticket.sudo().team_id = False
        self.at(DAYS)
        self.close_due()
        self.assertTrue(ticket.closed)

    def test_a_team_without_a_closed_stage_keeps_nobody_elses_open(self):
        self.env["helpdesk.ticket.stage"].search([("closed", "=", True)]).write(
            {"team_ids": [(6, 0, self.headphones.ids)], "company_id": False}
        )
        stuck = self.make_answered(team_id=self.vinyl.id)
        ticket = self.make_answered()
        self.at(DAYS)
        self.assertEqual(self.close_due(), 1)
        self.assertFalse(stuck.closed)
        self.assertTrue(ticket.closed)

    def test_the_customer_gets_no_letter_when_it_closes_by_itself(self):
        self.assertTrue(self.done.mail_template_id)
        ticket = self.make_answered()
        self.at(DAYS)
        with self.mock_mail_gateway():
            self.env["helpdesk.ticket"].with_context(tracking_disable=False)._close_due(
                100
            )
            self.env.flush_all()
            self.env.cr.precommit.run()
        self.assertTrue(ticket.closed)
        self.assertFalse(self._new_mails)

    def test_what_waits_for_an_answer_is_left_alone(self):
        ticket = self.make_answered()
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.at(DAYS)
        self.assertEqual(self.close_due(), 0)

    def test_the_job_goes_on_until_nothing_is_due(self):
        tickets = self.make_answered() | self.make_answered() | self.make_answered()
        self.at(DAYS)
        done = [self.env["helpdesk.ticket"]._close_due(2) for _each in range(3)]
        self.assertEqual(done, [2, 1, 0])
        self.assertTrue(all(tickets.mapped("closed")))

    def test_the_job_closes_what_is_due(self):
        ticket = self.make_answered()
        self.at(DAYS)
        with self.enter_registry_test_mode():
            job = self.env.ref("audiomania_routing.ir_cron_close_waiting")
            job.method_direct_trigger()
        self.assertTrue(ticket.closed)

    # His return

    def test_his_return_opens_it_again_and_is_counted(self):
        ticket = self.make_answered()
        self.at(DAYS)
        self.close_due()
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertFalse(ticket.closed)
        self.assertFalse(ticket.closed_date)
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.reopened_count, 1)

    def test_a_letter_in_an_open_conversation_is_no_return(self):
        ticket = self.make_answered()
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(ticket.reopened_count, 0)

    def test_undoing_is_no_return(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        ticket.sudo().stage_id = self.done
        ticket.with_user(self.anna).action_undo_no_action()
        self.assertEqual(ticket.reopened_count, 0)

    # By hand

    def test_on_his_word_it_is_closed_by_one_click(self):
        ticket = self.make_answered().with_user(self.anna)
        self.assertTrue(ticket.can_close)
        ticket.action_close()
        self.assertTrue(ticket.closed)
        self.assertFalse(ticket.can_close)

    def test_what_waits_for_an_answer_is_not_closed_by_it(self):
        ticket = self.make_conversation().with_user(self.anna)
        self.assertFalse(ticket.can_close)
        with self.assertRaisesRegex(ValidationError, "cannot be closed"):
            ticket.action_close()

    def test_it_can_be_kept_open_and_wait_again(self):
        ticket = self.make_answered().with_user(self.anna)
        ticket.action_keep_open()
        self.at(DAYS)
        self.assertEqual(self.close_due(), 0)
        self.assertTrue(ticket.can_wait_for_customer)
        ticket.action_wait_for_customer()
        self.assertEqual(ticket.waiting_customer_since, self.now + DAYS)

    def test_what_is_pending_waits_for_nobody_outside(self):
        ticket = self.make_conversation().with_user(self.anna)
        with self.assertRaisesRegex(UserError, "all that he wrote is worked out"):
            ticket.action_wait_for_customer()

    def test_who_may_not_read_it_does_none_of_it(self):
        ticket = self.make_answered()
        clerk = self.make_user("clerk", groups="")
        for action in ("action_close", "action_keep_open", "action_wait_for_customer"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(ticket.with_user(clerk), action)()

    def test_nobody_writes_since_when_it_waits(self):
        ticket = self.make_answered()
        for name, value in (("waiting_customer_since", False), ("reopened_count", 7)):
            with self.subTest(name), self.assertRaises(AccessError):
                ticket.with_user(self.manager).write({name: value})

    def test_merged_with_what_waits_for_an_answer_it_waits_no_more(self):
        ticket = self.make_answered()
        ticket.with_user(self.manager)._merge(self.make_conversation())
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertFalse(ticket.waiting_customer_since)

    def test_days_are_a_number(self):
        with self.assertRaisesRegex(ValidationError, "number of days"):
            self.headphones.close_after_days = -1
