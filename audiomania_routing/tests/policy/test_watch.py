# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .again_common import LEAVE_END, AgainCase

NOBODY = "nobody_can_answer"
WATCH_LOGGER = (
    "odoo.addons.audiomania_routing.models.policy.again.helpdesk_ticket_watch"
)


@tagged("post_install", "-at_install")
class TestNobody(AgainCase):
    """Nobody is an answer: the next rung at once, and the supervisors are told."""

    def receive_alerted(self, trap, *users):
        ticket = self.receive("info@hifi.example")
        self.commit()
        for user in users:
            trap.assert_alerted(user, NOBODY, ticket)
        return ticket

    def empty_the_team(self):
        self.headphones.user_ids = False
        self.commit()

    def test_an_empty_team_is_told_to_its_leaders(self):
        self.empty_the_team()
        with trap_alerts(self) as trap:
            ticket = self.receive_alerted(trap, self.chief, self.leader)
            trap.assert_not_alerted(self.manager, NOBODY)
            trap.assert_not_alerted(self.vera, NOBODY)
            self.assertFalse(trap.get_faults())
        self.assertEqual(ticket.nobody_rung, "team")
        self.assertOpenTo(ticket, self.vera)

    def test_the_alert_says_which_rung_and_whose_letter(self):
        self.empty_the_team()
        with trap_alerts(self) as trap:
            ticket = self.receive_alerted(trap, self.chief)
        alert = self.env["alert.alert"].search(
            [("res_id", "=", ticket.id), ("type_id.code", "=", NOBODY)]
        )
        self.assertEqual(alert.title, "Nobody can answer: Petr")
        self.assertIn("Nobody of the team can act now", alert.body)

    def test_all_of_the_team_absent_is_told_too(self):
        for user in (self.anna, self.boris):
            self.take_leave(user, self.now, LEAVE_END)
        with trap_alerts(self) as trap:
            self.receive_alerted(trap, self.chief)

    def test_at_night_nobody_is_told(self):
        self.at(timedelta(hours=12))
        with trap_alerts(self) as trap:
            ticket = self.receive("info@hifi.example")
            trap.assert_not_alerted(self.chief, NOBODY)
        self.assertFalse(ticket.nobody_rung)

    def test_without_leaders_the_helpdesk_managers_are_told(self):
        self.empty_the_team()
        (self.headphones | self.department).user_id = False
        with trap_alerts(self) as trap:
            self.receive_alerted(trap, self.manager)

    def test_without_leaders_and_managers_the_administrators_are_told(self):
        self.empty_the_team()
        (self.headphones | self.department).user_id = False
        self.manager.active = False
        with trap_alerts(self) as trap:
            self.receive_alerted(trap, self.env.ref("base.user_admin"))

    def test_somebody_who_joins_ends_it(self):
        self.empty_the_team()
        with trap_alerts(self) as trap:
            ticket = self.receive_alerted(trap, self.chief)
            self.headphones.user_ids = self.boris
            self.commit()
            trap.assert_withdrawn(self.chief, NOBODY, ticket)
        self.assertFalse(ticket.nobody_rung)
        self.assertOpenTo(ticket, self.boris | self.vera)

    def test_somebody_who_is_back_ends_it_within_minutes(self):
        for user in (self.anna, self.boris):
            self.take_leave(user, self.now, LEAVE_END)
        with trap_alerts(self) as trap:
            ticket = self.receive_alerted(trap, self.chief)
            self.watch()
            self.assertEqual(ticket.nobody_rung, "team")
            self.at(timedelta(days=4))
            self.watch()
            trap.assert_withdrawn(self.chief, NOBODY, ticket)
        self.assertFalse(ticket.nobody_rung)
        self.assertIn("somebody can again", self.get_lines(ticket)[0])

    def test_taken_or_answered_it_ends(self):
        self.empty_the_team()
        with trap_alerts(self) as trap:
            taken = self.receive_alerted(trap, self.chief)
            answered = self.receive_alerted(trap, self.chief)
            taken.with_user(self.vera).action_take()
            self.reply(answered, self.chief)
            trap.assert_withdrawn(self.chief, NOBODY, taken)
            trap.assert_withdrawn(self.chief, NOBODY, answered)
        self.assertFalse((taken | answered).filtered("nobody_rung"))


