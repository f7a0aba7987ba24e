# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.quality.marks.link import Link
from ..common import MONDAY_10
from .followup_common import MarkCase

DAY = timedelta(days=1)
LOGGERS = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
)


@tagged("post_install", "-at_install")
class TestForgedMarks(MarkCase):
    """Nobody gives himself a mark, moves one or makes one vanish (rules 23 to 25)."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation(user_id=self.anna.id)
        self.inquiry = self.ticket.inquiry_ids
        self.reply(self.ticket, self.anna)
        self.ratings = self.env["rating.rating"]

    def rate_badly(self, **values):
        with trap_alerts(self):
            return self.rate(
                self.anna, 1, feedback="Slow and rude", inquiry_id=self.inquiry.id
            )

    def make_other_rating(self, user):
        """One of something that is no conversation, as the host lets anybody make."""
        return self.ratings.with_user(user).create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.customer.id,
                "rated_partner_id": user.partner_id.id,
                "partner_id": self.customer.id,
                "rating": 5,
                "consumed": True,
            }
        )

    def make_order_mark(self, company):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": company.id,
                "user_id": self.anna.id,
            }
        )
        link = Link(0, 0, self.anna.id, self.customer.id, order.id)
        public = self.env.ref("base.public_user")
        with trap_alerts(self):
            return self.env["helpdesk.mark"].with_user(public).sudo()._give(link, 1, 5)

    # Forging

    @mute_logger(*LOGGERS)
    def test_nobody_makes_a_mark_of_a_rating_of_his_own(self):
        mark = self.make_order_mark(self.company)
        for values in (
            {"res_model": "helpdesk.ticket", "res_id": self.ticket.id},
            {"mark_id": mark.id},
            {"inquiry_id": self.inquiry.id, "rating": 5},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self.make_other_rating(self.anna).write(values)
        with self.assertRaises(AccessError):
            self.make_other_rating(self.anna).copy({"inquiry_id": self.inquiry.id})
        self.assertFalse(self.inquiry.quality_mark)

    @mute_logger(*LOGGERS)
    def test_no_employee_gives_a_mark_with_a_message_or_by_hand(self):
        for user in (self.anna, self.boris, self.chief, self.manager):
            with self.subTest(user.login):
                with trap_alerts(self), self.assertRaises(AccessError):
                    self.ticket.with_user(user).message_post(
                        body="Well done", rating_value=5
                    )
                with self.assertRaises(AccessError):
                    self.rate_as(user)
        self.assertFalse(self.ratings.search([("res_id", "=", self.ticket.id)]))

    def rate_as(self, user):
        return self.ratings.with_user(user).create(
            {
                "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": self.ticket.id,
                "rated_partner_id": user.partner_id.id,
                "rating": 5,
                "consumed": True,
            }
        )

    @mute_logger(*LOGGERS)
    def test_a_manager_makes_no_mark_vanish_without_a_trace(self):
        mark = self.rate_badly().with_user(self.manager)
        mark.write({"rating": 2})
        partners = self.env["ir.model"]._get_id("res.partner")
        for values in (
            {"consumed": False},
            {"res_model_id": partners, "res_id": self.customer.id},
            {"res_model": "res.partner"},
            {"inquiry_id": False},
            {"partner_id": self.manager.partner_id.id},
            {"rated_on": MONDAY_10 - 400 * DAY},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                mark.write(values)
        with self.assertRaises(AccessError):
            mark.reset()

    def test_what_a_manager_changes_stays_in_its_month(self):
        mark = self.rate_badly()
        self.at(40 * DAY)
        mark.with_user(self.manager).write({"rating": 4})
        self.assertEqual(mark.rated_on, MONDAY_10)
        self.assertEqual(self.inquiry.quality_mark, 4)

    def test_with_a_conversation_its_marks_are_deleted_and_leave_a_trace(self):
        self.rate_badly()
        self.ticket.with_user(self.manager).unlink()
        change = self.env["helpdesk.mark.change"].search([("what", "=", "deleted")])
        self.assertEqual(
            (change.user_id, change.employee_id), (self.manager, self.anna)
        )
        self.assertIn("Slow and rude", change.old_words)
        self.assertNotIn("{", change.old_words)
        self.assertFalse(self.ratings._get_latest_marks(self.customer))

    # Reading

    @mute_logger(*LOGGERS)
    def test_nobody_finds_by_a_search_what_he_may_not_read(self):
        self.rate_badly()
        tickets = self.env["helpdesk.ticket"]
        for user in (self.anna, self.boris):
            for clause in (
                ("rating_ids.feedback", "like", "rude"),
                ("rating_ids.rating", "=", 1),
                ("rating_ids", "!=", False),
                ("rating_ids.followup_ids", "!=", False),
                ("inquiry_ids.rating_ids", "!=", False),
                ("inquiry_ids.quality_mark", "=", 1),
            ):
                self.env.invalidate_all()
                with self.subTest(user=user.login, clause=clause):
                    try:
                        found = tickets.with_user(user).search([clause])
                    except AccessError:
                        continue
                    self.assertFalse(found)
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).read(["rating_ids"])

    @mute_logger(*LOGGERS)
    def test_nobody_finds_an_order_by_a_mark_that_he_may_not_read(self):
        self.make_order_mark(self.company)
        self.env["ir.rule"].search(
            [("model_id.model", "=", "sale.order"), ("groups", "!=", False)]
        ).active = False
        self.boris.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        orders = self.env["sale.order"].with_user(self.boris)
        self.assertTrue(orders.search([]))
        for clause in (("rating_ids.rating", "=", 1), ("rating_ids", "!=", False)):
            with self.assertRaises(AccessError):
                orders.search([clause])

    def test_marks_of_orders_are_read_in_their_company_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        rating = self.make_order_mark(other).rating_ids
        found = self.ratings.with_user(self.manager)
        self.assertFalse(found.search([("id", "=", rating.id)]))
        self.manager.company_ids += other
        allowed = found.with_context(allowed_company_ids=[other.id])
        self.assertTrue(allowed.search([("id", "=", rating.id)]))

    # Follow-ups

    def test_a_call_before_the_mark_or_still_to_come_is_no_answer_to_it(self):
        followup = self.rate_badly().followup_ids.with_user(self.chief)
        for at in (MONDAY_10 - DAY, MONDAY_10 + DAY):
            with self.assertRaises(UserError):
                followup._note_contact("phone", "He is content.", at)
        followup._note_contact("phone", "He is content.", MONDAY_10)

    def test_a_mark_of_a_clock_that_was_ahead_is_followed_up_all_the_same(self):
        followup = self.rate_badly().followup_ids
        followup.opened_at += DAY
        followup.with_user(self.chief)._note_contact("phone", "He is content.")
        self.assertTrue(followup.has_heard)

    def test_an_outcome_holds_when_the_policy_has_changed_since(self):
        policy = self.env["routing.policy"].create(
            {"company_id": self.company.id, "bad_mark": 3}
        )
        with trap_alerts(self):
            mark = self.rate(self.anna, 3)
        policy.bad_mark = 1
        followup = mark.followup_ids.with_user(self.chief)
        followup._note_contact("failed", "Nobody answered.")
        followup._close("accident", "A slip.")
        self.assertEqual(mark.counts, "none")

    def test_a_manager_who_mends_a_judged_mark_opens_nothing_anew(self):
        mark = self.rate_badly()
        followup = mark.followup_ids.with_user(self.chief)
        followup._note_contact("failed", "Nobody answered.")
        with trap_alerts(self):
            followup._close("justified", "So it was.")
            mark.with_user(self.manager).write({"rating": 2})
        self.assertEqual(mark.followup_ids.mapped("state"), ["closed"])

    def test_a_mark_that_was_another_s_is_followed_up_by_his_supervisor(self):
        followups = self.env["helpdesk.quality.followup"]
        mark = self.rate_badly()
        self.assertEqual(followups.with_user(self.chief).search([]), mark.followup_ids)
        with trap_alerts(self):
            mark.with_user(self.manager).write(
                {"rated_partner_id": self.chief.partner_id.id}
            )
        followup = mark.followup_ids
        self.assertEqual(
            (followup.user_id, followup.supervisor_id, followup.supervisor_ids),
            (self.chief, self.leader, self.leader),
        )
        self.assertFalse(followups.with_user(self.chief).search([]))
        told = (
            self.env["alert.delivery"]
            .search([])
            .filtered(
                lambda one: (
                    one.alert_id.type_id.code == "bad_mark" and one.state != "withdrawn"
                )
            )
        )
        self.assertEqual(told.user_id, self.leader)

    def test_a_follow_up_goes_with_what_is_split_off(self):
        letter = self.ticket.message_ids.filtered(
            lambda one: one.message_type == "email"
        )
        self.receive(reply_to=(letter or self.ticket.message_ids)[:1])
        self.assertEqual(len(self.ticket.inquiry_ids), 2)
        mark = self.rate_badly()
        other = self.ticket.with_user(self.chief)._split(self.inquiry, "Another matter")
        self.assertEqual(mark.res_id, other.id)
        self.assertEqual(mark.followup_ids.ticket_id.id, other.id)

    @mute_logger(*LOGGERS)
    def test_who_is_told_opens_it_also_where_he_may_not_read_the_conversation(self):
        self.vinyl.user_id = self.vera
        self.headphones.user_ids -= self.anna
        self.vinyl.user_ids += self.anna
        followup = self.rate_badly().followup_ids
        self.inquiry._set_pending()
        self.ticket.write({"user_id": self.boris.id})
        self.env.flush_all()
        self.env.invalidate_all()
        followup = followup.with_user(self.vera)
        self.assertFalse(self.ticket.with_user(self.vera).has_access("read"))
        names = ("ticket_id", "partner_id", "offer_text", "comment", "marks_text")
        row = followup.web_read({name: {} for name in names})
        self.assertEqual(row[0]["comment"], "Slow and rude")
