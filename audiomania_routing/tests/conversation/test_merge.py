# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import WINDOW, ConversationCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestMerge(ConversationCase):
    """What is merged waits as before, and nobody is locked out by it."""

    def setUp(self):
        super().setUp()
        self.first = self.receive("anna@hifi.example", subject="One")
        self.at(HOUR)
        self.second = self.receive("anna@hifi.example", subject="Two")

    def merge(self, by=None, first=None, others=None):
        dialog = self.env["helpdesk.ticket.merge.into"].with_user(by or self.chief)
        tickets = (first or self.first) | (others or self.second)
        dialog = dialog.create({"ticket_ids": [(6, 0, tickets.ids)]})
        if first:
            dialog.survivor_id = first
        return dialog.action_confirm()

    def test_all_of_it_is_in_the_one_that_waits_longest(self):
        messages = self.first.message_ids | self.second.message_ids
        inquiries = self.first.inquiry_ids | self.second.inquiry_ids
        action = self.merge()
        self.assertEqual(action["res_id"], self.first.id)
        self.assertEqual(self.first.inquiry_ids, inquiries)
        self.assertLessEqual(messages, self.first.message_ids)
        self.assertEqual(self.first.inquiry_state, "pending")
        self.assertEqual(self.first.waiting_since, self.now)
        self.assertEqual(self.second.inquiry_state, "none")
        self.assertFalse(self.second.active)
        self.assertEqual(self.second.duplicate_id, self.first)

    def test_reserved_for_the_same_one_the_earlier_window_goes_on(self):
        until = self.first.exclusive_until
        self.merge(first=self.second, others=self.first)
        self.assertEqual(self.second.addressee_id, self.anna)
        self.assertEqual(self.second.exclusive_until, until)
        self.assertNotIn(self.boris, self.get_readers(self.second))

    def test_reserved_for_two_both_see_it_and_their_team(self):
        other = self.receive("boris@hifi.example", subject="Three")
        self.merge(others=other)
        self.assertFalse(self.first.exclusive_until)
        readers = self.get_readers(self.first)
        self.assertLessEqual(self.anna | self.boris, readers)
        self.assertNotIn(self.vera, readers)

    def test_what_a_team_sees_already_it_still_sees(self):
        other = self.receive("headphones@hifi.example", subject="Three")
        self.assertIn(self.boris, self.get_readers(other))
        self.merge(others=other)
        self.assertIn(self.boris, self.get_readers(self.first))

    def test_what_the_department_sees_already_it_still_sees(self):
        other = self.receive("anna@hifi.example", subject="Three")
        other.department_visible_from = self.now
        self.merge(others=other)
        self.assertIn(self.vera, self.get_readers(self.first))

    def test_the_whole_is_his_who_has_taken_one_of_them(self):
        self.second.with_user(self.anna).action_take()
        self.merge(self.anna)
        self.assertEqual(self.first.user_id, self.anna)
        self.assertFalse(self.first.exclusive_until)
        self.reply(self.first, self.anna)
        self.assertEqual(set(self.first.inquiry_ids.mapped("state")), {"answered"})

    def test_what_waits_makes_what_was_worked_out_wait(self):
        self.reply(self.first, self.anna)
        self.merge(first=self.first, others=self.second)
        self.assertEqual(self.first.inquiry_state, "pending")
        self.assertFalse(self.first.user_id)
        self.assertEqual(self.first.addressee_id, self.anna)
        self.assertEqual(self.first.exclusive_until, self.now + HOUR + WINDOW)

    def test_letters_to_either_go_on_in_it(self):
        message = self.second.inquiry_ids.message_id
        self.merge()
        by_reference = self.receive(reply_to=message)
        by_number = self.receive(subject=f"Re: Two [{self.second.number}]")
        self.assertEqual(by_reference, self.first)
        self.assertEqual(by_number, self.first)

    def test_the_history_says_so_and_alerts_are_of_the_one_that_goes_on(self):
        with trap_alerts(self) as trap:
            trap.drain()
            self.merge()
            trap.assert_withdrawn(self.anna, "inquiry_reserved", self.second)
            self.assertFalse(trap.get_faults())
        line = self.first.transition_ids[:1]
        self.assertEqual((line.kind, line.reason), ("merged", self.second.number))

    def test_conversations_of_two_customers_stay_two(self):
        other = self.receive("anna@hifi.example", sender="olga@c.example")
        with self.assertRaisesRegex(UserError, "different customers"):
            self.merge(self.manager, others=other)

    def test_only_who_may_hand_on_each_of_them(self):
        self.second.with_user(self.anna).action_take()
        self.at(WINDOW)
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.merge(self.boris)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.merge(self.vera)
        self.assertTrue(self.second.active)

    def test_the_button_of_the_list_asks_for_two(self):
        tickets = (self.first | self.second).with_user(self.chief)
        self.assertEqual(
            tickets.action_merge()["res_model"], "helpdesk.ticket.merge.into"
        )
        with self.assertRaisesRegex(UserError, "two conversations"):
            tickets[0].action_merge()

    def test_who_has_one_of_them_keeps_the_term_of_his_answer(self):
        self.second.with_user(self.anna).action_take()
        due = self.second.answer_due_at
        self.at(2 * HOUR)
        self.merge(first=self.first)
        self.assertEqual(self.first.user_id, self.anna)
        self.assertEqual(self.first.answer_due_at, due)


@tagged("post_install", "-at_install")
class TestDuplicate(ConversationCase):
    """What is called a duplicate sends its later letters to the other one: that is
    one of the same customer, which the employee may read."""

    def setUp(self):
        super().setUp()
        self.mine = self.make_conversation(user_id=self.boris.id)
        self.hidden = self.make_conversation()

    def call_duplicate(self, original):
        self.mine.with_user(self.boris).duplicate_id = original
        self.env.flush_all()

    def test_no_letter_is_sent_into_a_conversation_that_one_may_not_read(self):
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.call_duplicate(self.hidden)
        self.env.invalidate_all()
        self.assertEqual(self.mine._get_continued(), self.mine)

    def test_no_letter_is_sent_into_a_conversation_of_another_customer(self):
        other = self.make_conversation(
            user_id=self.boris.id, partner_id=self.make_customer("Olga").id
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.call_duplicate(other)

    def test_a_new_one_is_no_duplicate_of_what_one_may_not_read(self):
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.mine.with_user(self.boris).create(
                    {
                        "name": "New",
                        "description": "New",
                        "company_id": self.company.id,
                        "partner_id": self.customer.id,
                        "duplicate_id": self.hidden.id,
                    }
                )

    def test_two_of_the_same_customer_are_duplicates_as_before(self):
        other = self.make_conversation(user_id=self.boris.id)
        self.call_duplicate(other)
        self.assertEqual(self.mine._get_continued(), other)
