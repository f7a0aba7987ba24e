# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common_marks import MarkCase

LINK = re.compile(r'href="([^"]*/mark/[^"]*)"')


@tagged("post_install", "-at_install")
class TestMarksInAnswers(MarkCase):
    """Every answer carries two marks and the way to the manager (rule 23); nothing
    else does, and no copy but the customer's."""

    def send(self, user=None, ticket=None, **values):
        """{first recipient: HTML} of what leaves with a reply."""
        with self.mock_mail_gateway():
            message = self.reply(ticket or self.ticket, user or self.anna, **values)
            self.env.cr.postcommit.run()
        self.message = message.sudo()
        return {
            mail.recipient_ids[:1].email_normalized or mail.email_to: mail.body_html
            for mail in self._new_mails
        }

    def get_links(self, html):
        return [link.replace("&amp;", "&") for link in LINK.findall(html or "")]

    def get_his(self, **values):
        return self.get_links(self.send(**values).get(self.customer.email_normalized))

    def test_an_answer_carries_ten_marks_and_the_manager(self):
        links = self.get_his()
        self.assertEqual(len(links), 11)
        for name in ("quality", "speed"):
            for number in range(1, 6):
                [link] = [one for one in links if one.endswith(f"?{name}={number}")]
                token = link.rpartition("/mark/")[2].partition("?")[0]
                found = self.marks._read_token(token)
                self.assertEqual(found.message, self.message.id)
                self.assertEqual(found.inquiry, self.inquiry.id)
                self.assertEqual(found.user, self.anna.id)
        self.assertTrue(links[-1].endswith("/manager"))

    def test_no_row_is_made_before_a_mark_is_sent(self):
        before = self.env["rating.rating"].search_count([])
        self.get_his()
        self.assertFalse(self.marks.search([("user_id", "=", self.anna.id)]))
        self.assertEqual(self.env["rating.rating"].search_count([]), before)

    def test_the_text_of_the_letter_has_them_too(self):
        text = html2plaintext(self.send()[self.customer.email_normalized])
        self.assertRegex(text, r"Quality:\s+bad\s+1 \[\d+\]")
        self.assertRegex(text, r"\[\d+\] http\S+/mark/\S+\?speed=5")

    def test_it_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        view = self.env.ref("audiomania_routing.answer_marks")
        view.update_field_translations(
            "arch_db", {"ru_RU": {"How do you like this answer?": "Как вам ответ?"}}
        )
        self.customer.lang = "ru_RU"
        self.env.flush_all()
        html = self.send()[self.customer.email_normalized]
        self.assertIn("Как вам ответ?", html)

    def test_a_note_carries_none(self):
        with self.mock_mail_gateway():
            self.ticket.with_user(self.anna).message_post(
                body="Psst",
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                partner_ids=self.customer.ids,
            )
        for mail in self._new_mails:
            self.assertFalse(self.get_links(mail.body_html))

    def test_a_colleague_in_copy_gets_none(self):
        both = self.customer | self.boris.partner_id
        self.at(timedelta(hours=3))
        bodies = self.send(partner_ids=both.ids)
        self.assertEqual(len(bodies), 2)
        self.assertFalse(self.get_links(bodies[self.boris.email]))
        self.assertTrue(self.get_links(bodies[self.customer.email_normalized]))

    def test_somebody_else_in_copy_gets_none(self):
        other = self.make_customer("Other")
        bodies = self.send(partner_ids=(self.customer | other).ids)
        self.assertFalse(self.get_links(bodies[other.email_normalized]))
        self.assertTrue(self.get_links(bodies[self.customer.email_normalized]))

    def test_a_team_that_does_not_want_them_asks_for_none(self):
        self.headphones.asks_for_marks = False
        self.assertFalse(self.get_his())

    def test_what_outsiders_read_carries_none(self):
        self.inquiry.is_public = True
        self.assertFalse(self.get_his())

    def test_a_machine_is_asked_for_none(self):
        ticket = self.receive(headers={"Auto-Submitted": "auto-generated"})
        self.assertTrue(ticket.inquiry_ids.is_from_machine)
        html = self.send(ticket=ticket)[self.customer.email_normalized]
        self.assertFalse(self.get_links(html))

    def test_a_human_is_no_machine(self):
        self.assertFalse(self.receive().inquiry_ids.is_from_machine)

    def test_a_receipt_carries_none(self):
        self.headphones.send_receipt = True
        with self.mock_mail_gateway():
            self.receive()
            self.env.cr.postcommit.run()
        self.assertTrue(self._new_mails)
        for mail in self._new_mails:
            self.assertFalse(self.get_links(mail.body_html))

    def test_who_has_no_contact_gets_them_at_his_address(self):
        ticket = self.receive(sender="new@stranger.example")
        ticket.inquiry_ids.partner_id = ticket.partner_id = False
        ticket.inquiry_ids.message_id.author_id = False
        html = self.send(ticket=ticket)["new@stranger.example"]
        self.assertEqual(len(self.get_links(html)), 11)

    def test_they_stand_in_no_message_so_that_no_quote_has_them(self):
        self.get_his()
        self.assertFalse(self.get_links(self.message.body))

    def test_what_a_customer_quotes_gives_no_employee_a_way_to_rate(self):
        html = self.send()[self.customer.email_normalized]
        quoted = f"{html2plaintext(html)}\n{html}"
        self.receive(reply_to=self.message, body=quoted)
        link = self.get_links(html)[0].rpartition("/mark/")[2].partition("?")[0]
        letter = self.ticket.inquiry_ids.message_id - self.inquiry.message_id
        self.assertIn("How do you like this answer?", letter.body)
        self.assertNotIn(link.rpartition("-")[2], letter.body)

    def test_an_answer_on_an_order_carries_them_too(self):
        product = self.make_product(self.make_category("Records"))
        order = self.make_order(self.customer, product, self.anna)
        self.anna.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        order.message_post(
            body="When?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        ticket = self.env["helpdesk.ticket"].search([("document_id", "=", order.id)])
        html = self.send(ticket=order, partner_ids=self.customer.ids)
        links = self.get_links(html[self.customer.email_normalized])
        token = links[0].rpartition("/mark/")[2].partition("?")[0]
        mark = self.marks._give(self.marks._read_token(token), 5)
        self.assertEqual(mark.inquiry_id, ticket.inquiry_ids)
        self.assertEqual(mark.user_id, self.anna)
        html = self.send(ticket=order, partner_ids=self.customer.ids)
        self.assertFalse(self.get_links(html[self.customer.email_normalized]))

    def test_the_message_of_a_rating_is_no_inquiry(self):
        self.answer()
        self.ticket.with_context(mail_create_nosubscribe=True).message_post(
            body="Good",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
            rating_value=5,
        )
        self.assertEqual(len(self.ticket.inquiry_ids), 1)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_the_host_asks_for_no_rating_beside_the_marks(self):
        template = self.env.ref("audiomania_routing.mail_template_receipt")
        before = self.ticket.message_ids
        self.ticket.rating_send_request(template)
        self.assertEqual(self.ticket.message_ids, before)
        self.headphones.asks_for_marks = False
        self.ticket.rating_send_request(template)
        self.assertEqual(len(self.ticket.message_ids - before), 1)

    def test_an_answer_costs_no_more_statements_with_marks(self):
        def count():
            ticket = self.make_conversation()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.send(ticket=ticket)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        # What the teams of the class have changed is forgotten at the first commit.
        count()
        count()
        with_marks = count()
        self.headphones.asks_for_marks = False
        count()
        self.assertLessEqual(with_marks - count(), 0)
