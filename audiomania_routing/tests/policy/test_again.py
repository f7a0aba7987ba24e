# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..conversation.common import WINDOW
from .again_common import HALF, LEAVE_END, AgainCase

HELP_DESK = "helpdesk_mgmt.group_helpdesk_user_own"


@tagged("post_install", "-at_install")
class TestAgainForStaff(AgainCase):
    """What waits for an employee who cannot answer any more goes up at once."""

    def setUp(self):
        super().setUp()
        self.ticket = self.wait_for_anna()
        self.team = self.anna | self.boris

    def assertWindowOver(self, line):
        self.assertOpenTo(self.ticket, self.team & self.get_active())
        self.assertEqual(self.ticket.exclusive_until, self.now + HALF)
        self.assertIn(line, self.get_lines(self.ticket)[0])

    def get_active(self):
        return self.team.filtered(lambda one: one.active and one.has_group(HELP_DESK))

    def test_in_the_window_it_is_hers_alone(self):
        self.assertOpenTo(self.ticket, self.anna)
        self.assertFalse(self.get_lines(self.ticket))

    def test_on_leave_she_loses_the_rest_of_her_window(self):
        self.leave(self.anna)
        self.assertWindowOver("an absence of Anna has changed")
        self.assertIn("on leave until", self.get_lines(self.ticket)[0])

    def test_who_is_just_made_has_his_name_at_once(self):
        values = {"name": "Olga", "login": "just.made@hifi.example"}
        olga = self.env["res.users"].sudo().create(values)
        self.assertEqual(olga.name, "Olga")

    def test_a_first_sign_in_that_sets_the_time_zone_decides_nothing_anew(self):
        self.env.cr.execute(
            "UPDATE res_partner SET tz = NULL WHERE id = %s", [self.anna.partner_id.id]
        )
        self.anna.partner_id.invalidate_recordset(["tz"])
        decided = self.ticket.inquiry_ids.decision
        self.anna.tz = self.anna.employee_ids.tz
        self.commit()
        self.assertOpenTo(self.ticket, self.anna)
        self.assertFalse(self.get_lines(self.ticket))
        self.assertEqual(self.ticket.inquiry_ids.decision, decided)

    def test_what_was_decided_in_a_way_that_is_not_read_any_more_stays(self):
        self.ticket.inquiry_ids.decision = {"of": "another time"}
        self.leave(self.anna)
        self.assertOpenTo(self.ticket, self.anna)

    def test_a_time_zone_in_which_she_is_away_ends_her_window(self):
        self.anna.tz = "Asia/Tokyo"
        self.commit()
        self.assertOpenTo(self.ticket, self.team)

    def test_the_stored_decision_is_the_newest(self):
        self.leave(self.anna)
        text = self.ticket.with_user(self.boris).decision_text
        self.assertIn("The exclusive window of Anna is over", text)

    def test_a_leave_that_begins_in_the_window_ends_it_then(self):
        self.leave(self.anna, start=self.now + WINDOW - HALF / 2)
        self.assertOpenTo(self.ticket, self.anna)
        self.assertEqual(self.ticket.exclusive_until, self.now + WINDOW - HALF / 2)
        self.at(WINDOW - HALF / 2)
        self.assertOpenTo(self.ticket, self.team)

    def test_a_leave_that_is_taken_back_locks_nobody_out(self):
        leave = self.leave(self.anna)
        self.assertOpenTo(self.ticket, self.team)
        leave.unlink()
        self.commit()
        self.assertOpenTo(self.ticket, self.team)

    def test_a_leave_that_is_moved_to_now_ends_the_window(self):
        leave = self.leave(self.anna, start=self.now + timedelta(days=2))
        self.assertOpenTo(self.ticket, self.anna)
        leave.date_from = self.now + HALF
        self.commit()
        self.assertWindowOver("an absence of Anna has changed")

    def test_a_public_holiday_that_is_entered_late_ends_the_window(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": self.calendar.id,
                "date_from": self.now,
                "date_to": self.now + timedelta(hours=12),
            }
        )
        self.commit()
        self.assertWindowOver("public holidays have changed")

    def test_a_schedule_in_which_she_does_not_work_now_ends_the_window(self):
        mondays = self.calendar.attendance_ids.filtered(
            lambda one: one.dayofweek == "0"
        )
        mondays.unlink()
        self.commit()
        self.assertWindowOver("working hours have changed")

    def test_another_schedule_of_hers_ends_the_window(self):
        evenings = self.calendar.copy({"name": "Evenings"})
        evenings.attendance_ids.filtered(lambda one: one.dayofweek == "0").unlink()
        self.anna.employee_id.resource_calendar_id = evenings
        self.commit()
        self.assertWindowOver("working hours have changed")

    def test_who_says_that_she_is_away_has_no_window(self):
        self.anna.manual_im_status = "away"
        self.commit()
        self.assertWindowOver("of Anna have changed")

    def test_archived_she_has_no_window_and_reads_nothing(self):
        self.anna.active = False
        self.commit()
        self.assertWindowOver("of Anna have changed")
        self.assertNotIn(self.anna, self.get_readers(self.ticket))

    def test_with_her_employee_archived_she_has_no_window(self):
        self.anna.employee_id.active = False
        self.commit()
        self.assertWindowOver("of Anna have changed")

    def test_without_the_right_she_has_no_window(self):
        self.anna.group_ids -= self.env.ref(HELP_DESK)
        self.commit()
        self.assertWindowOver("of Anna have changed")

    def test_a_right_taken_from_the_side_of_the_group_counts_too(self):
        self.env.ref(HELP_DESK).user_ids -= self.anna
        self.commit()
        self.assertWindowOver("the rights of employees have changed")

    def test_in_other_companies_only_she_has_no_window(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.headphones.user_ids -= self.anna
        self.anna.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        self.commit()
        self.assertOpenTo(self.ticket, self.boris)

    def test_out_of_her_team_she_keeps_the_window_and_it_is_not_her_teams(self):
        self.vinyl.user_ids += self.anna
        self.headphones.user_ids -= self.anna
        self.commit()
        self.assertOpenTo(self.ticket, self.anna)
        self.assertEqual(self.ticket.addressee_team_id, self.vinyl)
        self.at(WINDOW)
        self.assertOpenTo(self.ticket, self.team | self.vera)

    def test_who_is_deleted_leaves_nothing_behind(self):
        temp = self.make_user("temp")
        self.headphones.user_ids += temp
        self.commit()
        self.at(timedelta(0))
        ticket = self.receive("temp@hifi.example")
        self.assertEqual(ticket.addressee_id, temp)
        self.commit()
        temp.employee_ids.unlink()
        temp.unlink()
        self.commit()
        self.assertOpenTo(ticket, self.team)

    def test_those_who_see_it_now_are_told_and_she_no_more(self):
        with trap_alerts(self) as trap:
            self.leave(self.anna)
            trap.assert_alerted(self.boris, "inquiry_waiting", self.ticket)
            trap.assert_not_alerted(self.vera)
            trap.drain()

    def test_the_reservation_is_withdrawn_with_the_window(self):
        self.at(timedelta(0))
        with trap_alerts(self) as trap:
            ticket = self.receive("anna@hifi.example")
            trap.assert_alerted(self.anna, "inquiry_reserved", ticket)
            self.commit()
            self.leave(self.anna, start=self.now)
            trap.assert_withdrawn(self.anna, "inquiry_reserved", ticket)

    def test_the_line_is_read_by_who_may_read_the_conversation_only(self):
        self.leave(self.anna)
        line = self.ticket.message_ids.filtered(
            lambda one: one.preview.startswith("Decided again")
        )
        self.assertTrue(line.with_user(self.boris).has_access("read"))
        self.assertFalse(line.with_user(self.vera).has_access("read"))
        self.assertFalse(line.notified_partner_ids)

    def test_what_changes_nothing_is_not_written_down(self):
        self.leave(
            self.vera,
            start=self.now + timedelta(days=5),
            end=self.now + timedelta(days=6),
        )
        self.assertFalse(self.get_lines(self.ticket))

    def test_a_change_after_the_window_is_no_news(self):
        self.at(WINDOW)
        self.leave(self.anna, start=self.now + WINDOW)
        self.assertFalse(self.get_lines(self.ticket))
        self.assertOpenTo(self.ticket, self.team)

    def test_deciding_again_and_again_moves_no_moment_back(self):
        before = self.ticket.department_visible_from
        for number in range(3):
            self.at(HALF + number * timedelta(minutes=20))
            self.leave(self.boris, start=self.now + HALF, end=LEAVE_END)
            self.assertLessEqual(self.ticket.department_visible_from, before)
            before = self.ticket.department_visible_from

    def test_any_news_is_decided_again_with_the_oldest(self):
        self.receive(reply_to=self.ticket.inquiry_ids.message_id)
        self.commit()
        self.leave(self.anna)
        self.assertWindowOver("an absence of Anna has changed")
        self.assertEqual(len(self.get_lines(self.ticket)), 1)


@tagged("post_install", "-at_install")
class TestAgainForTeams(AgainCase):
    """Teams that lose or get somebody, and audiences that another team serves."""

    def test_a_team_that_loses_its_last_member_is_passed_at_once(self):
        ticket = self.receive("info@hifi.example")
        self.commit()
        self.assertOpenTo(ticket, self.anna | self.boris)
        with trap_alerts(self) as trap:
            self.headphones.user_ids = False
            self.commit()
            self.assertOpenTo(ticket, self.vera)
            trap.assert_alerted(self.chief, "nobody_can_answer", ticket)
            trap.assert_alerted(self.vera, "inquiry_waiting", ticket)
        self.assertIn("the team Headphones has changed", self.get_lines(ticket)[0])
        self.assertIn("The team has no member", self.get_lines(ticket)[0])

    def test_a_team_whose_members_are_all_absent_is_passed_at_once(self):
        ticket = self.receive("info@hifi.example")
        self.commit()
        self.at(HALF)
        with trap_alerts(self) as trap:
            self.leave(self.anna)
            trap.assert_not_alerted(self.chief)
            self.leave(self.boris)
            trap.assert_alerted(self.chief, "nobody_can_answer", ticket)
        self.assertOpenTo(ticket, self.anna | self.boris | self.vera)

    def test_an_archived_team_is_passed_at_once(self):
        ticket = self.wait_for_anna()
        self.headphones.active = False
        self.commit()
        self.at(WINDOW)
        self.assertIn(self.vera, self.get_readers(ticket))

    def test_a_deleted_team_leaves_its_conversations_to_be_seen(self):
        ticket = self.receive("info@hifi.example")
        self.commit()
        self.audience.team_id = self.vinyl
        self.headphones.unlink()
        self.commit()
        self.assertIn(self.vera, self.get_readers(ticket))

    def test_a_new_leader_reads_it_at_once(self):
        ticket = self.wait_for_anna()
        self.headphones.user_id = self.vera
        self.commit()
        self.assertIn(self.vera, self.get_readers(ticket))

    def test_another_team_of_the_audience_sees_it_after_the_window(self):
        ticket = self.wait_for_anna()
        self.audience.team_id = self.vinyl
        self.commit()
        self.assertEqual(ticket.team_id, self.vinyl)
        self.assertEqual(ticket.addressee_team_id, self.headphones)
        self.assertIn("the audience Headphone lovers", self.get_lines(ticket)[0])
        self.at(WINDOW)
        self.assertOpenTo(ticket, self.anna | self.boris | self.vera)

    def test_an_audience_that_is_deleted_leaves_its_team_nothing_in_the_window(self):
        ticket = self.wait_for_anna()
        self.audience.unlink()
        self.commit()
        self.assertFalse(ticket.audience_id)
        self.assertFalse(ticket.team_visible_from)

    def test_the_team_that_sees_it_already_stays_beside_the_new_one(self):
        ticket = self.receive("info@hifi.example")
        self.commit()
        self.audience.team_id = self.vinyl
        self.commit()
        self.assertOpenTo(ticket, self.anna | self.boris | self.vera)


@tagged("post_install", "-at_install")
class TestAgainForCustomers(AgainCase):
    """Who wrote becomes known, is another one, or buys something."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.make_category("Turntables")
        cls.turntables = cls.make_audience(
            "Vinyl lovers", [cls.category], team=cls.vinyl
        )
        cls.product = cls.make_product(cls.category)
        cls.buyer = cls.make_customer("Olga")

    def wait_for_boris(self, sender):
        ticket = self.receive("boris@hifi.example", sender=sender)
        self.commit()
        self.assertEqual(ticket.addressee_id, self.boris)
        return ticket

    def test_a_customer_who_becomes_known_brings_his_team(self):
        ticket = self.wait_for_boris("stranger@c.example")
        self.assertFalse(ticket.team_visible_from)
        ticket.partner_id = self.customer
        self.commit()
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.team_visible_from, self.window_end)
        self.assertIn("the customer has been set", self.get_lines(ticket)[0])

    def test_who_wrote_himself_stays_the_writer(self):
        ticket = self.wait_for_boris(self.buyer.email_formatted)
        ticket.inquiry_ids.partner_id = self.customer
        ticket.partner_id = self.make_customer("Ivan")
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)

    def test_a_merged_customer_is_decided_as_the_one_who_stays(self):
        ticket = self.wait_for_boris(self.buyer.email_formatted)
        self.assertFalse(ticket.team_visible_from)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.buyer | self.customer).ids, self.customer
        )
        self.commit()
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.team_visible_from, self.window_end)

    def test_a_confirmed_order_makes_the_audience_known(self):
        ticket = self.wait_for_boris(self.buyer.email_formatted)
        self.make_order(self.buyer, self.product)
        self.commit()
        self.assertEqual(ticket.audience_id, self.turntables)
        self.assertEqual(ticket.team_id, self.vinyl)
        self.assertEqual(ticket.team_visible_from, self.window_end)
        self.assertIn("orders of the customer", self.get_lines(ticket)[0])

    def test_a_cancelled_order_takes_its_team_out_of_the_window(self):
        order = self.make_order(self.buyer, self.product)
        ticket = self.wait_for_boris(self.buyer.email_formatted)
        self.assertEqual(ticket.team_id, self.vinyl)
        order._action_cancel()
        self.commit()
        self.assertFalse(ticket.audience_id)
        self.assertFalse(ticket.team_visible_from)

    def test_an_audience_that_is_chosen_by_hand_counts_at_once(self):
        ticket = self.wait_for_boris(self.buyer.email_formatted)
        self.buyer.audience_manual_id = self.turntables
        self.commit()
        self.assertEqual(ticket.team_id, self.vinyl)

    def test_the_department_that_sees_it_is_not_locked_out(self):
        ticket = self.receive("info@hifi.example", sender="stranger@c.example")
        self.commit()
        everybody = self.anna | self.boris | self.vera
        self.assertOpenTo(ticket, everybody)
        ticket.partner_id = self.customer
        self.commit()
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertOpenTo(ticket, everybody)

    def test_an_order_of_somebody_else_changes_nothing(self):
        ticket = self.wait_for_boris(self.buyer.email_formatted)
        self.make_order(self.make_customer("Ivan"), self.product)
        self.commit()
        self.assertFalse(self.get_lines(ticket))


@tagged("post_install", "-at_install")
class TestAgainForTaken(AgainCase):
    """What an employee holds who leaves goes up the ladder at once (rules 10, 11)."""

    def setUp(self):
        super().setUp()
        self.ticket = self.wait_for_anna()
        self.ticket.with_user(self.anna).action_take()
        self.commit()

    def test_what_he_held_is_his_teams_at_once(self):
        with trap_alerts(self) as trap:
            # What taking it has withdrawn is merged before.
            trap.drain()
            self.anna.active = False
            self.commit()
            trap.assert_alerted(self.boris, "inquiry_waiting", self.ticket)
            self.assertFalse(trap.get_faults(), trap._explain())
        self.assertFalse(self.ticket.user_id)
        self.assertOpenTo(self.ticket, self.boris)
        self.assertEqual(self.ticket.with_user(self.boris).queue, "team")
        texts = self.ticket.message_ids.mapped("preview")
        self.assertIn("taken back from Anna", texts[0])
        self.assertEqual(self.ticket.transition_ids[:1].cause, "left")

    def test_without_the_right_he_holds_nothing(self):
        self.anna.group_ids -= self.env.ref(HELP_DESK)
        self.commit()
        self.assertFalse(self.ticket.user_id)
        self.assertOpenTo(self.ticket, self.boris)

    def test_with_his_employee_archived_he_holds_nothing(self):
        self.anna.employee_id.active = False
        self.commit()
        self.assertFalse(self.ticket.user_id)

    def test_on_leave_he_keeps_it(self):
        """A colleague may take it away from who is absent (rule 10); nobody has to."""
        self.leave(self.anna)
        self.assertEqual(self.ticket.user_id, self.anna)
        self.assertFalse(self.get_lines(self.ticket))

    def test_out_of_the_team_he_keeps_it(self):
        self.headphones.user_ids -= self.anna
        self.commit()
        self.assertEqual(self.ticket.user_id, self.anna)

    def test_what_is_worked_out_stays_his(self):
        self.reply(self.ticket, self.anna)
        self.commit()
        self.anna.active = False
        self.commit()
        self.assertEqual(self.ticket.user_id, self.anna)
        self.assertFalse(self.get_lines(self.ticket))

    def test_his_address_still_works(self):
        self.anna.active = False
        self.commit()
        ticket = self.receive("anna@hifi.example")
        self.commit()
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertOpenTo(ticket, self.boris)

    def test_a_new_letter_in_what_he_answered_is_his_teams_at_once(self):
        self.reply(self.ticket, self.anna)
        self.anna.active = False
        self.commit()
        self.receive(reply_to=self.ticket.inquiry_ids.message_id)
        self.commit()
        self.assertFalse(self.ticket.user_id)
        self.assertOpenTo(self.ticket, self.boris)
