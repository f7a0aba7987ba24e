# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import STRANGER, LetterCase


@tagged("post_install", "-at_install")
class TestSuggestion(LetterCase):
    """Who a stranger is: suggested to the employee, never told to the stranger."""

    def ask_as_stranger(self):
        ticket = self.ask(f"Where is {self.order.name}?").ticket_id
        ticket.write(
            {"department_visible_from": self.now, "team_visible_from": self.now}
        )
        ticket.write({"exclusive_until": False})
        return ticket.with_user(self.vera)

    def test_an_employee_reads_who_it_probably_is_and_why(self):
        ticket = self.ask_as_stranger()
        self.assertEqual(ticket.suggested_partner_id, self.customer)
        self.assertIn(self.order.name, ticket.suggestion_text)
        link = f'href="/odoo/sale.order/{self.order.id}"'
        self.assertIn(link, ticket.named_documents)
        self.assertIn(self.order.name, ticket.named_documents)
        self.assertIn("a number in the letter suggests", ticket.decision_text)
        self.assertIn(self.order.name, ticket.decision_text)

    def test_the_form_shows_it(self):
        ticket = self.ask_as_stranger()
        shown = ticket.web_read(
            {"suggested_partner_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(shown[0]["suggested_partner_id"]["id"], self.customer.id)
        arch = ticket.get_view(view_type="form")["arch"]
        self.assertIn("action_accept_suggestion", arch)
        self.assertIn("named_documents", arch)

    def test_accepting_makes_him_the_customer(self):
        ticket = self.ask_as_stranger()
        ticket.action_accept_suggestion()
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(ticket.partner_name, "Petr")
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)
        self.assertFalse(ticket.suggested_partner_id)
        self.assertFalse(ticket.suggestion_text)
        self.assertEqual(ticket.inquiry_ids.suggestion, "accepted")

    def test_an_answer_goes_to_whom_it_came_from(self):
        ticket = self.ask_as_stranger()
        ticket.action_accept_suggestion()
        with self.mock_mail_gateway():
            self.reply(ticket, self.vera)
        receivers = [email for mail in self._mails for email in mail["email_to"]]
        self.assertIn("somebody@elsewhere.example", "".join(receivers))
        self.assertNotIn(self.customer.email, "".join(receivers))

    def test_dismissed_he_is_neither_suggested_again_nor_weighed(self):
        ticket = self.ask_as_stranger()
        ticket.action_dismiss_suggestion()
        self.assertFalse(ticket.suggested_partner_id)
        self.assertFalse(ticket.partner_id)
        case = self.case_of(ticket.sudo().inquiry_ids)
        self.assertFalse(case.customer.guessed)
        self.assertIsNone(case.customer.audience_id)
        again = self.receive(
            sender=STRANGER, body=f"And {self.order.name}?", reply_to=self.last(ticket)
        )
        self.assertEqual(again, ticket)
        self.assertEqual(
            ticket.inquiry_ids.mapped("suggestion"), ["dismissed", "dismissed"]
        )

    def last(self, ticket):
        return ticket.sudo().inquiry_ids[:1].message_id

    def test_only_one_of_two_can_answer_the_suggestion(self):
        ticket = self.ask_as_stranger()
        ticket.action_dismiss_suggestion()
        with self.assertRaises(UserError):
            ticket.action_accept_suggestion()

    def test_who_may_not_read_the_conversation_can_do_nothing(self):
        ticket = self.ask(self.order.name).ticket_id.with_user(self.outsider)
        for action in ("action_accept_suggestion", "action_dismiss_suggestion"):
            with self.assertRaises(AccessError):
                getattr(ticket, action)()
        with self.assertRaises(AccessError):
            ticket.read(["suggested_partner_id"])

    # --- disclosed to nobody

    def hide_customers(self):
        self.env["ir.rule"].create(
            {
                "name": "Customers of others are secret",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.customer.id})]",
            }
        )

    def test_who_may_not_read_the_customer_does_not_learn_of_him(self):
        ticket = self.ask_as_stranger()
        self.hide_customers()
        self.env.invalidate_all()
        self.assertTrue(ticket.has_access("read"))
        shown = ticket.web_read(
            {
                "suggested_partner_id": {"fields": {"display_name": {}}},
                "suggestion_text": {},
                "decision_text": {},
            }
        )
        self.assertFalse(shown[0]["suggested_partner_id"])
        self.assertFalse(shown[0]["suggestion_text"])
        self.assertNotIn("Petr", str(shown))
        with self.assertRaises(UserError):
            ticket.action_accept_suggestion()

    def test_the_guess_itself_is_read_by_nobody(self):
        inquiry = self.ask_as_stranger().inquiry_ids.with_user(self.manager)
        for name in ("guessed_partner_id", "guessed_by", "letter_facts"):
            with self.assertRaises(AccessError):
                inquiry.read([name])
            with self.assertRaises(AccessError):
                inquiry.search([(name, "!=", False)])
            with self.assertRaises(AccessError):
                inquiry._read_group([], [name])
        self.assertNotIn("guessed_partner_id", inquiry.read()[0])
        with self.assertRaises(AccessError):
            inquiry.ticket_id.read(["dismissed_customers"])

    def test_a_document_is_named_to_who_may_read_it(self):
        ticket = self.ask_as_stranger()
        seller = self.make_user("seller")
        self.headphones.user_ids |= seller
        self.env.invalidate_all()
        ticket = ticket.with_user(seller)
        self.assertTrue(ticket.has_access("read"))
        self.assertFalse(self.order.with_user(seller).has_access("read"))
        self.assertFalse(ticket.named_documents)
        self.assertNotIn("names documents", ticket.decision_text)

    def test_the_sender_is_sent_nothing_of_it(self):
        with self.mock_mail_gateway():
            ticket = self.ask(f"Where is {self.order.name}?").ticket_id
            ticket.with_user(self.manager).action_accept_suggestion()
            self.env.cr.flush()
        told = [str(mail) for mail in self._mails] + ticket.sudo().message_ids.filtered(
            lambda one: not one.is_internal and not one.subtype_id.internal
        ).mapped(lambda one: f"{one.body} {one.subject}")
        self.assertTrue(told)
        self.assertNotIn("Petr", " ".join(told))
        self.assertNotIn(self.customer.email, " ".join(told))

    def test_a_portal_customer_reads_nothing_of_it(self):
        portal = new_test_user(
            self.env, "portal@elsewhere.example", "base.group_portal"
        )
        ticket = self.ask_as_stranger().sudo()
        ticket.partner_id = portal.partner_id
        ticket.message_subscribe(portal.partner_id.ids)
        ticket = ticket.with_user(portal)
        for name in ("suggested_partner_id", "suggestion_text", "named_documents"):
            self.assertNotIn(name, ticket.fields_get())
            with self.assertRaises(AccessError):
                ticket.read([name])
        with self.assertRaises(AccessError):
            ticket.inquiry_ids.read(["suggestion"])

    def test_another_customer_s_order_is_told_to_no_customer(self):
        olga = self.make_customer("Olga")
        with self.mock_mail_gateway():
            ticket = self.ask(self.order.name, sender=olga.email).ticket_id
            self.env.cr.flush()
        self.assertFalse(ticket.suggested_partner_id)
        self.assertFalse(ticket.inquiry_ids.sudo().guessed_partner_id)
        self.assertNotIn("Petr", " ".join(map(str, self._mails)))
        self.assertNotIn("Petr", ticket.with_user(self.manager).decision_text)