@tagged("post_install", "-at_install")
class TestWatch(AgainCase):
    """No conversation that waits is seen by nobody, at any moment."""

    def setUp(self):
        super().setUp()
        self.people = self.anna | self.boris | self.vera
        self.leaders = self.chief | self.leader

    def get_listed(self):
        """What the list shows to a manager."""
        tickets = self.env["helpdesk.ticket"].with_user(self.manager)
        action = self.env.ref("audiomania_routing.helpdesk_ticket_action_watch")
        self.assertIn("search_default_seen_by_nobody", action.context)
        return tickets.with_context(active_test=False).search(
            [("seen_by_nobody", "=", True)]
        )

    def test_a_department_without_anybody_leaves_it_to_everybody(self):
        ticket = self.wait_for_anna()
        with trap_alerts(self) as trap:
            (self.people | self.leaders).active = False
            self.commit()
            trap.assert_alerted(self.manager, NOBODY, ticket)
            trap.assert_alerted(self.outsider, "inquiry_waiting", ticket)
        self.assertIn("Everybody now", ticket.ladder_text)
        self.assertOpenTo(ticket, self.outsider)
        self.assertFalse(self.get_listed())
        self.assertEqual(ticket.with_user(self.outsider).queue, "department")

    def test_everybody_who_saw_it_is_not_locked_out_by_who_joins(self):
        ticket = self.wait_for_anna()
        (self.people | self.leaders).active = False
        self.commit()
        self.headphones.user_ids = self.manager
        self.boris.active = True
        self.commit()
        self.assertOpenTo(ticket, self.outsider | self.boris)

    def test_a_letter_to_a_department_without_anybody_is_everybodys(self):
        (self.people | self.leaders).active = False
        self.commit()
        ticket = self.receive("headphones@hifi.example")
        self.assertOpenTo(ticket, self.outsider)
        self.assertFalse(self.get_listed())

    def test_a_leader_alone_is_somebody(self):
        ticket = self.wait_for_anna()
        self.people.active = False
        self.commit()
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertFalse(self.get_listed())
        self.assertIn(self.chief, self.get_readers(ticket))

    def test_who_leaves_with_a_conversation_leaves_it_to_be_seen(self):
        ticket = self.wait_for_anna()
        ticket.with_user(self.anna).action_take()
        (self.people | self.leaders).active = False
        self.commit()
        self.assertFalse(ticket.user_id)
        self.assertOpenTo(ticket, self.outsider)

    def break_behind_our_back(self, ticket):
        """What no hook of ours sees: columns that are set by hand."""
        empty = self.make_team("Nobody")
        self.commit()
        ticket.write(
            {
                "addressee_id": False,
                "exclusive_until": False,
                "team_visible_from": False,
                "department_visible_from": False,
                "team_id": empty.id,
            }
        )
        self.env.flush_all()

    def test_the_list_shows_what_nobody_sees_and_the_job_mends_it(self):
        ticket = self.wait_for_anna()
        self.break_behind_our_back(ticket)
        self.assertTrue(ticket.seen_by_nobody)
        self.assertEqual(self.get_listed(), ticket)
        with trap_alerts(self) as trap, self.assertLogs(WATCH_LOGGER, "WARNING"):
            self.watch()
            trap.drain()
        self.assertFalse(self.get_listed())
        self.assertFalse(ticket.seen_by_nobody)
        self.assertTrue(self.get_readers(ticket) - self.manager)
        self.assertIn("nobody could see it", self.get_lines(ticket)[0])

    def test_a_manager_has_it_decided_again_at_once(self):
        ticket = self.wait_for_anna()
        self.break_behind_our_back(ticket)
        ticket.with_user(self.manager).action_decide_again()
        self.commit()
        self.assertFalse(self.get_listed())
        self.assertIn("Manager asked for it", self.get_lines(ticket)[0])

    def test_the_job_finds_nothing_where_all_is_seen(self):
        self.wait_for_anna()
        with self.assertNoLogs(WATCH_LOGGER, "WARNING"):
            self.watch()

    def test_what_is_taken_or_worked_out_is_not_watched(self):
        ticket = self.wait_for_anna()
        ticket.with_user(self.anna).action_take()
        self.assertFalse(self.get_listed())
        self.reply(ticket, self.anna)
        self.break_behind_our_back(ticket)
        self.assertFalse(self.get_listed())

    def test_the_menu_is_for_managers(self):
        menu = self.env.ref("audiomania_routing.menu_seen_by_nobody")
        menus = self.env["ir.ui.menu"]
        self.assertIn(menu.id, menus.with_user(self.manager)._visible_menu_ids())
        self.assertNotIn(menu.id, menus.with_user(self.anna)._visible_menu_ids())
