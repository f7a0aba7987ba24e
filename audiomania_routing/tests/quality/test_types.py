# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestTypes(ConversationCase):
    """What inquiries are about: said by rules as they come in, and by employees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["helpdesk.inquiry.type.rule"].search([]).active = False
        cls.types = cls.env["helpdesk.inquiry.type"].create(
            [{"name": "A return"}, {"name": "A question"}]
        )
        cls.back, cls.question = cls.types

    def make_rule(self, kind=None, **values):
        values.setdefault("words", "return, does not work")
        kind = kind or self.back
        return self.env["helpdesk.inquiry.type.rule"].create(
            {"type_id": kind.id, **values}
        )

    def get_type(self, **values):
        self.ticket = self.receive(**values)
        return self.ticket.inquiry_ids[:1].type_id

    # Rules

    def test_the_subject_and_the_text_are_searched_for_words(self):
        self.make_rule()
        self.assertEqual(self.get_type(subject="RETURNED goods"), self.back)
        self.assertEqual(self.get_type(body="It does  not work!"), self.back)
        self.assertFalse(self.get_type(body="Do you have it in green?"))

    def test_what_is_quoted_is_not_what_he_writes(self):
        self.make_rule()
        quoted = "Thank you!\n\nOn 3 March 2025 Anna wrote:\n> About your return\n"
        self.assertFalse(self.get_type(body=quoted))

    def test_the_first_rule_that_matches_counts(self):
        second = self.make_rule(self.question, sequence=20)
        first = self.make_rule(sequence=10)
        self.assertEqual(self.get_type(subject="Return"), self.back)
        second.sequence = 5
        self.assertEqual(self.get_type(subject="Return"), self.question)
        second.active = False
        self.assertEqual(self.get_type(subject="Return"), self.back)
        self.assertEqual(self.ticket.inquiry_ids.type_rule_id, first)

    def test_a_team_means_those_below_it_too(self):
        self.make_rule(words=False, team_ids=self.department.ids)
        self.assertEqual(self.get_type(), self.back)

    def test_the_team_is_the_one_that_is_decided(self):
        """A customer of vinyl writes to headphones."""
        lovers = self.make_audience("Vinyl lovers", team=self.vinyl)
        self.customer.audience_manual_id = lovers
        self.make_rule(words=False, team_ids=self.vinyl.ids)
        self.assertEqual(self.get_type(), self.back)
        self.assertEqual(self.ticket.team_id, self.vinyl)
        self.assertEqual(self.ticket.inquiry_ids.team_id, self.vinyl)

    def test_another_team_is_not_meant(self):
        self.make_rule(words=False, team_ids=self.vinyl.ids)
        self.assertFalse(self.get_type())

    def test_what_goes_to_another_team_is_of_the_type_of_its_rules(self):
        self.make_rule(words=False, team_ids=self.vinyl.ids)
        self.assertFalse(self.get_type())
        self.ticket.with_user(self.manager).action_transfer(self.vinyl, "overloaded")
        self.assertEqual(self.ticket.inquiry_ids.type_id, self.back)

    def test_the_channel_is_compared(self):
        email = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        phone = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        rule = self.make_rule(words=False, channel_ids=phone.ids)
        self.assertFalse(self.get_type())
        rule.channel_ids = email
        self.assertEqual(self.get_type(), self.back)

    def test_more_conditions_are_compared(self):
        self.make_rule(words=False, domain=f"[('partner_id', '=', {self.customer.id})]")
        self.assertEqual(self.get_type(), self.back)
        self.assertFalse(self.get_type(sender="Ivan <ivan@stranger.example>"))

    def test_conditions_may_ask_of_the_conversation(self):
        self.make_rule(words=False, domain="[('ticket_id.name', 'ilike', 'special')]")
        self.assertEqual(self.get_type(subject="A special offer"), self.back)
        self.assertFalse(self.get_type(subject="An offer"))

    def test_a_rule_of_another_company_is_none_of_ours(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_rule(company_id=other.id)
        self.assertFalse(self.get_type(subject="Return"))

    def test_a_rule_of_an_archived_type_rests(self):
        self.make_rule()
        self.assertEqual(self.get_type(subject="Return"), self.back)
        old = self.ticket.inquiry_ids
        self.back.active = False
        self.assertFalse(self.get_type(subject="Return"))
        self.assertEqual(old.type_id, self.back)

    def test_a_rule_says_by_what(self):
        for values in (
            {"words": False},
            {"words": " ,\n"},
            {"domain": "[('x', '=', 1)]"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.make_rule(**values)
        with self.assertRaises(ValidationError):
            self.make_rule(domain="__import__('os')")

    def test_conditions_that_cannot_be_compared_hold_up_no_letter(self):
        rule = self.make_rule()
        self.env.cr.execute(
            "UPDATE helpdesk_inquiry_type_rule SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", rule.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertFalse(self.get_type(subject="Return"))

    # By hand

    def test_an_employee_chooses_it_on_the_conversation(self):
        self.make_rule()
        self.get_type(subject="Return")
        ticket = self.ticket.with_user(self.anna)
        self.assertEqual(ticket.inquiry_type_id, self.back)
        ticket.inquiry_type_id = self.question
        inquiry = self.ticket.inquiry_ids
        self.assertEqual(inquiry.type_id, self.question)
        self.assertTrue(inquiry.is_type_by_hand)

    def test_no_rule_changes_what_he_has_chosen(self):
        self.get_type()
        self.ticket.with_user(self.anna).inquiry_type_id = self.question
        self.make_rule(words=False, team_ids=self.vinyl.ids)
        self.ticket.with_user(self.manager).action_transfer(self.vinyl, "overloaded")
        self.assertEqual(self.ticket.inquiry_ids.type_id, self.question)

    def test_it_holds_for_all_that_waits_and_not_for_what_is_worked_out(self):
        self.get_type()
        first = self.ticket.inquiry_ids
        self.reply(self.ticket, self.anna)
        self.receive(reply_to=first.message_id)
        self.receive(reply_to=first.message_id)
        self.ticket.with_user(self.anna).inquiry_type_id = self.back
        self.assertFalse(first.type_id)
        self.assertEqual((self.ticket.inquiry_ids - first).type_id, self.back)
        self.assertEqual(len(self.ticket.inquiry_ids.filtered("type_id")), 2)

    def test_conversations_are_found_by_their_type(self):
        self.make_rule()
        self.get_type(subject="Return")
        found = self.env["helpdesk.ticket"].search(
            [("inquiry_type_id", "=", self.back.id)]
        )
        self.assertEqual(found, self.ticket)

    def test_who_may_not_write_in_it_says_nothing(self):
        ticket = self.make_conversation()
        with self.assertRaises(AccessError):
            with mute_logger("odoo.addons.base.models.ir_rule"):
                ticket.with_user(self.vera).inquiry_type_id = self.back

    # How good a rule is

    def test_it_is_counted_how_often_a_rule_matched_and_was_corrected(self):
        rule = self.make_rule()
        self.get_type(subject="Return")
        self.get_type(subject="Return")
        self.ticket.with_user(self.anna).inquiry_type_id = self.question
        self.env.invalidate_all()
        self.assertEqual((rule.match_count, rule.corrected_count), (2, 1))
        self.assertEqual(self.back.inquiry_count, 1)

    def test_what_it_would_have_matched(self):
        self.get_type(subject="Return")
        matched = self.ticket.inquiry_ids
        self.get_type(subject="Old return")
        self.ticket.inquiry_ids.received_at = self.now - timedelta(days=31)
        self.get_type(subject="A question")
        action = self.make_rule().with_user(self.manager).action_try()
        found = self.env["helpdesk.inquiry"].search(action["domain"])
        self.assertEqual(found, matched)

    def test_it_says_when_it_would_have_matched_nothing(self):
        with self.assertRaisesRegex(UserError, "no inquiry"):
            self.make_rule().with_user(self.manager).action_try()

    # Rights

    def test_managers_edit_types_and_rules_and_employees_read_types(self):
        rule = self.make_rule(company_id=self.company.id)
        kind = self.back.with_user(self.manager)
        kind.name = "Returns"
        rule.with_user(self.manager).words = "refund"
        self.assertEqual(self.back.with_user(self.anna).name, "Returns")
        with self.assertRaises(AccessError):
            self.back.with_user(self.anna).name = "Mine"
        for attempt in (
            lambda: rule.with_user(self.anna).words,
            lambda: rule.with_user(self.anna).action_try(),
            lambda: (
                self.env["helpdesk.inquiry.type.rule"].with_user(self.anna).search([])
            ),
        ):
            with self.assertRaises(AccessError):
                self.env.invalidate_all()
                attempt()

    def test_a_rule_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        rule = self.make_rule(company_id=other.id)
        found = self.env["helpdesk.inquiry.type.rule"].with_user(self.manager)
        self.assertNotIn(rule, found.search([]))

    def test_the_common_rules_are_changed_by_who_works_in_every_company(self):
        rule = self.make_rule(company_id=False)
        other = self.env["res.company"].create({"name": "Other"})
        own = rule.with_user(self.manager).copy({"company_id": self.company.id})
        own.words = "refund"
        made = rule.with_user(self.manager).create(
            {"type_id": self.back.id, "words": "refund"}
        )
        self.assertEqual(made.company_id, self.company)
        with self.assertRaises(AccessError):
            rule.with_user(self.manager).words = "refund"
        self.manager.company_ids = self.env["res.company"].search([]) | other
        rule.with_user(self.manager).words = "refund"

    def test_conditions_reach_what_their_author_may_read(self):
        rules = self.env["helpdesk.inquiry.type.rule"].with_user(self.manager)
        values = {"type_id": self.back.id, "company_id": self.company.id}
        allowed = "[('ticket_id.name', 'ilike', 'special')]"
        self.assertTrue(rules.create({**values, "domain": allowed}))
        with self.assertRaises(AccessError):
            rules.create({**values, "domain": "[('message_id.mail_ids', '!=', False)]"})

    # Times

    def test_supervisors_are_shown_the_times(self):
        ticket = self.make_conversation()
        for user, shown in ((self.chief, True), (self.manager, True)):
            self.assertEqual(ticket.with_user(user).can_see_times, shown)
        self.assertFalse(ticket.with_user(self.anna).can_see_times)
        action = ticket.with_user(self.chief).action_show_times()
        inquiries = self.env["helpdesk.inquiry"].with_user(self.chief)
        self.assertEqual(inquiries.search(action["domain"]), ticket.inquiry_ids)

    def test_times_of_a_hidden_conversation_are_not_shown(self):
        ticket = self.make_conversation()
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                ticket.with_user(self.vera).action_show_times()

    # What it costs

    def test_more_rules_cost_a_letter_no_statement(self):
        counts = []
        for number in (0, 3, 6):
            for index in range(number):
                self.make_rule(
                    words=f"word{index}", domain="[('ticket_id.team_id', '!=', False)]"
                )
            self.make_rule(sequence=99)
            self.get_type(subject="Return")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.get_type(subject="Return"), self.back)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts)), 1, counts)
