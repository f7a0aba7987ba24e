# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestTake(ConversationCase):
    """Taking is atomic, and only for whom the ladder shows it (rules 9 and 10)."""

    def test_the_addressee_takes_what_is_reserved_for_him(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.assigned_date, self.now)

    def test_taking_ends_the_window(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        self.assertFalse(ticket.exclusive_until)

    def test_nobody_takes_before_his_rung(self):
        ticket = self.make_conversation()
        for user in (self.boris, self.vera, self.outsider):
            with self.assertRaises(AccessError):
                ticket.with_user(user).action_take()
        self.assertFalse(ticket.user_id)

    def test_a_colleague_takes_it_from_the_second_of_the_team_on(self):
        ticket = self.make_conversation()
        self.at(WINDOW)
        ticket.with_user(self.boris).action_take()
        self.assertEqual(ticket.user_id, self.boris)

    def test_the_second_reads_who_has_it_and_since_when_in_his_time_zone(self):
        ticket = self.make_conversation()
        self.at(WINDOW)
        ticket.with_user(self.anna).action_take()
        self.boris.tz = "Europe/Moscow"
        with self.assertRaisesRegex(UserError, "Anna has been working .* since 15:00"):
            ticket.with_user(self.boris).action_take()
        self.assertEqual(ticket.user_id, self.anna)

    def test_the_second_reads_it_also_when_he_may_no_longer_see_it(self):
        ticket = self.make_conversation()
        self.at(2 * WINDOW)
        ticket.with_user(self.anna).action_take()
        self.assertFalse(ticket.with_user(self.vera).has_access("read"))
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            ticket.with_user(self.vera).action_take()

    def test_who_never_could_see_it_is_told_nothing(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        with self.assertRaises(AccessError):
            ticket.with_user(self.vera).action_take()

    def test_what_is_worked_out_cannot_be_taken(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        with self.assertRaisesRegex(UserError, "Nothing in this conversation waits"):
            ticket.with_user(self.anna).action_take()

    def test_taking_changes_neither_team_nor_stage(self):
        ticket = self.make_conversation()
        team, stage = ticket.team_id, ticket.stage_id
        self.at(2 * WINDOW)
        ticket.with_user(self.vera).action_take()
        self.env.flush_all()
        self.assertEqual((ticket.team_id, ticket.stage_id), (team, stage))
        self.assertEqual(ticket.user_id, self.vera)

    def test_a_change_of_the_team_leaves_the_assignee(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        ticket.team_id = self.vinyl
        self.assertEqual(ticket.user_id, self.anna)

    def test_assign_to_me_is_taking(self):
        ticket = self.make_conversation()
        self.at(2 * WINDOW)
        ticket.with_user(self.vera).assign_to_me()
        self.assertEqual(ticket.user_id, self.vera)
        with self.assertRaisesRegex(UserError, "Vera has been working"):
            ticket.with_user(self.anna).assign_to_me()

    def test_the_button_stands_where_it_may_be_pressed(self):
        ticket = self.make_conversation()
        self.assertTrue(ticket.with_user(self.anna).can_take)
        ticket.with_user(self.anna).action_take()
        self.assertFalse(ticket.with_user(self.anna).can_take)
        self.assertFalse(ticket.with_user(self.chief).can_take)
