# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import SECOND, ConversationCase

HOUR = timedelta(hours=1)
REMIND = HOUR
DUE = 2 * HOUR
SUPERVISORS = 5 * HOUR
"""Taken at ten; lunch is from twelve to one."""

MINE = "inquiry_answer_due"
WAITING = "inquiry_waiting"
UNANSWERED = "inquiry_unanswered"
TAKEN_AWAY = "inquiry_taken_away"
CODES = (MINE, WAITING, UNANSWERED)


class TermCase(ConversationCase):
    """Anna of the headphones has taken a conversation at ten."""

    def setUp(self):
        super().setUp()
        with trap_alerts(self):
            self.ticket = self.make_conversation()
            self.ticket.with_user(self.anna).action_take()

    def make_policy(self, **vals):
        return self.env["routing.policy"].create(
            {"company_id": self.company.id, **vals}
        )

    def get_terms(self, ticket=None):
        ticket = ticket or self.ticket
        return [
            moment and moment - self.now
            for moment in (
                ticket.answer_reminder_at,
                ticket.answer_due_at,
                ticket.answer_supervisors_at,
            )
        ]

    def get_queue(self, user, queue="team"):
        tickets = self.env["helpdesk.ticket"].with_user(user)
        found = tickets.search([("queue", "=", queue), ("id", "=", self.ticket.id)])
        shown = self.ticket.with_user(user)
        if shown.has_access("read"):
            self.assertEqual(bool(found), shown.queue == queue)
        return bool(found)

    def tick(self):
        return self.env["helpdesk.ticket"]._tell_due(200)


