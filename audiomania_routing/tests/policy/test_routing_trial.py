# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from datetime import timedelta

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MockEmail

from ...engine.decision import decide
from ...engine.facts import Away, Customer, Employee, Inquiry
from ...engine.policy import Policy
from ..common import MONDAY_10
from .test_routing_policy import PolicyCase

MADE = (
    "alert.alert",
    "helpdesk.inquiry",
    "helpdesk.ticket",
    "mail.intake.entry",
    "mail.mail",
    "mail.message",
    "res.partner",
)
"""What a letter makes."""


@tagged("post_install", "-at_install")
class TestRoutingTrial(PolicyCase, MockEmail):
    now = MONDAY_10

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create(
            {"name": "hifi.example", "company_ids": [(4, cls.company.id)]}
        )
        cls.company.alias_domain_id = domain
        cls.team.write({"alias_name": "hifi", "alias_domain_id": domain.id})
        cls.bob = cls.make_user("bob")
        cls.team.user_ids |= cls.bob
        cls.customer = cls.make_customer("Petr")
        cls.audience = cls.make_audience("Hi-Fi", team=cls.team)
        cls.trials = cls.env["routing.trial"].with_user(cls.manager)

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.registry_enter_test_mode()

    def parse(self, result):
        """(sentences, {employee: cells}) of what the page shows"""
        page = html.fromstring(str(result))
        sentences = [each.text_content() for each in page.xpath("//li")]
        rows = page.xpath("//tbody/tr")
        cells = [[_clean(each) for each in row.xpath("td")] for row in rows]
        table = {row[0]: row[1:] for row in cells}
        return [re.sub(r"\s", " ", one) for one in sentences], table

    def compose(self, model=None, **values):
        form = Form(model if model is not None else self.trials)
        for name, value in values.items():
            form[f"trial_{name}"] = value
        return form

    def count(self):
        return {name: self.env[name].search_count([]) for name in MADE}

    def test_who_is_named_would_see_it_alone(self):
        form = self.compose(emails=self.ann.email, body="When?")
        sentences, table = self.parse(form.trial_result)
        self.assertEqual(
            sentences[:3],
            [
                "It is addressed to Ann, who is at work.",
                "The customer's audience is unknown.",
                "Until 3/3/25, 12:00 PM only Ann and the supervisors see it.",
            ],
        )
        self.assertEqual(table["Ann"], ["4.00", "4.00 1.00"])
        self.assertEqual(table["Bob"], ["0.00", ""])

    def test_nothing_is_shown_before_something_is_written(self):
        self.assertFalse(self.compose().trial_result)

    def test_a_customer_brings_what_is_known_of_him(self):
        self.customer.audience_manual_id = self.audience
        self.env.flush_all()
        form = self.compose(partner_id=self.customer)
        sentences, table = self.parse(form.trial_result)
        self.assertIn("At once: the team Sales / Hi-Fi.", sentences)
        self.assertEqual(table["Ann"][0], "1.00")

    def test_the_address_of_a_team_or_a_misspelt_one_goes_its_way(self):
        third = self.make_user("konstantin")
        self.team.user_ids |= third
        self.env.flush_all()
        hinted = self.compose(emails="hifi@hifi.example, konstantn@hifi.example")
        sentences, _table = self.parse(hinted.trial_result)
        self.assertIn("It is addressed to Konstantin, who is at work.", sentences)

    def test_another_moment_may_be_tried(self):
        evening = MONDAY_10 + timedelta(hours=10)
        form = self.compose(emails=self.ann.email, at=evening)
        sentences, _table = self.parse(form.trial_result)
        self.assertIn("who was passed over: not at work until", sentences[0])

    def test_it_makes_nothing_and_sends_nothing(self):
        before = self.count()
        with self.mock_mail_gateway():
            form = self.compose(
                emails="hifi@hifi.example, ann@hifi.example",
                subject="A question",
                body="Do you have it?",
            )
            self.assertIn("addressed to Ann", str(form.trial_result))
            self.assertFalse(self._mails)
        self.assertEqual(self.count(), before)

    def test_it_leaves_no_gap_in_the_numbers_of_conversations(self):
        first = self.make_inquiry(self.customer).ticket_id.number
        self.env.flush_all()
        self.assertTrue(self.compose(emails=self.ann.email).trial_result)
        second = self.make_inquiry(self.customer).ticket_id.number
        numbers = [int(re.sub(r"\D", "", one)) for one in (first, second)]
        self.assertEqual(numbers[1], numbers[0] + 1)

    # --- in the form of a policy

    def test_a_policy_is_tried_before_it_is_saved(self):
        policy = self.make_policy()
        self.env.flush_all()
        form = self.compose(policy, emails=self.ann.email)
        self.assertIn("12:00", str(form.trial_result))
        form.exclusive_window = 1
        self.assertIn("11:00", str(form.trial_result))
        with form.criterion_ids.edit(0) as line:
            line.weight = 9
        _sentences, table = self.parse(form.trial_result)
        self.assertEqual(table["Ann"], ["9.00", "9.00 1.00"])
        self.assertEqual(policy.exclusive_window, 2)
        self.assertEqual(policy.criterion_ids[0].weight, 4)

    def test_a_policy_that_does_not_exist_yet_is_tried_too(self):
        new = self.policies.with_context(default_company_id=self.company.id)
        form = self.compose(new, emails=self.ann.email)
        form.exclusive_window = 1
        self.assertIn("11:00", str(form.trial_result))
        self.assertFalse(self.policies.search([("company_id", "=", self.company.id)]))

    def test_saving_a_policy_keeps_nothing_of_what_was_tried(self):
        policy = self.make_policy()
        changes = len(policy.change_ids)
        form = self.compose(policy, emails=self.ann.email)
        form.save()
        self.assertEqual(len(policy.change_ids), changes)

    # --- in figures

    def test_a_real_decision_is_shown_in_figures_to_managers_only(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        mine = inquiry.with_user(self.manager)
        _sentences, table = self.parse(mine.decision_figures)
        self.assertEqual(table["Ann"], ["4.00", "4.00 1.00"])
        with self.assertRaises(AccessError):
            inquiry.with_user(self.ann).read(["decision_figures"])
        action = inquiry.ticket_id.with_user(self.manager).action_show_decision()
        self.assertEqual(action["res_id"], inquiry.id)

    def test_the_figures_say_that_the_policy_was_another_one_then(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        mine = inquiry.with_user(self.manager)
        self.assertNotIn("changed since", mine.decision_figures)
        self.make_policy(limit=3)
        mine.invalidate_recordset()
        self.assertIn("changed since", mine.decision_figures)

    def test_the_figures_say_why_somebody_cannot_be_asked(self):
        self.take_leave(self.bob, MONDAY_10, MONDAY_10 + timedelta(days=1))
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertEqual(
            [each.away for each in decision.facts.staff], [None, Away.LEAVE]
        )
        figures = self.facts.with_user(self.manager)._prepare_figures(decision)
        self.assertIn("on leave until", figures["rows"][-1]["notes"][0])

    def test_nothing_is_told_of_companies_in_which_he_does_not_work(self):
        other = self.env["res.company"].create({"name": "Other"})
        team = self.env["helpdesk.ticket.team"].create(
            {
                "name": "Elsewhere",
                "company_id": other.id,
                "alias_name": "elsewhere",
                "alias_domain_id": self.company.alias_domain_id.id,
            }
        )
        self.env.flush_all()
        form = self.compose(emails=f"{team.alias_name}@hifi.example")
        self.assertIn("becomes no inquiry of yours", str(form.trial_result))
        self.manager.company_ids |= other
        self.env.flush_all()
        form = self.compose(emails=f"{team.alias_name}@hifi.example", body="When?")
        self.assertIn("At once", str(form.trial_result))

    def test_the_figures_cost_the_same_for_any_number_of_employees(self):
        def count(number):
            staff = [Employee(user.id, handled=0.5) for user in people[:number]]
            facts = (Inquiry(1, named=(self.ann.id,)), Customer(), staff, Policy())
            decision = decide(*facts, MONDAY_10)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.facts.with_user(self.manager)._prepare_figures(decision)
            return self.cr.sql_log_count - before

        people = [self.ann, *(self.make_user(f"clerk{one}") for one in range(7))]
        count(8)
        self.assertEqual(count(4), count(8))

    def test_the_page_is_for_managers(self):
        with self.assertRaises(AccessError):
            self.env["routing.trial"].with_user(self.ann).create({})


def _clean(cell):
    return " ".join(cell.text_content().split())
