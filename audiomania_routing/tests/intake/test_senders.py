# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .entries import MAILING, VACATION, IntakeCase

SHOP = "orders@market.example"


@tagged("post_install", "-at_install")
class TestSenders(IntakeCase):
    """What is said of a sender once counts for all that he begins (rule 18)."""

    def make_rule(self, address, treatment="aside", **values):
        return self.env["mail.intake.sender"].create(
            {
                "address": address,
                "treatment": treatment,
                "company_id": self.company.id,
                **values,
            }
        )

    # Always

    def test_always_for_this_sender(self):
        entry = self.receive_aside(sender=SHOP)
        self.call(self.manager, entry, "action_always_inquiry")
        self.assertEqual(entry.outcome, "new")
        rule = self.env["mail.intake.sender"].search([("address", "=", SHOP)])
        self.assertEqual(
            (rule.treatment, rule.company_id, rule.create_uid),
            ("inquiry", self.company, self.manager),
        )
        ticket = self.receive(sender=SHOP, headers=MAILING)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_his_vacation_replies_and_those_called_spam_are_inquiries_too(self):
        self.make_rule(SHOP, "inquiry")
        for headers in (VACATION, {"X-Spam-Flag": "YES"}):
            with self.subTest(headers):
                ticket = self.receive(sender=SHOP, headers=headers)
                self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_a_colleague_of_whom_it_is_said_makes_inquiries(self):
        self.make_rule("anna@hifi.example", "inquiry")
        ticket = self.receive(sender=self.anna.email_formatted)
        self.assertEqual(ticket.inquiry_ids.state, "pending")

    def test_his_earlier_letters_are_asked_about_and_taken_with_one_click(self):
        earlier = self.receive_aside(sender=SHOP) + self.receive_aside(sender=SHOP)
        other = self.receive_aside(sender="news@vendor.example")
        entry = self.receive_aside(sender=SHOP)
        action = self.call(self.manager, entry, "action_always_inquiry")
        self.assertEqual(action["res_model"], "mail.intake.sender")
        self.assertEqual(earlier.mapped("outcome"), ["spam", "spam"])
        rule = self.env["mail.intake.sender"].browse(action["res_id"])
        self.assertEqual(rule.with_user(self.manager).aside_count, 2)
        self.call(self.manager, rule, "action_take_earlier")
        self.assertEqual(earlier.mapped("outcome"), ["new", "new"])
        self.assertTrue(other.set_aside)

    def test_without_earlier_letters_nothing_is_asked(self):
        entry = self.receive_aside(sender=SHOP)
        action = self.call(self.manager, entry, "action_always_inquiry")
        self.assertEqual(action["res_model"], "helpdesk.ticket")

    def test_without_the_original_the_rule_is_made_all_the_same(self):
        entry = self.receive_aside(sender=SHOP)
        entry.original = False
        action = self.call(self.manager, entry, "action_always_inquiry")
        self.assertIn("no longer kept", action["params"]["message"])
        self.assertTrue(self.receive(sender=SHOP, headers=MAILING))

    def test_several_senders_at_once(self):
        entries = self.receive_aside(sender=SHOP) + self.receive_aside()
        self.call(self.manager, entries, "action_always_inquiry")
        self.assertEqual(entries.mapped("outcome"), ["new", "new"])
        rules = self.env["mail.intake.sender"].search([])
        self.assertEqual(set(rules.mapped("address")), {SHOP, "news@vendor.example"})

    # Never

    def test_never_for_this_sender(self):
        self.receive(sender=SHOP)
        self.call(self.manager, self.get_entry(), "action_never")
        self.assertFalse(self.receive(sender=SHOP))
        entry = self.get_entry()
        self.assertEqual(entry.outcome, "spam")
        self.assertTrue(entry.set_aside)
        self.assertIn(SHOP, entry.reason_words)

    def test_never_from_a_conversation_ends_what_waits_in_it(self):
        ticket = self.receive(sender=SHOP)
        self.call(self.manager, ticket, "action_never")
        self.assertEqual(ticket.inquiry_ids.state, "no_action")
        self.assertFalse(self.receive(sender=SHOP))

    def test_only_managers_may_say_never(self):
        ticket = self.receive(sender=SHOP)
        for user in (self.anna, self.chief):
            with self.assertRaises(AccessError):
                self.call(user, ticket, "action_never")

    def test_his_answer_in_a_conversation_still_continues_it(self):
        ticket = self.receive(sender=SHOP)
        self.make_rule(SHOP)
        message = ticket.inquiry_ids.message_id
        self.assertEqual(self.receive(sender=SHOP, reply_to=message), ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)

    def test_what_was_said_last_counts(self):
        entry = self.receive_aside(sender=SHOP)
        self.call(self.manager, entry, "action_never")
        self.call(self.manager, entry, "action_always_inquiry")
        rule = self.env["mail.intake.sender"].search([("address", "=", SHOP)])
        self.assertEqual(rule.mapped("treatment"), ["inquiry"])

    def test_an_archived_rule_counts_no_more(self):
        self.make_rule(SHOP).active = False
        self.assertTrue(self.receive(sender=SHOP))

    def test_a_letter_without_a_sender_has_none_to_speak_of(self):
        self.env["mail.thread"].message_process(
            False, b"Subject: A\nMessage-ID: <nobody@x>\n\nText"
        )
        with self.assertRaisesRegex(UserError, "names no sender"):
            self.call(self.manager, self.get_entry(), "action_never")

    # Domains and companies

    def test_a_whole_domain(self):
        self.make_rule("@market.example")
        self.assertFalse(self.receive(sender=SHOP))
        self.assertTrue(self.receive(sender="a@not-market.example"))

    def test_an_address_goes_before_its_domain(self):
        self.make_rule("@market.example")
        self.make_rule(SHOP, "inquiry")
        self.assertTrue(self.receive(sender=SHOP))

    def test_a_rule_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.make_rule(SHOP, company_id=other.id)
        self.assertTrue(self.receive(sender=SHOP))

    def test_a_rule_of_all_companies_counts(self):
        self.make_rule(SHOP, company_id=False)
        self.assertFalse(self.receive(sender=SHOP))

    def test_however_it_is_typed_it_is_the_same_address(self):
        self.assertEqual(
            self.make_rule(" Market <Orders@Market.example> ").address, SHOP
        )
        self.assertEqual(self.make_rule("@Market.example").address, "@market.example")

    def test_what_is_no_address_is_refused(self):
        for typed in ("market", "@", "@market", "a@", "@a b.example"):
            with self.subTest(typed), self.assertRaises(ValidationError):
                self.make_rule(typed)

    def test_letters_of_a_domain_are_counted_by_that_domain_only(self):
        self.receive_aside(sender=SHOP)
        self.receive_aside(sender="a@xmarket.example")
        self.receive_aside(sender="a@mark_t.example")
        self.assertEqual(self.make_rule("@market.example").aside_count, 1)
        self.assertEqual(self.make_rule("@mark_t.example").aside_count, 1)