@tagged("post_install", "-at_install")
class TestAnswerTerm(TermCase):
    """Taken but not answered in time: his team has it again (rule 11)."""

    def test_taking_begins_the_term(self):
        self.assertEqual(self.get_terms(), [REMIND, DUE, SUPERVISORS])

    def test_a_leave_does_not_count(self):
        self.take_leave(self.boris, self.now + HOUR, self.now + 7 * HOUR)
        ticket = self.make_conversation(team_visible_from=self.now)
        ticket.with_user(self.boris).action_take()
        self.assertEqual(self.get_terms(ticket)[1], 23 * HOUR)

    def test_what_nobody_has_taken_has_no_term(self):
        ticket = self.make_conversation()
        self.assertEqual(self.get_terms(ticket), [False] * 3)

    def test_a_second_before_it_is_his_alone(self):
        self.at(DUE - SECOND)
        self.assertFalse(self.get_queue(self.boris))
        self.assertFalse(self.ticket.with_user(self.boris).can_take)
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.ticket.with_user(self.boris).action_take()
        self.assertEqual(self.ticket.user_id, self.anna)

    def test_at_the_second_his_team_has_it_in_its_queue_without_any_job(self):
        self.at(DUE)
        self.assertTrue(self.get_queue(self.boris))
        self.assertTrue(self.ticket.with_user(self.boris).can_take)
        self.assertFalse(self.get_queue(self.anna))
        self.assertTrue(self.get_queue(self.anna, "mine"))
        for user in (self.vera, self.outsider):
            self.assertFalse(self.get_queue(user))
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).action_take()

    def test_the_tabs_of_the_queue_count_it(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.boris)
        for moment, count in ((DUE - SECOND, 0), (DUE, 1)):
            self.at(moment)
            domain = Domain("id", "=", self.ticket.id)
            self.assertEqual(tickets._count_queue(domain)["team"], count)
            whole = Domain("queue", "in", ["mine", "team", "department"])
            self.assertEqual(tickets._count_queue(domain & whole)["team"], count)
            self.assertEqual(tickets.search_count(domain & whole), count)

    def test_a_colleague_takes_it_and_has_a_term_of_his_own(self):
        self.at(DUE)
        with trap_alerts(self) as trap:
            self.ticket.with_user(self.boris).action_take()
            trap.assert_alerted(self.anna, TAKEN_AWAY)
        self.assertEqual(self.ticket.user_id, self.boris)
        self.assertEqual(self.get_terms()[1], DUE + 3 * HOUR)
        line = self.ticket.transition_ids[0]
        self.assertEqual(
            (line.kind, line.cause, line.from_user_id, line.to_user_id),
            ("taken_away", "not_answered", self.anna, self.boris),
        )

    def test_of_two_colleagues_one_gets_it(self):
        self.headphones.user_ids += self.vera
        self.at(DUE)
        self.ticket.with_user(self.boris).action_take()
        with self.assertRaisesRegex(UserError, "Boris has been working"):
            self.ticket.with_user(self.vera).action_take()
        self.assertEqual(self.ticket.user_id, self.boris)

    def test_who_helps_another_team_out_gives_it_back_to_both(self):
        ticket = self.make_conversation(department_visible_from=self.now)
        ticket.with_user(self.vera).action_take()
        self.ticket = ticket
        self.assertFalse(ticket.with_user(self.boris).has_access("read"))
        mate = self.make_user("mate")
        self.vinyl.user_ids += mate
        self.at(DUE)
        for user in (self.boris, mate):
            self.assertTrue(self.get_queue(user))
            self.assertTrue(ticket.with_user(user).has_access("read"))
        self.assertFalse(self.get_queue(self.outsider))

    def test_an_answer_ends_it(self):
        self.reply(self.ticket, self.anna)
        self.at(DUE)
        self.assertFalse(self.get_queue(self.boris))
        self.assertFalse(self.ticket.with_user(self.boris).can_take)
        self.assertFalse(self.tick())

    def test_after_it_was_undone_the_term_begins_anew(self):
        mine = self.ticket.with_user(self.anna)
        mine.action_no_action_required()
        self.at(HOUR)
        mine.action_undo_no_action()
        self.assertEqual(self.get_terms(), [2 * HOUR, 4 * HOUR, 6 * HOUR])

    def test_given_back_it_has_no_term(self):
        self.ticket.with_user(self.anna).action_release("Too much")
        self.assertEqual(self.get_terms(), [False] * 3)

    def test_any_news_moves_nothing(self):
        self.at(HOUR)
        self.ticket.message_post(
            body="Any news?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        self.assertEqual(self.get_terms(), [REMIND, DUE, SUPERVISORS])

    def test_the_policy_says_how_long(self):
        self.make_policy(answer_within=1, remind_before=0.5, supervisors_after=0.5)
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        self.assertEqual(self.get_terms(ticket), [HOUR / 2, HOUR, 1.5 * HOUR])
        self.assertEqual(self.get_terms()[1], DUE)

    def test_without_a_term_it_is_his_as_long_as_he_likes(self):
        self.make_policy(answer_within=0)
        self.ticket = self.make_conversation()
        self.ticket.with_user(self.anna).action_take()
        self.assertEqual(self.get_terms(), [False] * 3)
        self.at(timedelta(days=4))
        self.assertFalse(self.get_queue(self.boris))

    def test_an_open_queue_knows_when_it_comes_back(self):
        for user in (self.boris, self.manager):
            moment = self.env["helpdesk.ticket"].with_user(user).get_next_moment()
            self.assertEqual(moment["at"], "2025-03-03 12:00:00")
        moment = self.env["helpdesk.ticket"].with_user(self.outsider).get_next_moment()
        self.assertFalse(moment["at"])

    def test_the_conversation_says_until_when(self):
        text = self.ticket.with_user(self.boris).ladder_text
        self.assertIn("His team has it again from 12:00", text)
        self.at(DUE)
        text = self.ticket.with_user(self.boris).ladder_text
        self.assertIn("Not answered by 12:00", text)

    def test_nobody_moves_his_term(self):
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.anna).write({"answer_due_at": "2030-01-01"})

    def test_a_take_costs_the_reading_of_his_hours_and_no_more(self):
        ticket = self.make_conversation()
        self.env.flush_all()
        self.env.invalidate_all()
        facts, policy = self.env["routing.facts"], ticket._get_rules().engine
        facts._get_answer_times(self.anna, policy)
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            facts._get_answer_times(self.anna, policy)


