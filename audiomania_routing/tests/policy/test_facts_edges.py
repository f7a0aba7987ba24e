# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.mail.tests.common import freeze_all_time

from ..common import MONDAY_10
from .again_common import HALF, AgainCase
from .common import FactsCase

HOUR = timedelta(hours=1)
LATER = MONDAY_10 + timedelta(days=1)


@tagged("post_install", "-at_install")
class TestFactsEdges(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cid = cls.make_user("cid")
        cls.music = cls.make_team("Music")
        cls.pianos = cls.make_team("Pianos", [cls.cid], parent=cls.music)
        cls.keys = cls.make_category("Keys")
        cls.piano = cls.make_product(cls.keys)
        cls.piano_players = cls.make_audience("Pianists", [cls.keys], cls.pianos)
        cls.absence = (MONDAY_10 - HOUR, MONDAY_10 + 72 * HOUR)

    def receive(self, emails="", team=None, **values):
        with freeze_all_time(MONDAY_10):
            inquiry = self.make_inquiry(self.customer, emails, team, **values)
        return inquiry.ticket_id

    # --- who stands on the rungs

    def test_who_serves_what_the_letter_names_is_asked_in_any_department(self):
        named = {"products": [["a piano", self.piano.product_tmpl_id.ids]]}
        ticket = self.receive(team=self.hifi_team, letter_facts=named)
        self.assertEqual(ticket.team_id, self.pianos)
        self.assertEqual(ticket.addressee_id, self.cid)
        self.assertFalse(ticket.nobody_rung)

    def test_colleagues_of_who_is_away_can_answer_in_any_department(self):
        dora = self.make_user("dora")
        self.hifi_team.user_ids |= dora
        self.customer.audience_manual_id = self.piano_players
        self.take_leave(self.ann, *self.absence)
        self.take_leave(self.cid, *self.absence)
        ticket = self.receive(self.ann.email)
        self.assertEqual(ticket.addressee_team_id, self.hifi_team)
        self.assertNotEqual(ticket.nobody_rung, "team")
        self.assertEqual(ticket.department_visible_from, MONDAY_10 + 2 * HOUR)

    # --- schedules

    def test_a_schedule_without_hours_is_no_schedule_to_wait_for(self):
        never = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": [(5, 0, 0)], "tz": "UTC"}
        )
        self.assertFalse(never.attendance_ids)
        self.ann.employee_ids.resource_calendar_id = never
        ann = self.ask_about(self.ann)
        self.assertFalse(ann.can_act)
        text = self.facts._describe_away(ann.away, ann.back_at)
        self.assertNotIn("None", text)

    def test_a_company_whose_hours_are_flexible_has_no_schedule(self):
        flexible = self.env["resource.calendar"].create(
            {
                "name": "Flexible",
                "flexible_hours": True,
                "attendance_ids": [(5, 0, 0)],
                "tz": "UTC",
            }
        )
        self.company.resource_calendar_id = flexible
        self.ann.employee_ids.resource_calendar_id = flexible
        self.assertTrue(self.ask_about(self.ann).at_work)

    # --- what is kept in memory

    def test_what_is_archived_is_not_kept_as_present_whoever_asks_first(self):
        self.piano_players.active = False
        criteria = self.env["routing.criterion"]
        criteria.search([("code", "=", "handled_orders")]).active = False
        self.env["routing.policy"].search([]).unlink()
        for method in ("_get_of_categories", "_get_of_tags", "_get_definitions"):
            self.env.registry.clear_cache()
            audiences = self.env["customer.audience"]
            found = getattr(audiences.with_context(active_test=False), method)()
            self.env.registry.clear_cache()
            self.assertEqual(found, getattr(audiences, method)(), method)
        self.env.registry.clear_cache()
        facts = self.facts.with_context(active_test=False)
        self.assertNotIn("handled_orders", facts._get_policy().weights)

    # --- customers who are merged

    def test_what_a_merged_contact_asked_is_of_the_company_that_stays(self):
        old, new = self.make_customer("Old firm"), self.make_customer("New firm")
        (old | new).is_company = True
        here = self.make_customer("Here", parent_id=old.id)
        there = self.make_customer("There", parent_id=new.id)
        inquiry = self.make_inquiry(here)
        ticket = inquiry.ticket_id
        ticket.user_id = self.ann
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((here | there).ids, there)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(ticket.partner_id, there)
        self.assertEqual(ticket.commercial_partner_id, new)
        staff = self.staff_of(self.make_inquiry(new))
        self.assertEqual(staff[self.ann.id].conversed, 1.0)
        self.assertEqual(
            self.gather(self.make_inquiry(new)).customer.open_with, (self.ann.id,)
        )

    # --- sentences

    def test_a_window_that_is_over_is_not_told_as_one_that_runs(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        with freeze_all_time(MONDAY_10):
            before = self.facts._decide(inquiry, MONDAY_10)
        later = MONDAY_10 + HOUR
        self.take_leave(self.ann, later, later + 48 * HOUR)
        after = self.facts._decide_again(inquiry, before, later)[inquiry.id]
        told = "\n".join(self.facts._explain_ladder(after))
        self.assertNotIn("only Ann", told)

    def test_that_everybody_is_ruled_out_tells_marks(self):
        inquiry = self.make_inquiry(self.customer, team=self.hifi_team)
        self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": inquiry.ticket_id.id,
                "partner_id": self.customer.id,
                "rated_partner_id": self.ann.partner_id.id,
                "rating": 1,
                "consumed": True,
            }
        )
        self.vinyl_team.active = False
        with freeze_all_time(MONDAY_10):
            decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        told = "\n".join(self.facts._explain(decision, rated=frozenset()))
        self.assertNotIn("ruled out", told)
        everybody = frozenset(each.id for each in decision.facts.staff)
        self.assertIn("ruled out", "\n".join(self.facts._explain(decision, everybody)))


@tagged("post_install", "-at_install")
class TestWindowsCut(AgainCase):
    """What an employee is asked alone, and cannot answer, is not held against him."""

    def get_unanswered(self):
        self.env.flush_all()
        self.env.registry.clear_cache()
        half_life = timedelta(days=14)
        later = self.env["routing.facts"]._get_unanswered(LATER, half_life)
        return later.get(self.anna.id, 0.0)

    def test_a_window_that_a_leave_has_cut_did_not_run_out(self):
        ticket = self.wait_for_anna()
        self.leave(self.anna)
        self.assertEqual(ticket.exclusive_until, MONDAY_10 + HALF)
        self.assertFalse(ticket.inquiry_ids.asked_until)
        self.assertEqual(self.get_unanswered(), 0.0)

    def test_a_window_that_ran_out_before_a_leave_did(self):
        ticket = self.wait_for_anna()
        until = ticket.exclusive_until
        self.at(3 * HALF)
        self.leave(self.anna, MONDAY_10 + 3 * HALF)
        self.assertEqual(ticket.inquiry_ids.asked_until, until)
        self.assertEqual(self.get_unanswered(), 1.0)
