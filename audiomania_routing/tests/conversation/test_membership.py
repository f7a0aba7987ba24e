# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestMembership(ConversationCase):
    """Who joins or leaves reads accordingly at once, however it was written."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()
        self.at(WINDOW)
        # The rules of everybody are cached from here on.
        self.assertIn(self.boris, self.get_readers(self.ticket))
        self.assertNotIn(self.vera, self.get_readers(self.ticket))

    def test_a_member_who_is_removed_from_the_team_reads_nothing_at_once(self):
        self.headphones.user_ids -= self.boris
        self.assertNotIn(self.boris, self.get_readers(self.ticket))

    def test_a_member_who_is_removed_on_his_own_form_reads_nothing_at_once(self):
        self.boris.helpdesk_team_ids = False
        self.assertNotIn(self.boris, self.get_readers(self.ticket))

    def test_a_member_who_is_added_on_his_own_form_reads_at_once(self):
        self.vera.helpdesk_team_ids += self.headphones
        self.assertIn(self.vera, self.get_readers(self.ticket))

    def test_a_new_leader_supervises_at_once_and_the_former_one_no_more(self):
        self.headphones.user_id = self.vera
        readers = self.get_readers(self.ticket)
        self.assertIn(self.vera, readers)
        self.assertNotIn(self.chief, readers)

    def test_a_team_that_moves_takes_its_conversations_along(self):
        other = self.make_team("Service", leader=self.outsider)
        self.headphones.parent_id = other
        readers = self.get_readers(self.ticket)
        self.assertIn(self.outsider, readers)
        self.assertNotIn(self.leader, readers)
        self.assertEqual(self.ticket.department_id, other)

    def test_who_joins_a_team_taken_conversations_follow(self):
        self.ticket.with_user(self.anna).action_take()
        self.assertNotIn(self.vera, self.get_readers(self.ticket))
        self.headphones.user_ids += self.vera
        self.assertIn(self.vera, self.get_readers(self.ticket))

    def test_an_archived_team_opens_nothing(self):
        self.headphones.active = False
        self.assertNotIn(self.boris, self.get_readers(self.ticket))

    def test_a_deleted_team_opens_nothing(self):
        self.ticket.addressee_team_id = extra = self.make_team("Extra", [self.vera])
        self.assertIn(self.vera, self.get_readers(self.ticket))
        self.ticket.addressee_team_id = False
        extra.unlink()
        self.assertNotIn(self.vera, self.get_readers(self.ticket))

    def test_a_team_that_is_made_with_its_members_counts_at_once(self):
        team = self.make_team("New", [self.vera], parent=self.department)
        self.ticket.team_id = team
        self.assertIn(self.vera, self.get_readers(self.ticket))

    def test_an_employee_who_comes_with_his_teams_is_a_colleague_at_once(self):
        self.at(2 * WINDOW)
        self.ticket.with_user(self.vera).action_take()
        self.assertNotIn(self.boris, self.get_readers(self.ticket))
        newcomer = self.make_user(
            "newcomer", helpdesk_team_ids=[(6, 0, self.vinyl.ids)]
        )
        self.assertTrue(self.ticket.with_user(newcomer).has_access("read"))
