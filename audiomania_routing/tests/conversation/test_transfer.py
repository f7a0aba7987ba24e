# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import WINDOW, ConversationCase

TRANSFERRED = "inquiry_transferred"
TAKEN_AWAY = "inquiry_taken_away"
WAITING = "inquiry_waiting"
WHY = "He knows the green ones"


class TransferCase(ConversationCase):
    """A letter to Anna, which she has taken, unless a test says otherwise."""

    def setUp(self):
        super().setUp()
        self.ticket = self.receive("anna@hifi.example")

    def take(self, user=None):
        self.ticket.with_user(user or self.anna).action_take()

    def transfer(self, by, *args, **values):
        values.setdefault("reason", WHY)
        return self.ticket.with_user(by).action_transfer(*args, **values)

    def assert_history(self, *expected):
        lines = self.ticket.transition_ids.sorted("id")
        self.assertEqual(lines.mapped("kind"), list(expected))
        return lines[-1]


@tagged("post_install", "-at_install")
class TestTransfer(TransferCase):
    """It goes to a colleague, who gets an exclusive window, or to a team (rule 10)."""

    def test_a_colleague_gets_an_exclusive_window_then_his_team_sees_it(self):
        self.take()
        self.transfer(self.anna, self.boris)
        self.assertFalse(self.ticket.user_id)
        self.assertEqual(self.ticket.addressee_id, self.boris)
        self.assertEqual(self.ticket.exclusive_until, self.now + WINDOW)
        supervisors = self.chief | self.leader | self.manager
        self.assertEqual(self.get_readers(self.ticket), self.boris | supervisors)
        self.at(WINDOW)
        readers = self.anna | self.boris | supervisors
        self.assertEqual(self.get_readers(self.ticket), readers)

    def test_a_colleague_of_another_team_shares_it_with_both(self):
        self.take()
        self.transfer(self.anna, user=self.vera)
        self.assertEqual(self.ticket.addressee_id, self.vera)
        self.assertEqual(self.ticket.team_id, self.headphones)
        self.assertEqual(self.ticket.addressee_team_id, self.vinyl)

    def test_a_team_sees_it_at_once_and_nobody_else_any_more(self):
        self.take()
        self.transfer(self.anna, team=self.vinyl)
        self.assertFalse(self.ticket.user_id | self.ticket.addressee_id)
        self.assertEqual(self.ticket.team_id, self.vinyl)
        self.assertEqual(self.ticket.team_visible_from, self.now)
        readers = self.vera | self.leader | self.manager
        self.assertEqual(self.get_readers(self.ticket), readers)
        self.at(WINDOW)
        self.assertIn(self.boris, self.get_readers(self.ticket), "the department")

    def test_what_nobody_has_taken_is_transferred_by_who_might_take_it(self):
        self.transfer(self.anna, self.boris)
        self.assertEqual(self.ticket.addressee_id, self.boris)
        with self.assertRaises(AccessError):
            self.transfer(self.vera, self.vera)

    def test_whom_it_went_to_takes_and_answers_it(self):
        self.take()
        self.transfer(self.anna, self.boris)
        self.take(self.boris)
        self.reply(self.ticket, self.boris)
        self.assertEqual(self.ticket.inquiry_ids.state, "answered")

    def test_only_who_has_it_or_may_take_it_away_transfers_it(self):
        self.take()
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.transfer(self.boris, self.boris)
        with self.assertRaises(AccessError):
            self.transfer(self.vera, self.boris)
        self.assertEqual(self.ticket.user_id, self.anna)
        self.transfer(self.chief, self.boris)
        self.assertEqual(self.ticket.addressee_id, self.boris)

    def test_a_letter_that_comes_meanwhile_moves_nothing(self):
        self.take()
        self.transfer(self.anna, self.boris)
        before = self.ticket.exclusive_until
        self.at(timedelta(hours=1))
        self.receive(reply_to=self.ticket.inquiry_ids.message_id)
        self.assertEqual(self.ticket.addressee_id, self.boris)
        self.assertEqual(self.ticket.exclusive_until, before)

    def test_the_conversation_explains_it(self):
        self.take()
        self.transfer(self.anna, self.boris)
        text = self.ticket.with_user(self.boris).decision_text
        self.assertIn("It was transferred to Boris, who is at work.", text)

    def test_who_loses_the_sight_of_it_goes_on_with_what_waits_next(self):
        self.take()
        following = self.receive("anna@hifi.example", subject="Another one")
        action = self.transfer(self.anna, team=self.vinyl)
        self.assertEqual(action["res_id"], following.id)
        action = following.with_user(self.anna).action_transfer(
            team=self.vinyl, reason=WHY
        )
        self.assertEqual(action["path"], "inquiries", "nothing is left")
        self.ticket = self.receive("anna@hifi.example", subject="A third one")
        self.assertIs(self.transfer(self.chief, self.boris), True)

    # To whom it cannot go

    def test_it_goes_to_nobody_who_could_not_read_it(self):
        clerk = self.make_user("clerk", groups="")
        gone = self.make_user("gone")
        gone.active = False
        abroad = self.make_user("abroad")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        abroad.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.take()
        for user, sentence in (
            (clerk, "Clerk does not work with conversations"),
            (gone, "Gone does not work here any more"),
            (abroad, "Abroad does not work for Hi-Fi Shop"),
        ):
            with self.assertRaisesRegex(UserError, sentence):
                self.transfer(self.anna, user)
        self.assertEqual(self.ticket.user_id, self.anna)

    def test_it_goes_to_no_team_of_another_company_or_that_is_gone(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.make_team("Other", company_id=company.id)
        gone = self.make_team("Gone", active=False)
        self.take()
        for team, sentence in ((other, "another company"), (gone, "does not exist")):
            with self.assertRaisesRegex(UserError, sentence):
                self.transfer(self.anna, team=team)

    def test_who_is_away_is_said_and_others_see_it_at_once(self):
        self.take_leave(self.boris, self.now, self.now + timedelta(days=1))
        self.take()
        action = self.transfer(self.anna, self.boris)
        self.assertIn("Boris is on leave until", action["params"]["message"])
        self.assertFalse(self.ticket.exclusive_until)
        self.assertEqual(self.ticket.team_visible_from, self.now)

    def test_a_reason_and_somebody_are_needed(self):
        self.take()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.transfer(self.anna, self.boris, reason="")
        with self.assertRaisesRegex(UserError, "to whom"):
            self.transfer(self.anna)

    # The history, and who is told

    def test_one_line_of_the_history_says_who_from_whom_to_whom_and_why(self):
        self.take()
        before = self.ticket.message_ids
        tracked = self.ticket.with_context(tracking_disable=False)
        tracked.with_user(self.anna).action_transfer(
            self.boris.id, WHY, cause="knows_better"
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        line = self.assert_history("taken", "transferred")
        self.assertEqual(line.user_id, self.anna)
        self.assertEqual(line.from_user_id, self.anna)
        self.assertEqual(line.to_user_id, self.boris)
        message = self.ticket.message_ids - before
        self.assertEqual(
            message.preview,
            "Anna has transferred it to Boris: A colleague knows it better. "
            + WHY
            + ".",
        )
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertTrue(message.is_internal)

    def test_the_history_is_read_with_the_conversation_and_never_written(self):
        self.take()
        self.transfer(self.anna, self.boris)
        lines = self.env["helpdesk.ticket.transition"]
        self.assertTrue(lines.with_user(self.boris).search([]))
        self.assertFalse(lines.with_user(self.vera).search([]))
        with mute_logger("odoo.addons.base.models.ir_model"):
            for user in (self.boris, self.manager):
                with self.assertRaises(AccessError):
                    self.ticket.transition_ids.with_user(user).write({"reason": "?"})
                with self.assertRaises(AccessError):
                    self.ticket.transition_ids.with_user(user).unlink()

    def test_the_new_one_is_told_once_and_until_he_has_taken_it(self):
        with trap_alerts(self) as trap:
            self.take()
            self.transfer(self.chief, self.boris)
            trap.assert_alerted(self.boris, TRANSFERRED, self.ticket)
            trap.assert_not_alerted(self.boris, "inquiry_reserved")
            trap.assert_alerted(self.anna, TAKEN_AWAY)
            trap.assert_not_alerted(self.chief)
            self.take(self.boris)
            trap.assert_withdrawn(self.boris, TRANSFERRED, self.ticket)
            self.assertFalse(trap.get_faults())

    def test_who_gives_it_away_himself_is_not_told(self):
        with trap_alerts(self) as trap:
            self.take()
            trap.drain()
            trap.trapped.clear()
            self.transfer(self.anna, team=self.vinyl)
            trap.assert_not_alerted(self.anna)
            trap.assert_alerted(self.vera, WAITING, self.ticket)

    def test_when_his_window_is_over_the_team_is_told_and_he_as_one_of_it(self):
        self.take()
        self.transfer(self.anna, self.boris)
        with trap_alerts(self) as trap:
            self.at(WINDOW)
            self.env["helpdesk.ticket"]._tell_due(10)
            trap.assert_withdrawn(self.boris, TRANSFERRED, self.ticket)
            trap.assert_alerted(self.boris, WAITING, self.ticket)
            trap.assert_alerted(self.anna, WAITING, self.ticket)

    # What is worked out

    def test_what_is_worked_out_becomes_his_without_a_window(self):
        self.reply(self.ticket, self.anna)
        self.transfer(self.anna, self.boris)
        self.assertEqual(self.ticket.user_id, self.boris)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")
        self.receive(reply_to=self.ticket.inquiry_ids.message_id)
        self.assertEqual(self.ticket.addressee_id, self.boris)

    # Wrong audience

    def test_wrong_audience_teaches(self):
        records = self.make_audience("Collectors", team=self.vinyl)
        stranger = self.make_customer("Stranger")
        self.ticket = self.receive(sender=stranger.email)
        self.transfer(self.leader, team=self.vinyl, reason="wrong_audience")
        self.assertEqual(self.ticket.audience_id, records)
        self.assertEqual(self.assert_history("transferred").cause, "wrong_audience")
        later = self.receive(sender=stranger.email)
        self.assertEqual(later.audience_id, records)
        self.assertEqual(later.team_id, self.vinyl)

    def test_what_orders_say_goes_before_what_was_taught(self):
        self.make_audience("Collectors", team=self.vinyl)
        self.transfer(self.chief, team=self.vinyl, reason="wrong_audience")
        later = self.receive()
        self.assertEqual(later.audience_id, self.audience)


@tagged("post_install", "-at_install")
class TestTakeAway(TransferCase):
    """A supervisor takes it away; a colleague while the assignee is absent (10)."""

    def take_away(self, by, reason=WHY):
        return self.ticket.with_user(by).action_take_away(reason)

    def test_a_supervisor_takes_it_away_with_a_reason_and_its_former_one_is_told(self):
        with trap_alerts(self) as trap:
            self.take()
            self.take_away(self.chief)
            self.assertEqual(self.ticket.user_id, self.chief)
            trap.assert_alerted(self.anna, TAKEN_AWAY, self.ticket)
            trap.assert_not_alerted(self.chief, TAKEN_AWAY)
        line = self.assert_history("taken", "taken_away")
        self.assertEqual((line.from_user_id, line.reason), (self.anna, WHY))

    def test_the_leader_of_its_assignee_is_a_supervisor_too(self):
        self.vinyl.user_id = self.outsider
        self.at(3 * WINDOW)
        self.take(self.vera)
        self.take_away(self.outsider)
        self.assertEqual(self.ticket.user_id, self.outsider)

    def test_a_colleague_may_not_while_its_assignee_is_there(self):
        self.take()
        with self.assertRaisesRegex(UserError, "Anna has been working .* supervisors"):
            self.take_away(self.boris)
        with self.assertRaises(AccessError):
            self.take_away(self.vera)
        self.assertEqual(self.ticket.user_id, self.anna)

    def test_a_colleague_of_the_team_may_while_its_assignee_is_on_leave(self):
        self.take()
        self.take_leave(self.anna, self.now, self.now + timedelta(days=1))
        self.assertTrue(self.ticket.with_user(self.boris).can_take_away)
        self.take_away(self.boris)
        self.assertEqual(self.ticket.user_id, self.boris)

    def test_a_colleague_of_the_team_may_where_the_policy_lets_him(self):
        self.take()
        policy = self.env["routing.policy"].create(
            {"company_id": self.company.id, "take_away_by": "team"}
        )
        self.take_away(self.boris)
        self.assertEqual(self.ticket.user_id, self.boris)
        policy.take_away_by = "supervisors"
        with self.assertRaises(UserError):
            self.take_away(self.anna)

    def test_lunch_is_no_absence(self):
        self.take()
        self.at(timedelta(hours=2, minutes=30))
        self.assertFalse(self.ticket.with_user(self.boris).can_take_away)

    def test_what_nobody_has_cannot_be_taken_away(self):
        with self.assertRaises(UserError):
            self.take_away(self.chief)

    def test_who_has_lost_it_reads_who_has_it_now(self):
        self.vinyl.user_id = self.outsider
        self.at(3 * WINDOW)
        self.take(self.vera)
        self.take_away(self.chief)
        with self.assertRaisesRegex(UserError, "Chief has been working"):
            self.transfer(self.vera, self.boris)
        with self.assertRaisesRegex(UserError, "Chief has been working"):
            self.ticket.with_user(self.vera).action_release()

    def test_blanks_are_no_reason(self):
        self.take()
        for reason in ("   ", {"cause": "other"}, {"cause": "other", "reason": " \n"}):
            why = reason if isinstance(reason, dict) else {"reason": reason}
            his = self.ticket.with_user(self.chief)
            with self.subTest(why), self.assertRaisesRegex(UserError, "in words"):
                his.action_take_away(**why)
            with self.subTest(why), self.assertRaisesRegex(UserError, "in words"):
                his.action_transfer(self.boris, **why)
        self.assertEqual(self.ticket.user_id, self.anna)

    def test_without_a_reason_a_dialog_asks(self):
        self.take()
        action = self.ticket.with_user(self.chief).action_take_away()
        self.assertEqual(action["res_model"], "helpdesk.ticket.transfer")
        self.assertEqual(self.ticket.user_id, self.anna)


@tagged("post_install", "-at_install")
class TestRelease(TransferCase):
    """Given back, it is its team's at once, and nobody's alone."""

    def release(self, by):
        return self.ticket.with_user(by).action_release()

    def test_its_team_has_it_at_once_and_he_is_one_of_it(self):
        self.take()
        with trap_alerts(self) as trap:
            self.release(self.anna)
            trap.assert_alerted(self.boris, WAITING, self.ticket)
            trap.assert_not_alerted(self.anna, WAITING)
        self.assertFalse(self.ticket.user_id | self.ticket.addressee_id)
        self.assertFalse(self.ticket.exclusive_until)
        self.assertEqual(self.ticket.with_user(self.anna).queue, "team")
        self.assertEqual(self.ticket.with_user(self.boris).queue, "team")
        self.assert_history("taken", "released")

    def test_the_clock_does_not_tell_the_team_again(self):
        self.take()
        self.release(self.anna)
        with trap_alerts(self) as trap:
            trap.drain()
            trap.trapped.clear()
            self.at(timedelta(minutes=1))
            self.assertEqual(self.env["helpdesk.ticket"]._tell_due(10), 0)
            trap.assert_not_alerted(self.boris)

    def test_a_moment_that_others_wait_for_never_moves_back(self):
        later = self.ticket.department_visible_from
        self.take()
        self.at(3 * WINDOW)
        self.release(self.anna)
        self.assertEqual(self.ticket.department_visible_from, later)
        self.assertIn(self.vera, self.get_readers(self.ticket))

    def test_without_an_audience_the_department_has_it_at_once(self):
        self.ticket = self.receive("anna@hifi.example", sender="stranger@c.example")
        self.assertFalse(self.ticket.team_visible_from)
        self.take()
        self.release(self.anna)
        self.assertEqual(self.ticket.department_visible_from, self.now)
        self.assertEqual(self.ticket.with_user(self.vera).queue, "department")

    def test_only_who_has_it_and_who_may_take_it_away(self):
        self.take()
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.release(self.boris)
        with trap_alerts(self) as trap:
            self.release(self.chief)
            trap.assert_alerted(self.anna, TAKEN_AWAY)
        with self.assertRaises(UserError):
            self.release(self.anna)

    def test_the_system_gives_back_many_at_once(self):
        tickets = self.ticket | self.receive("anna@hifi.example", subject="Two")
        for ticket in tickets:
            ticket.with_user(self.anna).action_take()
        tickets._release(cause="left")
        self.assertFalse(tickets.user_id)
        self.assertEqual(set(tickets.mapped("team_visible_from")), {self.now})
        self.assertIn("It was taken back from Anna", tickets[0].message_ids[0].preview)


@tagged("post_install", "-at_install")
class TestTransferButtons(TransferCase):
    """What may be done now stands on the conversation, and nothing else."""

    def get_buttons(self, user):
        names = ("take", "transfer", "take_away", "release")
        ticket = self.ticket.with_user(user)
        return {name for name in names if ticket[f"can_{name}"]}

    def test_buttons_of_each_employee(self):
        self.assertEqual(self.get_buttons(self.anna), {"take", "transfer"})
        self.take()
        self.assertEqual(self.get_buttons(self.anna), {"transfer", "release"})
        self.assertEqual(self.get_buttons(self.boris), set())
        self.assertEqual(
            self.get_buttons(self.chief), {"transfer", "take_away", "release"}
        )

    def test_the_dialog_transfers(self):
        self.take()
        dialog = self.make_dialog(self.anna, to_user_id=self.boris.id)
        self.assertIn(self.boris, dialog.possible_user_ids)
        self.assertNotIn(self.anna, dialog.possible_user_ids)
        self.assertFalse(dialog.warning)
        action = dialog.action_confirm()
        self.assertEqual(self.ticket.addressee_id, self.boris)
        self.assertEqual(action["type"], "ir.actions.act_window")

    def test_the_dialog_warns_of_nobody_before_a_colleague_is_chosen(self):
        self.assertFalse(self.make_dialog(self.anna).warning)

    def test_the_dialog_warns_of_an_absence(self):
        self.take_leave(self.boris, self.now, self.now + timedelta(days=1))
        dialog = self.make_dialog(self.anna, to_user_id=self.boris.id)
        self.assertIn("Boris is on leave until", dialog.warning)

    def test_another_reason_is_said_in_words(self):
        dialog = self.make_dialog(self.anna, to_user_id=self.boris.id, cause="other")
        with self.assertRaisesRegex(UserError, "in words"):
            dialog.action_confirm()

    def test_the_dialog_takes_away(self):
        self.take()
        dialog = self.make_dialog(self.chief, kind="taken_away")
        dialog.action_confirm()
        self.assertEqual(self.ticket.user_id, self.chief)

    def test_the_dialog_names_no_conversation_to_who_may_not_read_it(self):
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.make_dialog(self.vera, to_user_id=self.vera.id)

    def make_dialog(self, user, **values):
        values = {"cause": "knows_better", "ticket_id": self.ticket.id, **values}
        return self.env["helpdesk.ticket.transfer"].with_user(user).create(values)

    def test_nobody_reads_the_dialog_of_a_colleague(self):
        dialog = self.make_dialog(self.anna, reason="He knows the customer")
        self.assertEqual(dialog.reason, "He knows the customer")
        for user in (self.boris, self.chief):
            with self.assertRaises(AccessError):
                dialog.with_user(user).read(["reason"])