@tagged("post_install", "-at_install")
class TestAnswerAlerts(TermCase):
    """The assignee, then his team, then the supervisors are told, each once."""

    def tell(self, moment):
        """Whom the job tells what at that moment."""
        self.at(moment)
        people = self.anna | self.boris | self.vera | self.chief | self.leader
        people |= self.outsider | self.manager
        with trap_alerts(self) as trap:
            self.tick()
            self.assertFalse(trap.get_faults())
            return {
                (user.name, code)
                for user in people
                for code in CODES
                if trap._find("new", user, code, self.ticket)
            }

    def test_each_is_told_at_his_second_and_once(self):
        steps = {
            REMIND: {("Anna", MINE)},
            DUE: {("Boris", WAITING)},
            SUPERVISORS: {("Chief", UNANSWERED), ("Leader", UNANSWERED)},
        }
        for moment, expected in steps.items():
            self.assertEqual(self.tell(moment - SECOND), set())
            self.assertEqual(self.tell(moment), expected)
            self.assertEqual(self.tell(moment + SECOND), set())
        self.assertFalse(self.ticket.tell_at)

    def test_after_a_downtime_each_is_told_once(self):
        expected = {("Anna", MINE), ("Boris", WAITING)}
        expected |= {("Chief", UNANSWERED), ("Leader", UNANSWERED)}
        self.assertEqual(self.tell(SUPERVISORS + HOUR), expected)
        self.assertEqual(self.tell(SUPERVISORS + 2 * HOUR), set())

    def test_who_answers_in_time_is_reminded_of_nothing(self):
        self.reply(self.ticket, self.anna)
        for moment in (REMIND, DUE, SUPERVISORS):
            self.assertEqual(self.tell(moment), set())

    def end_after(self, moment, end):
        """(user, code) of what was taken back when it ended."""
        with trap_alerts(self) as trap:
            self.at(moment)
            self.tick()
            trap.drain()
            end()
            people = self.anna | self.boris | self.chief
            return {
                (user.name, code)
                for user in people
                for code in CODES
                if trap._find("withdrawn", user, code, self.ticket)
            }

    def test_an_answer_ends_all_alerts(self):
        ended = self.end_after(SUPERVISORS, lambda: self.reply(self.ticket, self.anna))
        expected = {("Anna", MINE), ("Boris", WAITING), ("Chief", UNANSWERED)}
        self.assertEqual(ended, expected)

    def test_no_action_ends_the_reminder(self):
        mine = self.ticket.with_user(self.anna)
        ended = self.end_after(REMIND, mine.action_no_action_required)
        self.assertEqual(ended, {("Anna", MINE)})

    def test_giving_it_away_ends_the_reminder(self):
        his = self.ticket.with_user(self.anna)
        ended = self.end_after(
            REMIND, lambda: his.action_transfer(self.boris, "Too much")
        )
        self.assertEqual(ended, {("Anna", MINE)})

    def test_who_takes_it_over_is_reminded_of_his_own_term(self):
        self.tell(DUE)
        with trap_alerts(self):
            self.ticket.with_user(self.boris).action_take()
        self.assertEqual(self.tell(DUE + HOUR), set())
        self.assertEqual(self.tell(DUE + 2 * HOUR), {("Boris", MINE)})

    def test_a_supervisor_who_has_not_answered_is_not_told_of_himself(self):
        with trap_alerts(self):
            self.ticket.with_user(self.chief).action_take_away("Mine")
        told = self.tell(SUPERVISORS)
        self.assertIn(("Leader", UNANSWERED), told)
        self.assertNotIn(("Chief", UNANSWERED), told)


@tagged("post_install", "-at_install")
class TestTeamReadsTaken(TermCase):
    """What is taken is read by the team where the policy has it so (rule 14)."""

    def test_it_is_read_by_the_team_unless_the_policy_says_no(self):
        policy = self.make_policy()
        with_team = self.anna | self.boris | self.chief | self.leader | self.manager
        self.assertEqual(self.get_readers(self.ticket), with_team)
        policy.team_reads_taken = False
        self.assertEqual(self.get_readers(self.ticket), with_team - self.boris)
        policy.team_reads_taken = True
        self.assertEqual(self.get_readers(self.ticket), with_team)
        policy.team_reads_taken = False
        policy.active = False
        self.assertEqual(self.get_readers(self.ticket), with_team)

    def test_it_is_the_policy_of_the_team(self):
        self.make_policy(team_id=self.vinyl.id, team_reads_taken=False)
        self.assertIn(self.boris, self.get_readers(self.ticket))
        self.make_policy(team_id=self.headphones.id, team_reads_taken=False)
        self.assertNotIn(self.boris, self.get_readers(self.ticket))

    def test_what_is_late_is_read_by_the_team_in_any_case(self):
        self.make_policy(team_reads_taken=False)
        self.at(DUE - SECOND)
        self.assertNotIn(self.boris, self.get_readers(self.ticket))
        self.at(DUE)
        self.assertIn(self.boris, self.get_readers(self.ticket))
        self.assertTrue(self.get_queue(self.boris))
        self.ticket.with_user(self.boris).action_take()
        self.assertNotIn(self.anna, self.get_readers(self.ticket))
