# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...engine.criteria import CRITERIA, criterion
from ...engine.policy import DEFAULT_WEIGHTS, Policy
from ...models.policy.routing_policy import BY_SUPERVISORS, BY_TEAM
from ..common import MONDAY_10, RoutingCase

MANAGER = "helpdesk_mgmt.group_helpdesk_manager"


class PolicyCase(RoutingCase):
    """A manager, an employee of a team, and the policies that a test makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.make_user("ann")
        cls.manager = cls.make_user("manager", MANAGER)
        cls.team = cls.make_team("Hi-Fi", [cls.ann], parent=cls.department)
        cls.facts = cls.env["routing.facts"]
        cls.policies = cls.env["routing.policy"].with_user(cls.manager)

    def make_policy(self, **vals):
        return self.policies.create({"company_id": self.company.id, **vals})

    def get_window(self, company=None, team=None):
        return self.facts._get_policy(company, team).exclusive_window


@tagged("post_install", "-at_install")
class TestRoutingPolicy(PolicyCase):
    # --- which policy holds

    def test_without_any_policy_what_the_engine_calls_usual_holds(self):
        self.env["routing.policy"].search([]).unlink()
        self.assertEqual(self.facts._get_policy(self.company), Policy())
        self.assertEqual(self.facts._get_policy(), Policy())

    def test_the_policy_that_comes_with_the_installation_changes_nothing(self):
        common = self.env.ref("audiomania_routing.policy_common")
        self.assertEqual(common._make_engine_policy(), Policy())
        self.assertEqual(self.facts._get_policy(self.company), Policy())

    def test_every_criterion_of_the_engine_has_a_record_with_its_weight(self):
        criteria = self.env["routing.criterion"].search([])
        self.assertEqual(set(criteria.mapped("code")), set(CRITERIA))
        self.assertEqual(
            {one.code: one.weight for one in criteria if not one.only_rules_out},
            dict(DEFAULT_WEIGHTS),
        )
        self.assertFalse(criteria.filtered(lambda one: not one.explanation))

    def test_the_nearest_policy_holds_as_a_whole(self):
        common = self.env.ref("audiomania_routing.policy_common")
        common.exclusive_window = 5
        other = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.get_window(self.company), timedelta(hours=5))
        self.make_policy(exclusive_window=4)
        self.assertEqual(self.get_window(self.company), timedelta(hours=4))
        self.assertEqual(self.get_window(self.company, self.team), timedelta(hours=4))
        self.make_policy(team_id=self.department.id, exclusive_window=3)
        self.assertEqual(self.get_window(self.company, self.team), timedelta(hours=3))
        own = self.make_policy(team_id=self.team.id, exclusive_window=1)
        self.assertEqual(self.get_window(self.company, self.team), timedelta(hours=1))
        self.assertEqual(self.get_window(other), timedelta(hours=5))
        own.active = False
        self.assertEqual(self.get_window(self.company, self.team), timedelta(hours=3))

    def test_a_team_s_policy_begins_as_the_company_s(self):
        line = self.make_policy(exclusive_window=4).criterion_ids[0]
        line.weight = 7
        own = self.make_policy(team_id=self.team.id, limit=3)
        self.assertEqual(own.exclusive_window, 4)
        self.assertEqual(own.limit, 3)
        begun = own.criterion_ids.filtered(
            lambda one: one.criterion_id == line.criterion_id
        )
        self.assertEqual(begun.weight, 7)

    def test_the_form_of_a_team_s_policy_shows_what_it_begins_with(self):
        self.make_policy(exclusive_window=4)
        form = Form(self.policies.with_context(default_company_id=self.company.id))
        form.team_id = self.team
        self.assertEqual(form.exclusive_window, 4)
        policy = form.save()
        self.assertEqual(len(policy.criterion_ids), len(DEFAULT_WEIGHTS))
        self.assertEqual(policy.team_id, self.team)

    def test_an_inquiry_is_decided_by_the_policy_of_the_audience_s_team(self):
        self.make_policy(team_id=self.team.id, exclusive_window=1)
        other = self.make_team("Vinyl", [self.ann], parent=self.department)
        customer = self.make_customer()
        inquiry = self.make_inquiry(customer, self.ann.email, other)
        decided = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        until = MONDAY_10 + timedelta(hours=2)
        self.assertEqual(decided.ladder.exclusive_until, until)
        customer.audience_manual_id = self.make_audience("Hi-Fi", team=self.team)
        decided = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        until = MONDAY_10 + timedelta(hours=1)
        self.assertEqual(decided.ladder.exclusive_until, until)

    def test_every_value_reaches_the_engine(self):
        policy = self.make_policy()
        usual = policy._make_engine_policy()
        changed = {
            "exclusive_window": 1,
            "team_delay": 1,
            "department_delay": 1,
            "window_for_named": False,
            "stand_out": False,
            "threshold": 1,
            "lead": 0.5,
            "limit": 7,
            "decisive_lead": 1,
            "bad_mark": 1,
            "hide_badly_rated": True,
            "marks_half_life": 10,
            "prior_strength": 3,
            "activity_half_life": 3,
            "audience_share": 0.1,
            "answer_within": 1,
            "remind_before": 0.5,
            "supervisors_after": 1,
        }
        policy.write(changed)
        made = self.facts._get_policy(self.company).to_json()
        same = {name for name, value in usual.to_json().items() if made[name] == value}
        common = {"half_life", "conversation_half_life", "recent_half_life"}
        self.assertEqual(same, {*common, "weights"})

    def test_half_lives_of_sums_are_those_of_the_common_policy(self):
        self.make_policy(half_life=5)
        usual = Policy().half_life
        self.assertEqual(self.facts._get_policy(self.company).half_life, usual)
        self.env.ref("audiomania_routing.policy_common").half_life = 5
        week = timedelta(days=5)
        self.assertEqual(self.facts._get_policy(self.company).half_life, week)
        self.assertEqual(self.facts._get_policy().half_life, week)

    def test_what_is_in_force_costs_no_query(self):
        self.make_policy(team_id=self.team.id)
        self.facts._get_policy(self.company, self.team)
        with self.assertQueryCount(0):
            self.facts._get_policy(self.company, self.team)

    def test_a_weight_that_is_switched_off_is_not_asked(self):
        line = self.make_policy().criterion_ids[0]
        code = line.criterion_id.code
        self.assertIn(code, self.facts._get_policy(self.company).weights)
        line.active = False
        self.assertNotIn(code, self.facts._get_policy(self.company).weights)
        line.write({"active": True, "weight": 9})
        self.assertEqual(self.facts._get_policy(self.company).weights[code], 9)
        line.criterion_id.sudo().active = False
        self.assertNotIn(code, self.facts._get_policy(self.company).weights)

    def test_who_may_take_away_is_read_from_the_conversation(self):
        ticket = self.make_inquiry(self.make_customer(), team=self.team).ticket_id
        rules = ticket.with_user(self.ann)._get_rules()
        self.assertEqual(rules.take_away_by, BY_SUPERVISORS)
        self.make_policy(take_away_by=BY_TEAM)
        rules = ticket.with_user(self.ann)._get_rules()
        self.assertEqual(rules.take_away_by, BY_TEAM)

    # --- what makes no sense

    def test_a_company_and_a_team_have_one_policy_each(self):
        self.make_policy()
        self.make_policy(team_id=self.team.id)
        for vals in ({}, {"team_id": self.team.id}):
            with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
                with self.cr.savepoint():
                    self.make_policy(**vals)

    def test_a_team_that_is_deleted_leaves_its_policy_to_nobody_else(self):
        team = self.make_team("Short-lived", parent=self.department)
        policy = self.make_policy(team_id=team.id, exclusive_window=1)
        self.assertEqual(self.get_window(self.company, team), timedelta(hours=1))
        team.unlink()
        self.assertFalse(policy.exists())
        self.assertEqual(self.get_window(self.company), timedelta(hours=2))

    def test_a_copy_is_put_away(self):
        policy = self.make_policy()
        copy = policy.copy()
        self.assertFalse(copy.active)
        self.assertEqual(len(copy.criterion_ids), len(policy.criterion_ids))

    def test_values_that_make_no_sense_are_refused(self):
        policy = self.make_policy()
        for name, value in (
            ("exclusive_window", -1),
            ("exclusive_window", 73),
            ("team_delay", -0.5),
            ("department_delay", 41),
            ("answer_within", 41),
            ("remind_before", -1),
            ("supervisors_after", -1),
            ("half_life", 0),
            ("marks_half_life", 0),
            ("threshold", -1),
            ("lead", -1),
            ("limit", -1),
            ("bad_mark", 5),
            ("prior_strength", -1),
            ("audience_share", 1.5),
        ):
            with self.subTest(name), mute_logger("odoo.sql_db"):
                with self.assertRaises(CheckViolation), self.cr.savepoint():
                    policy[name] = value
                    policy.flush_recordset()
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            with self.cr.savepoint():
                policy.criterion_ids[0].weight = -1
                policy.flush_recordset()

    # --- who may

    def test_employees_cannot_read_policies_and_are_decided_by_them(self):
        policy = self.make_policy(exclusive_window=1)
        for records in (
            policy,
            policy.criterion_ids,
            policy.change_ids,
            self.env["routing.criterion"].search([]),
        ):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(self.ann).check_access("read")
        window = self.facts.with_user(self.ann)._get_policy(self.company)
        self.assertEqual(window.exclusive_window, timedelta(hours=1))

    def test_a_manager_has_the_policies_of_his_companies(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self.env["routing.policy"].create({"company_id": company.id})
        self.assertFalse(other.with_user(self.manager).has_access("read"))
        for lines in (other.criterion_ids, other.change_ids):
            self.assertFalse(lines.with_user(self.manager).has_access("read"))
        third = self.env["res.company"].create({"name": "Third"})
        with self.assertRaises(AccessError):
            self.make_policy(company_id=third.id)

    def test_the_common_policy_is_changed_by_who_manages_every_company(self):
        common = self.env.ref("audiomania_routing.policy_common")
        common = common.with_user(self.manager)
        self.assertTrue(common.has_access("read"))
        for records in (common, common.criterion_ids):
            self.assertFalse(records.has_access("write"))
        companies = self.env["res.company"].search([])
        self.manager.company_ids = companies
        for records in (common, common.criterion_ids):
            self.assertTrue(records.has_access("write"))

    def test_managers_do_not_change_criteria(self):
        record = self.env.ref("audiomania_routing.criterion_marks")
        self.assertTrue(record.with_user(self.manager).has_access("read"))
        with self.assertRaises(AccessError):
            record.with_user(self.manager).weight = 5

    # --- every change is kept

    def get_changes(self, policy):
        return [
            (one.user_id, one.what, one.old_value, one.new_value)
            for one in policy.change_ids.sorted("id", reverse=True)
        ]

    def test_every_change_is_kept_with_who_and_what(self):
        policy = self.make_policy()
        policy.write({"exclusive_window": 1.5, "stand_out": False, "limit": 20})
        line = policy.criterion_ids[0]
        policy.write({"criterion_ids": [(1, line.id, {"weight": 2.5})]})
        policy.take_away_by = BY_TEAM
        policy.half_life = 30
        line.active = False
        me = self.manager
        team = "Supervisors and the colleagues of the team"
        self.assertEqual(
            self.get_changes(policy),
            [
                (me, "Asked: Named in the letter", "yes", "no"),
                (me, "Half-life of orders", "180 days", "30 days"),
                (me, "May take away", "Supervisors", team),
                (me, "Weight of: Named in the letter", "4", "2.50"),
                (me, "Window for who stands out", "yes", "no"),
                (me, "Exclusive window", "2 h", "1.50 h"),
                (me, "The policy itself", "", "Hi-Fi Shop"),
            ],
        )

    def test_what_a_new_policy_wants_otherwise_is_kept_too(self):
        policy = self.make_policy(limit=3)
        self.assertEqual(
            self.get_changes(policy),
            [
                (self.manager, "Limit of open inquiries", "20", "3"),
                (self.manager, "The policy itself", "", "Hi-Fi Shop"),
            ],
        )

    def test_a_policy_that_is_deleted_stays_in_the_list(self):
        policy = self.make_policy()
        changes = policy.change_ids
        policy.unlink()
        last = self.env["routing.policy.change"].search([], limit=1)
        self.assertEqual(changes.mapped("policy_name"), ["Hi-Fi Shop"])
        self.assertEqual(
            (last.what, last.old_value), ("The policy itself", "Hi-Fi Shop")
        )

    def test_nobody_edits_the_list_of_changes(self):
        changes = self.make_policy().change_ids
        for user in (self.manager, self.env.ref("base.user_admin")):
            mine = changes.with_user(user)
            with self.assertRaises(UserError):
                mine.write({"changed_at": MONDAY_10})
            with self.assertRaises(UserError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"subject": "limit", "user_id": self.ann.id})
        for change in (changes.sudo().unlink, lambda: changes.sudo().write({})):
            with self.assertRaises(UserError):
                change()


@tagged("post_install", "-at_install")
class TestThirdPartyCriterion(PolicyCase):
    """Another addon adds a criterion with one record and one function."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(CRITERIA))

    def install(self):
        """What the addon does: a function, and a record."""

        @criterion("knows_tubes", needs="extra")
        def knows_tubes(asked, employee):
            return employee.extra.get("knows_tubes", 0.0)

        return self.env["routing.criterion"].create(
            {"code": "knows_tubes", "name": "Knows tube amplifiers", "weight": 5}
        )

    def know(self, user):
        """The fact behind it."""
        kind = type(self.facts)
        kind._employee_facts_tubes = lambda facts, batch: {
            key: {"knows_tubes": 1.0} for key in batch.employees if key == user.id
        }
        self.addCleanup(delattr, kind, "_employee_facts_tubes")

    def test_it_decides_and_is_explained(self):
        bob = self.make_user("bob")
        self.team.user_ids |= bob
        self.know(bob)
        inquiry = self.make_inquiry(self.make_customer(), team=self.team)
        self.assertFalse(
            self.facts._decide(inquiry, MONDAY_10)[inquiry.id].addressee_id
        )
        self.install()
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertEqual(decision.addressee_id, bob.id)
        told = " ".join(self.facts.with_user(self.manager)._explain(decision))
        self.assertIn("knows tube amplifiers: 1.00 × weight 5.00", told)

    def test_every_policy_gets_it_and_may_weigh_it_otherwise(self):
        policy = self.make_policy()
        record = self.install()
        weights = self.facts._get_policy(self.company).weights
        self.assertEqual(weights["knows_tubes"], 5)
        line = policy.criterion_ids.filtered(lambda one: one.criterion_id == record)
        line.weight = 1
        weights = self.facts._get_policy(self.company).weights
        self.assertEqual(weights["knows_tubes"], 1)

    def test_without_any_policy_it_has_its_usual_weight(self):
        self.install()
        self.env["routing.policy"].search([]).unlink()
        weights = self.facts._get_policy(self.company).weights
        self.assertEqual(weights["knows_tubes"], 5)

    def test_a_record_without_a_function_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "no function.*knows_tubes"):
            self.env["routing.criterion"].create(
                {"code": "knows_tubes", "name": "Knows tube amplifiers"}
            )

    def test_where_the_function_is_gone_the_others_decide_and_the_form_says_so(self):
        policy = self.make_policy()
        self.install()
        self.assertFalse(policy.missing_criteria)
        del CRITERIA["knows_tubes"]
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.assertEqual(policy.missing_criteria, "Knows tube amplifiers")
        self.assertEqual(self.facts._get_policy(self.company), Policy())
        inquiry = self.make_inquiry(self.make_customer(), self.ann.email)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertEqual(decision.addressee_id, self.ann.id)
