# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import SECOND, WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestLadder(ConversationCase):
    """Who may read a conversation at which second (rules 7, 8 and 14)."""

    def setUp(self):
        super().setUp()
        self.supervisors = self.chief | self.leader | self.manager

    def test_in_the_window_only_the_addressee_and_the_supervisors_read_it(self):
        ticket = self.make_conversation()
        self.assertEqual(self.get_readers(ticket), self.anna | self.supervisors)

    def test_the_last_second_of_the_window_belongs_to_the_addressee(self):
        ticket = self.make_conversation()
        self.at(WINDOW - SECOND)
        self.assertEqual(self.get_readers(ticket), self.anna | self.supervisors)

    def test_the_team_reads_it_from_its_very_second_on(self):
        ticket = self.make_conversation()
        self.at(WINDOW)
        readers = self.anna | self.boris | self.supervisors
        self.assertEqual(self.get_readers(ticket), readers)

    def test_the_department_reads_it_from_its_very_second_on(self):
        ticket = self.make_conversation()
        self.at(2 * WINDOW)
        readers = self.anna | self.boris | self.vera | self.supervisors
        self.assertEqual(self.get_readers(ticket), readers)

    def test_an_empty_moment_means_never(self):
        ticket = self.make_conversation(
            team_visible_from=False, department_visible_from=False
        )
        self.at(100 * WINDOW)
        self.assertEqual(self.get_readers(ticket), self.anna | self.supervisors)

    def test_the_team_of_the_addressee_reads_it_with_the_team_of_the_audience(self):
        ticket = self.make_conversation(
            team_id=self.vinyl.id, addressee_team_id=self.headphones.id
        )
        self.at(WINDOW)
        readers = self.anna | self.boris | self.vera | self.supervisors
        self.assertEqual(self.get_readers(ticket), readers)

    def test_taken_it_is_the_assignees_his_teams_and_the_supervisors(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        self.at(2 * WINDOW)
        readers = self.anna | self.boris | self.supervisors
        self.assertEqual(self.get_readers(ticket), readers)

    def test_worked_out_the_department_reads_it(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        readers = self.anna | self.boris | self.vera | self.supervisors
        self.assertEqual(self.get_readers(ticket), readers)

    def test_who_takes_from_another_team_keeps_it_with_his_own_team(self):
        ticket = self.make_conversation()
        self.at(2 * WINDOW)
        ticket.with_user(self.vera).action_take()
        self.assertEqual(self.get_readers(ticket), self.vera | self.supervisors)

    def test_a_leader_supervises_the_teams_below_his_own_only(self):
        ticket = self.make_conversation(team_id=self.vinyl.id)
        self.assertEqual(
            self.get_readers(ticket), self.anna | self.leader | self.manager
        )

    def test_without_a_ladder_the_rules_of_the_host_decide(self):
        ticket = self.make_conversation(ladder_active=False)
        ticket.inquiry_ids.unlink()
        self.assertEqual(
            self.get_readers(ticket), self.anna | self.boris | self.manager
        )

    def test_without_a_department_everybody_in_the_help_desk_reads_it(self):
        ticket = self.make_conversation(addressee_id=False, exclusive_until=False)
        ticket.team_id = False
        everybody = self.anna | self.boris | self.vera | self.outsider
        everybody |= self.supervisors
        self.assertEqual(self.get_readers(ticket), self.manager)
        self.at(2 * WINDOW)
        self.assertEqual(self.get_readers(ticket), everybody)
        ticket.with_user(self.outsider).action_no_action_required()
        self.assertEqual(self.get_readers(ticket), everybody)

    def test_without_a_department_a_follower_outside_the_help_desk_reads_nothing(self):
        clerk = self.make_user("clerk", groups="")
        ticket = self.make_conversation(addressee_id=False, exclusive_until=False)
        ticket.team_id = False
        ticket.message_subscribe(clerk.partner_id.ids)
        self.at(2 * WINDOW)
        self.assertFalse(ticket.with_user(clerk).has_access("read"))

    def test_the_clock_of_the_query_counts_in_every_time_zone(self):
        ticket = self.make_conversation()
        self.boris.tz = "Pacific/Auckland"
        self.vera.tz = "America/Los_Angeles"
        self.at(WINDOW - SECOND)
        self.assertNotIn(self.boris, self.get_readers(ticket))
        self.at(WINDOW)
        self.assertIn(self.boris, self.get_readers(ticket))
        self.assertNotIn(self.vera, self.get_readers(ticket))

    def test_who_sees_it_from_when_stands_on_it_in_the_readers_time_zone(self):
        ticket = self.make_conversation()
        self.boris.tz = "Europe/Moscow"
        text = ticket.with_user(self.chief).ladder_text
        self.assertEqual(
            text, "Anna alone until 12:00, Headphones from 12:00, Sales from 14:00"
        )
        self.at(WINDOW)
        text = ticket.with_user(self.boris).with_context(tz="Europe/Moscow").ladder_text
        self.assertEqual(text, "Headphones now, Sales from 17:00")
