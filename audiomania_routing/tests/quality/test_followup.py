# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.quality.marks.link import Link
from ..common import MONDAY_10
from .followup_common import MarkCase

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestFollowup(MarkCase):
    """A bad mark: alert, follow-up, and how it closes (rule 24)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.followups = cls.env["helpdesk.quality.followup"]
        cls.public = cls.env.ref("base.public_user")

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation(user_id=self.anna.id)

    def open_for(self, user, quality=1, **values):
        with trap_alerts(self) as self.trap:
            mark = self.rate(user, quality, **values)
        return mark.followup_ids

    def change_as_customer(self, mark, **values):
        """What the page does that a customer opens from his letter."""
        mark.with_user(self.public).sudo().write(values)

    def get_told(self, code):
        """Who has an alert of this type."""
        deliveries = self.env["alert.delivery"].search([])
        return deliveries.filtered(
            lambda one: one.alert_id.type_id.code == code and one.state != "withdrawn"
        ).user_id

    def close(self, followup, user, outcome="justified", note="We called him."):
        followup.with_user(user)._close(outcome, note)

    def note_call(self, followup, user, way="phone", text="He gets another one."):
        followup.with_user(user)._note_contact(way, text)

    # Opening

    def test_a_bad_mark_is_told_to_the_employee_s_supervisor_at_once(self):
        followup = self.open_for(self.anna, feedback="It took a week")
        self.assertEqual(followup.supervisor_id, self.chief)
        self.assertEqual(self.get_told("bad_mark"), self.chief)
        self.assertEqual(followup.user_id, self.anna)
        self.assertEqual(followup.partner_id, self.customer)
        self.assertEqual((followup.quality, followup.state), (1, "open"))
        self.assertEqual(followup.with_user(self.chief).comment, "It took a week")

    def test_the_deadline_is_in_working_hours_of_the_team(self):
        """Six of Monday's from ten, lunch left out, and two of Tuesday's."""
        self.assertEqual(
            self.open_for(self.anna).deadline, MONDAY_10 + DAY, "8 hours a day"
        )
        self.headphones.followup_hours = 2
        self.assertEqual(
            self.open_for(self.boris).deadline, MONDAY_10 + 2 * HOUR, "before lunch"
        )

    def test_quality_or_speed_at_or_under_the_policy_s_limit_is_bad(self):
        for values, count in (
            ({"quality": 3, "speed": 5}, 0),
            ({"quality": 5, "speed": 2}, 1),
            ({"quality": 2, "speed": 5}, 1),
            ({"quality": 0, "speed": 1}, 1),
            ({"quality": 5, "speed": 0}, 0),
        ):
            with self.subTest(values):
                self.assertEqual(len(self.open_for(self.anna, **values)), count)

    def test_the_limit_is_that_of_the_policy(self):
        self.env["routing.policy"].create(
            {"company_id": self.company.id, "team_id": self.headphones.id}
        ).bad_mark = 3
        self.assertTrue(self.open_for(self.anna, 3))

    def test_a_mark_about_a_supervisor_goes_to_the_one_above(self):
        self.headphones.user_ids += self.chief
        followup = self.open_for(self.chief)
        self.assertEqual(followup.supervisor_id, self.leader)
        self.assertEqual(self.get_told("bad_mark"), self.leader)

    def test_where_nobody_leads_the_managers_are_told(self):
        (self.headphones | self.department).user_id = False
        followup = self.open_for(self.anna)
        self.assertEqual(followup.supervisor_id, self.manager)

    def test_a_mark_about_the_manager_goes_to_another_manager(self):
        other = self.make_user("other", "helpdesk_mgmt.group_helpdesk_manager")
        (self.headphones | self.department).user_id = False
        self.assertEqual(self.open_for(self.manager).supervisor_id, other)

    def test_who_moved_to_another_team_is_followed_up_by_his_new_leader(self):
        self.headphones.user_ids -= self.anna
        self.vinyl.write({"user_ids": [(4, self.anna.id)], "user_id": self.boris.id})
        self.assertEqual(self.open_for(self.anna).supervisor_id, self.boris)

    def test_one_mark_opens_one_however_often_it_is_changed(self):
        followup = self.open_for(self.anna)
        followup.rating_id.write({"rating": 2})
        followup.rating_id.write({"feedback": "Slow"})
        self.assertEqual(followup.rating_id.followup_ids, followup)

    # Who sees it

    def test_who_it_is_about_does_not_see_it(self):
        followup = self.open_for(self.anna)
        for user in (self.anna, self.boris, self.vera, self.outsider):
            with self.subTest(user.login):
                found = self.followups.with_user(user)
                self.assertFalse(found.search([]))
                self.assertEqual(found.search_count([]), 0)
                self.assertFalse(found._read_group([], ["user_id"], ["__count"]))
                with (
                    mute_logger("odoo.addons.base.models.ir_rule"),
                    self.assertRaises(AccessError),
                ):
                    followup.with_user(user).read(["note"])
        for user in (self.chief, self.leader, self.manager):
            self.assertEqual(self.followups.with_user(user).search([]), followup)

    def test_a_supervisor_does_not_see_those_about_himself(self):
        self.headphones.user_ids += self.chief
        self.open_for(self.chief)
        self.assertFalse(self.followups.with_user(self.chief).search([]))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_writes_its_columns(self):
        followup = self.open_for(self.anna)
        for user in (self.chief, self.manager):
            with self.assertRaises(AccessError):
                followup.with_user(user).write({"state": "closed"})
            with self.assertRaises(AccessError):
                followup.with_user(user).unlink()

    # Closing

    def test_it_does_not_close_before_the_customer_has_heard_back(self):
        followup = self.open_for(self.anna)
        with self.assertRaisesRegex(UserError, "has not heard back"):
            self.close(followup, self.chief)
        self.assertEqual(followup.state, "open")

    def test_it_closes_with_a_call_an_outcome_and_a_note(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        with self.assertRaises(UserError):
            self.close(followup, self.chief, note=" ")
        with trap_alerts(self):
            self.close(followup, self.chief)
        self.assertEqual(
            (followup.state, followup.outcome, followup.closed_by_id),
            ("closed", "justified", self.chief),
        )
        self.assertFalse(self.get_told("bad_mark"))

    def test_it_closes_with_failed_attempts_each_a_line(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief, "failed", "Nobody answered at 11:00")
        self.assertFalse(followup.has_heard)
        self.close(followup, self.chief)
        self.assertEqual(followup.contact_ids.mapped("way"), ["failed"])

    def test_a_reply_of_anybody_is_found_and_offered(self):
        followup = self.open_for(self.anna)
        self.note(self.ticket, self.boris)
        self.assertFalse(followup.with_user(self.chief).offer_text)
        message = self.reply(self.ticket, self.anna)
        self.env.invalidate_all()
        self.assertIn("Yes, in green.", followup.with_user(self.chief).offer_text)
        followup.with_user(self.chief).action_heard()
        contact = followup.contact_ids
        self.assertEqual((contact.message_id, contact.user_id), (message, self.anna))
        self.assertTrue(followup.has_heard)
        self.close(followup, self.chief)

    def test_what_was_said_before_the_mark_is_no_answer_to_it(self):
        self.reply(self.ticket, self.anna)
        self.at(HOUR)
        followup = self.open_for(self.anna)
        self.assertFalse(followup.with_user(self.chief).offer_text)
        with self.assertRaises(UserError):
            followup.with_user(self.chief).action_heard()

    def test_a_recorded_call_is_found_too(self):
        followup = self.open_for(self.anna)
        self.ticket.with_user(self.anna)._answer_spoken("phone", "On Monday.")
        self.env.invalidate_all()
        self.assertIn("On Monday.", followup.with_user(self.chief).offer_text)
        followup.with_user(self.chief).action_heard()
        self.assertEqual(followup.contact_ids.way, "phone")

    def test_the_dialogs_do_what_they_say(self):
        followup = self.open_for(self.anna).with_user(self.chief)
        note = followup.action_note_contact()
        note = (
            self.env[note["res_model"]]
            .with_user(self.chief)
            .create({"followup_id": followup.id, "way": "failed", "text": "Engaged"})
        )
        note.action_save()
        dialog = self.env["helpdesk.quality.followup.close"].with_user(self.chief)
        dialog = dialog.create({"followup_id": followup.id, "note": "He is gone."})
        dialog.action_close()
        self.assertEqual((followup.state, followup.outcome), ("closed", "justified"))

    def test_the_dialog_closes_with_the_reply_that_was_offered(self):
        followup = self.open_for(self.anna).with_user(self.chief)
        self.reply(self.ticket, self.chief)
        self.env.invalidate_all()
        dialog = self.env["helpdesk.quality.followup.close"].with_user(self.chief)
        dialog = dialog.create({"followup_id": followup.id, "note": "Explained."})
        self.assertTrue(dialog.uses_offer)
        dialog.action_close()
        self.assertEqual(followup.contact_ids.mapped("way"), ["message"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_may_not_read_it_neither_notes_nor_closes(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        for user in (self.anna, self.boris, self.outsider):
            for attempt in (
                lambda u=user: self.close(followup, u),
                lambda u=user: self.note_call(followup, u),
                lambda u=user: followup.with_user(u).action_heard(),
                lambda u=user: followup.with_user(u).action_close(),
                lambda u=user: followup.with_user(u).action_open_conversation(),
                lambda u=user: (
                    self.env["helpdesk.quality.followup.close"]
                    .with_user(u)
                    .create({"followup_id": followup.id, "note": "x"})
                ),
            ):
                with self.assertRaises(AccessError):
                    attempt()

    def test_who_comes_second_reads_who_closed_it(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        self.close(followup, self.chief)
        with self.assertRaisesRegex(UserError, "Chief has closed it"):
            self.close(followup, self.leader)

    # Outcomes

    def test_justified_counts_everywhere(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        self.close(followup, self.chief)
        self.assertEqual(followup.rating_id.counts, "all")

    def test_not_justified_counts_for_the_pair_only(self):
        inquiry = self.ticket.inquiry_ids
        followup = self.open_for(self.anna, speed=4, inquiry_id=inquiry.id)
        followup.rating_id._set_figures()
        self.assertEqual((inquiry.quality_mark, inquiry.speed_mark), (1, 4))
        self.note_call(followup, self.chief)
        self.close(followup, self.chief, "not_justified", "He wants it for nothing.")
        self.assertEqual(followup.rating_id.counts, "pair")
        self.assertEqual((inquiry.quality_mark, inquiry.speed_mark), (0, 0))
        ratings = self.env["rating.rating"]
        self.assertFalse(ratings._get_averages("user"))
        self.assertTrue(ratings._get_latest_marks(self.customer))

    def test_given_by_accident_counts_nowhere(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        self.close(followup, self.chief, "accident", "He meant five.")
        self.assertEqual(followup.rating_id.counts, "none")
        self.assertFalse(self.env["rating.rating"]._get_latest_marks(self.customer))

    def test_who_voided_what_is_kept(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        self.close(followup, self.chief, "accident", "He meant five.")
        change = followup.with_user(self.manager).change_ids
        self.assertEqual(
            (change.user_id, change.what, change.reason, change.employee_id),
            (self.chief, "counts", "He meant five.", self.anna),
        )
        self.assertEqual(change.new, "none")
        self.assertNotEqual(change.new_words, "none")
        groups = self.followups.with_user(self.manager).formatted_read_group(
            [("state", "=", "closed")], ["closed_by_id", "outcome"], ["__count"]
        )
        self.assertEqual(
            [(g["closed_by_id"][0], g["outcome"], g["__count"]) for g in groups],
            [(self.chief.id, "accident", 1)],
        )

    # The customer changes his mind

    def test_a_mark_that_gets_better_keeps_it_open_with_that_said(self):
        followup = self.open_for(self.anna)
        self.change_as_customer(followup.rating_id, rating=5)
        self.assertEqual(followup.state, "open")
        self.assertTrue(followup.is_corrected)
        self.assertEqual(followup.quality, 1)
        change = followup.change_ids
        self.assertEqual(
            (change.what, change.old, change.new, change.by_customer),
            ("quality", "1", "5", True),
        )
        self.assertFalse(change.user_id)

    def test_what_he_corrected_himself_was_an_accident_and_counts_as_he_left_it(self):
        followup = self.open_for(self.anna)
        self.change_as_customer(followup.rating_id, rating=5)
        self.note_call(followup, self.chief)
        dialog = self.env["helpdesk.quality.followup.close"].with_user(self.chief)
        dialog = dialog.create({"followup_id": followup.id, "note": "A slip."})
        self.assertEqual(dialog.outcome, "accident")
        dialog.action_close()
        self.assertEqual(followup.rating_id.counts, "all")
        averages = self.env["rating.rating"]._get_averages("user")
        self.assertEqual(averages[self.anna.id].mean, 5.0)

    def test_a_mark_that_was_judged_and_is_given_anew_is_a_new_one(self):
        first = self.open_for(self.anna)
        mark = first.rating_id
        self.note_call(first, self.chief)
        self.close(first, self.chief, "accident", "A slip.")
        self.change_as_customer(mark, rating=2)
        self.assertEqual(mark.counts, "all")
        self.assertEqual(mark.followup_ids.mapped("state").count("open"), 1)

    # In time

    def test_what_is_overdue_goes_to_the_next_above_once(self):
        followup = self.open_for(self.anna)
        self.assertEqual(self.followups._escalate_due(10), 0)
        self.at(DAY)
        with trap_alerts(self):
            self.assertEqual(self.followups._escalate_due(10), 1)
            self.assertEqual(self.followups._escalate_due(10), 0)
        self.assertEqual(self.get_told("followup_overdue"), self.leader)
        self.assertEqual(followup.supervisor_id, self.leader)
        self.assertEqual(followup.supervisor_ids, self.chief | self.leader)
        self.assertTrue(followup.is_overdue)
        overdue = self.followups.search([("is_overdue", "=", True)])
        self.assertEqual(overdue, followup)

    def test_above_the_topmost_are_the_managers_and_then_nobody(self):
        followup = self.open_for(self.anna)
        for days in (1, 2, 3):
            self.at(days * DAY)
            with trap_alerts(self):
                self.followups._escalate_due(10)
        self.assertEqual(followup.supervisor_id, self.manager)
        self.assertFalse(followup.escalate_at)
        self.assertEqual(
            self.get_told("followup_overdue"), self.chief | self.leader | self.manager
        )

    def test_what_is_closed_is_handed_up_to_nobody(self):
        followup = self.open_for(self.anna)
        self.note_call(followup, self.chief)
        self.close(followup, self.chief)
        self.at(DAY)
        self.assertEqual(self.followups._escalate_due(10), 0)

    def test_it_goes_on_where_its_conversation_does(self):
        followup = self.open_for(self.anna)
        other = self.make_conversation(user_id=self.anna.id)
        other.with_user(self.chief)._merge(self.ticket)
        self.assertEqual(followup.ticket_id, other)
        self.assertEqual(followup.rating_id.res_id, other.id)
        self.assertEqual(followup.rating_id.followup_ids, followup)

    def test_a_bad_mark_after_a_delivered_order_is_its_salesperson_s(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": self.anna.id,
            }
        )
        marks = self.env["helpdesk.mark"]
        link = Link(0, 0, self.anna.id, self.customer.id, order.id)
        with trap_alerts(self):
            mark = marks.with_user(self.public).sudo()._give(link, quality=1, speed=5)
        followup = mark.rating_ids.followup_ids
        self.assertEqual(
            (followup.sale_order_id, followup.user_id, followup.supervisor_id),
            (order, self.anna, self.chief),
        )
        self.assertEqual(self.get_told("bad_mark"), self.chief)
        averages = self.env["rating.rating"]._get_averages("user")
        self.assertEqual(averages[self.anna.id].number, 1)
        self.assertFalse(self.env["rating.rating"]._get_averages("team"))
        ratings = self.env["rating.rating"]
        for user, count in ((self.boris, 0), (self.chief, 1), (self.manager, 1)):
            found = ratings.with_user(user).search_count([("mark_id", "=", mark.id)])
            self.assertEqual(found, count, user.login)
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            mark.rating_ids.with_user(self.boris).write({"rating": 5})
        self.note_call(followup, self.chief)
        self.close(followup, self.chief, "not_justified")
        self.assertEqual(mark.rating_ids.counts, "pair")
