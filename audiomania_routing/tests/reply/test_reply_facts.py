# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DAY, HOUR, ReplyCase


@tagged("post_install", "-at_install")
class TestReplyFacts(ReplyCase):
    """What stands beside the composer."""

    def get_facts(self, ticket=None, user=None):
        return (ticket or self.ticket).with_user(user or self.anna).get_reply_facts()

    def get_moments(self):
        choices = self.get_facts()["promise"]["choices"]
        return {
            one["label"]: fields.Datetime.to_datetime(one["at"]) - self.now
            for one in choices
        }

    def test_promises_are_offered_for_the_working_days_to_come(self):
        moments = self.get_moments()
        self.assertEqual(moments["Today by 17:00"], 7 * HOUR)
        self.assertEqual(moments["Tomorrow in the morning"], DAY)
        self.assertEqual(moments["Tomorrow"], DAY + 7 * HOUR)
        self.assertEqual(len(moments), 5)

    def test_no_promise_is_offered_for_a_leave(self):
        self.take_leave(self.anna, self.now + 12 * HOUR, self.now + 2 * DAY)
        self.assertNotIn("Tomorrow", self.get_moments())

    def test_no_promise_is_offered_beyond_the_policy(self):
        self.make_policy(promise_days=1)
        self.assertTrue(all(at <= DAY for at in self.get_moments().values()))
        self.env["routing.policy"].search([("company_id", "=", self.company.id)]).write(
            {"promise_days": 0}
        )
        self.assertFalse(self.get_facts()["promise"])

    def test_where_nothing_waits_nothing_is_promised(self):
        self.reply(self.ticket, self.anna)
        self.assertFalse(self.get_facts()["promise"])

    def test_every_promise_that_is_offered_can_be_given(self):
        for moment in self.get_moments().values():
            self.promise(moment)
            self.assertEqual(self.inquiry.promised_for, self.now + moment)
        self.assertTrue(self.get_facts()["promise"]["current"])

    def test_who_would_rather_hear_by_telephone_is_told(self):
        self.assertFalse(self.get_facts()["contact"])
        self.customer.write({"preferred_contact": "phone", "phone": "+7 495 000"})
        contact = self.get_facts()["contact"]
        self.assertIn("Telephone", contact["sentence"])
        self.assertEqual(contact["phone"], "+7 495 000")
        self.customer.preferred_contact = "email"
        self.assertFalse(self.get_facts()["contact"])

    def test_the_time_to_undo_is_the_company_s(self):
        self.company.reply_hold_seconds = 7
        self.assertEqual(self.get_facts()["hold"], 7)

    def test_placeholders_of_answers_of_frequent_use(self):
        words = self.get_facts()["placeholders"]
        self.assertEqual(words["{customer}"], "Petr")
        self.assertEqual(words["{me}"], "Anna")
        self.assertEqual(words["{order}"], "")

    def test_an_order_that_the_writer_may_not_read_is_not_named(self):
        product = self.make_product(self.make_category("Records"))
        order = self.make_order(self.customer, product, self.boris)
        ticket = self.receive("anna@hifi.example", body=f"About {order.name}?")
        self.assertEqual(self.get_facts(ticket)["placeholders"]["{order}"], "")
        self.anna.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        number = self.get_facts(ticket)["placeholders"]["{order}"]
        self.assertEqual(number, order.name)

    def test_a_public_conversation_is_told_and_doubted(self):
        self.assertFalse(self.get_facts()["public"])
        ticket = self.receive("anna@hifi.example", cc="press@paper.example")
        self.assertIn("press@paper.example", self.get_facts(ticket)["public"])
        doubts = ticket.with_user(self.anna).get_reply_doubts()
        self.assertIn("press@paper.example", doubts["public"])

    def test_what_has_happened_meanwhile_is_among_the_doubts(self):
        ticket = self.ticket.with_user(self.anna)
        seen = ticket.seen_token
        self.assertEqual(ticket.get_reply_doubts(seen)["lines"], [])
        self.at(timedelta(minutes=1))
        self.receive(reply_to=self.inquiry.message_id, subject="Re:", body="In blue.")
        doubts = ticket.get_reply_doubts(seen)
        self.assertEqual(len(doubts["lines"]), 1)
        self.assertEqual(ticket.get_reply_doubts(doubts["seen"])["lines"], [])

    def test_templates_of_frequent_use_name_the_customer(self):
        template = self.env.ref("audiomania_routing.mail_template_reply_order")
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.anna)
            .create(
                {
                    "model": "helpdesk.ticket",
                    "res_ids": str(self.ticket.ids),
                    "template_id": template.id,
                    "composition_mode": "comment",
                }
            )
        )
        self.assertIn("Petr", composer.body)

    def test_what_colleagues_know_is_not_told_to_the_customer(self):
        portal = new_test_user(self.env, "petr", groups="base.group_portal")
        self.ticket.partner_id = portal.partner_id
        self.ticket.with_user(self.chief).action_take_away("He is ill")
        ticket = self.ticket.with_user(portal)
        self.assertTrue(ticket.has_access("read"))
        for method in ("get_reply_facts", "get_reply_doubts"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(ticket, method)()
        with self.assertRaises(AccessError):
            ticket.get_news("")
