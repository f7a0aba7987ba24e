# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestWorkOut(ConversationCase):
    """No action required: one click, in bulk too, and it can be undone (rule 17)."""

    def test_a_thank_you_letter_is_worked_out_without_an_answer(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "no_action")
        self.assertEqual(inquiry.worked_out_by_id, self.anna)
        self.assertEqual(inquiry.worked_out_at, self.now)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertFalse(ticket.waiting_since)

    def test_many_are_worked_out_at_once(self):
        tickets = self.make_conversation() | self.make_conversation()
        tickets.with_user(self.anna).action_no_action_required()
        self.assertEqual(set(tickets.mapped("inquiry_state")), {"worked_out"})

    def test_every_pending_inquiry_of_a_conversation_is_worked_out(self):
        ticket = self.make_conversation()
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(len(ticket.inquiry_ids), 2)
        ticket.with_user(self.anna).action_no_action_required()
        self.assertEqual(set(ticket.inquiry_ids.mapped("state")), {"no_action"})

    def test_what_one_may_not_see_one_cannot_work_out(self):
        ticket = self.make_conversation()
        with self.assertRaises(AccessError):
            ticket.with_user(self.boris).action_no_action_required()
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_what_a_colleague_has_taken_is_his_to_work_out(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            ticket.with_user(self.boris).action_no_action_required()
        ticket.with_user(self.chief).action_no_action_required()
        self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_where_nothing_waits_one_is_told_so(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        with self.assertRaisesRegex(UserError, "Nothing in these conversations waits"):
            ticket.with_user(self.anna).action_no_action_required()

    def test_undone_it_waits_again_on_the_same_rung(self):
        ticket = self.make_conversation()
        before = ticket.exclusive_until, ticket.team_visible_from, ticket.waiting_since
        ticket.with_user(self.anna).action_no_action_required()
        ticket.with_user(self.anna).action_undo_no_action()
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertFalse(ticket.inquiry_ids.worked_out_by_id)
        after = ticket.exclusive_until, ticket.team_visible_from, ticket.waiting_since
        self.assertEqual(after, before)
        self.assertNotIn(self.boris, self.get_readers(ticket))

    def test_a_colleague_who_undoes_it_gives_it_back_to_whose_it_was(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        action = ticket.with_user(self.vera).action_undo_no_action()
        self.assertEqual(action["path"], "inquiries")
        self.assertEqual(ticket.exclusive_until, self.now + WINDOW)
        self.assertNotIn(self.vera, self.get_readers(ticket))

    def test_only_what_was_marked_last_is_undone(self):
        ticket = self.make_conversation()
        first = ticket.inquiry_ids
        ticket.with_user(self.anna).action_no_action_required()
        self.at(timedelta(minutes=5))
        self.receive(reply_to=first.message_id)
        ticket.with_user(self.anna).action_no_action_required()
        ticket.with_user(self.anna).action_undo_no_action()
        self.assertEqual(first.state, "no_action")
        self.assertEqual((ticket.inquiry_ids - first).state, "pending")

    def test_an_answer_is_not_undone(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        self.assertFalse(ticket.with_user(self.anna).can_undo_no_action)
        ticket.with_user(self.anna).action_undo_no_action()
        self.assertEqual(ticket.inquiry_ids.state, "answered")

    def test_who_no_longer_sees_it_is_led_to_his_queue(self):
        ticket = self.make_conversation(addressee_team_id=self.vinyl.id)
        other = self.make_team("Service", [self.outsider])
        ticket.write({"addressee_team_id": other.id})
        self.at(WINDOW)
        action = ticket.with_user(self.outsider).action_no_action_required()
        self.assertEqual(action["params"]["next"]["path"], "inquiries")
        ticket = self.make_conversation().with_user(self.anna)
        following = ticket.action_no_action_required()["params"]["next"]
        self.assertEqual(following["type"], "ir.actions.act_window_close")
