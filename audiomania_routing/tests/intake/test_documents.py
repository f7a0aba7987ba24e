# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from markupsafe import Markup
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..conversation.common import WINDOW
from .document_common import DocumentCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)
JOURNALS = {"ou": "sale", "in": "purchase"}


@tagged("post_install", "-at_install")
class TestDocuments(DocumentCase):
    """What a customer writes on an order or invoice is an inquiry (rule 1)."""

    def make_invoice(self, move_type="out_invoice"):
        journal = self.env["account.journal"].create(
            {
                "name": move_type,
                "code": move_type[-5:],
                "type": JOURNALS.get(move_type[:2], "general"),
                "company_id": self.company.id,
            }
        )
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "journal_id": journal.id,
                "partner_id": self.customer.id,
                "invoice_user_id": self.vera.id,
            }
        )

    # What becomes an inquiry

    def test_a_reply_to_the_e_mail_of_an_order_is_an_inquiry_about_it(self):
        sent = self.send(self.order)
        ticket = self.answer(sent, body="And when?")
        original = self.order.message_ids[:1]
        inquiry = ticket.inquiry_ids
        self.assertEqual(original.preview, "And when?")
        self.assertEqual(inquiry.source_message_id, original)
        self.assertEqual(inquiry.message_id.model, "helpdesk.ticket")
        self.assertEqual(inquiry.excerpt, "And when?")
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.partner_id, self.customer)
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(ticket.name, f"{self.order.name}: Re: your order")
        self.assertEqual(ticket.company_id, self.company)
        self.assertEqual(
            ticket.channel_id,
            self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email"),
        )

    def test_a_message_in_the_portal_is_an_inquiry_of_the_web(self):
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.name, self.order.name)
        self.assertEqual(
            ticket.channel_id, self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web")
        )

    def test_a_subject_that_names_the_order_does_not_name_it_twice(self):
        subject = f"Re: your order {self.order.name}"
        ticket = self.answer(self.send(self.order), subject=subject)
        self.assertEqual(ticket.name, subject)

    def test_a_customers_invoice_and_refund_are_such_documents(self):
        for move_type in ("out_invoice", "out_refund"):
            with self.subTest(move_type):
                invoice = self.make_invoice(move_type)
                self.write_in_portal(invoice)
                ticket = self.get_conversations(invoice)
                self.assertEqual(ticket.inquiry_state, "pending")
                self.assertEqual(ticket.addressee_id, self.vera)

    def test_bills_and_entries_are_none(self):
        for move_type in ("in_invoice", "in_refund", "entry"):
            with self.subTest(move_type):
                bill = self.make_invoice(move_type)
                self.write_in_portal(bill)
                self.assertFalse(self.get_conversations(bill))

    def test_a_document_that_is_made_of_the_letter_is_none(self):
        self.env["mail.alias"].create(
            {
                "alias_name": "orders",
                "alias_domain_id": self.alias_domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("sale.order"),
                "alias_defaults": str({"partner_id": self.customer.id}),
            }
        )
        self.receive("orders@hifi.example", subject="Two of the green ones")
        order = self.env["sale.order"].search([], order="id desc", limit=1)
        self.assertNotEqual(order, self.order)
        self.assertFalse(self.get_conversations(order))
        self.write_in_portal(order.sudo())
        self.assertTrue(self.get_conversations(order))

    def test_an_answer_to_a_letter_from_the_contacts_page_is_an_inquiry(self):
        contact = self.customer.with_user(self.vera)
        ticket = self.answer(self.send(contact), subject="Thursday")
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.name, "Thursday")

    def test_a_vendors_answer_on_his_contacts_page_is_none(self):
        self.customer.supplier_rank = 1
        self.assertFalse(self.answer(self.send(self.customer.with_user(self.vera))))
        self.customer.customer_rank = 1
        self.assertTrue(self.answer(self.send(self.customer.with_user(self.vera))))

    def test_who_writes_from_an_unknown_address_is_answered_there(self):
        ticket = self.answer(self.send(self.order), sender="Olga <olga@c.example>")
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertFalse(ticket.inquiry_ids.message_id.author_id)
        with self.mock_mail_gateway():
            self.reply(ticket, self.vera)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertEqual(self._new_mails.email_to, "olga@c.example")

    # What becomes none

    def test_what_an_employee_writes_is_none(self):
        self.send(self.order)
        self.order.with_user(self.vera).message_post(body="A note")
        self.assertFalse(self.get_conversations(self.order))

    def test_what_odoo_logs_in_the_customers_name_is_none(self):
        for message_type in ("notification", "auto_comment", "out_of_office"):
            self.write_in_portal(self.order, message_type=message_type)
        self.write_in_portal(self.order, subtype_xmlid="mail.mt_note")
        self.assertFalse(self.get_conversations(self.order))

    def test_an_automatic_reply_is_none(self):
        sent = self.send(self.order)
        ticket = self.answer(sent, headers={"Auto-Submitted": "auto-replied"})
        self.assertFalse(ticket)

    def test_a_letter_that_answers_a_note_on_an_order_is_an_inquiry(self):
        note = self.send(self.order, subtype_xmlid="mail.mt_note")
        self.assertTrue(self.answer(note).inquiry_ids)

    # One conversation, one inquiry a message

    def test_a_second_message_joins_the_open_conversation(self):
        ticket = self.answer(self.send(self.order))
        self.write_in_portal(self.order, body="Hello?")
        self.assertEqual(self.get_conversations(self.order), ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)

    def test_the_entry_of_a_letter_on_an_order_names_the_conversation(self):
        sent = self.send(self.order)
        ticket = self.answer(sent, message_id="<first@c.example>")
        self.answer(sent, message_id="<second@c.example>")
        entries = self.env["mail.intake.entry"].search(
            [("message_id", "in", ("<first@c.example>", "<second@c.example>"))],
            order="id",
        )
        self.assertEqual(entries.ticket_id, ticket)
        self.assertEqual(entries.mapped("outcome"), ["new", "continued"])

    def test_after_it_is_closed_the_next_message_opens_another(self):
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        ticket.with_user(self.vera).action_no_action_required()
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        done.mail_template_id = False
        ticket.stage_id = done
        self.write_in_portal(self.order)
        self.assertEqual(len(self.get_conversations(self.order)), 2)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_another_document_has_another_conversation(self):
        other = self.make_quotation(self.customer)
        self.write_in_portal(self.order)
        self.write_in_portal(other)
        self.assertNotEqual(
            self.get_conversations(self.order), self.get_conversations(other)
        )

    def test_somebody_else_who_writes_on_it_has_a_conversation_of_his_own(self):
        olga = self.make_customer("Olga")
        self.write_in_portal(self.order)
        self.write_in_portal(self.order, author_id=olga.id)
        tickets = self.get_conversations(self.order)
        self.assertEqual(tickets.partner_id, self.customer | olga)
        self.assertEqual(tickets.mapped(lambda one: len(one.inquiry_ids)), [1, 1])

    def test_a_colleague_of_the_customer_joins_his_conversation(self):
        self.customer.is_company = True
        olga = self.make_customer("Olga", parent_id=self.customer.id)
        self.write_in_portal(self.order)
        self.write_in_portal(self.order, author_id=olga.id)
        ticket = self.get_conversations(self.order)
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer | olga)

    def test_a_message_on_a_document_is_one_inquiry_never_two(self):
        self.write_in_portal(self.order)
        inquiry = self.get_conversations(self.order).inquiry_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            inquiry.copy({"message_id": False})

    def test_who_corrects_his_message_corrects_what_he_asks(self):
        message = self.write_in_portal(self.order)
        self.order._message_update_content(message, body="In blue, please")
        inquiry = self.get_conversations(self.order).inquiry_ids
        self.assertIn("In blue, please", inquiry.message_id.body)
        self.assertIn("In blue, please", inquiry.excerpt)

    # Who is asked

    def test_the_salesperson_is_the_addressee(self):
        ticket = self.answer(self.send(self.order, self.anna))
        self.assertEqual(ticket.addressee_id, self.vera)
        self.assertEqual(ticket.exclusive_until, self.now + WINDOW)
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.addressee_team_id, self.vinyl)
        self.assertIn("It is addressed to Vera", ticket.decision_text)

    def test_whom_the_letter_names_goes_before_the_salesperson(self):
        ticket = self.answer(self.send(self.order), cc="anna@hifi.example")
        self.assertEqual(ticket.addressee_id, self.anna)
        case = self.env["routing.facts"]._gather(ticket.inquiry_ids)
        asked = case[ticket.inquiry_ids.id].inquiry
        self.assertEqual(asked.named, (self.anna.id,))
        self.assertEqual(asked.document, self.vera.id)

    def test_a_salesperson_who_left_leaves_it_to_the_audiences_team(self):
        self.vera.active = False
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        self.assertFalse(ticket.addressee_id)
        self.assertEqual(ticket.team_visible_from, self.now)

    def test_a_salesperson_of_another_company_is_not_asked(self):
        other = self.env["res.company"].create({"name": "Other Shop"})
        self.vera.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.write_in_portal(self.order)
        self.assertFalse(self.get_conversations(self.order).addressee_id)

    def test_an_order_without_salesperson_is_the_teams(self):
        self.order.user_id = False
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        self.assertFalse(ticket.addressee_id)
        self.assertEqual(ticket.team_id, self.headphones)

    # What is copied

    def test_the_attachments_are_copied_for_who_may_read_the_conversation(self):
        picture = self.env["ir.attachment"].create(
            {
                "name": "green.png",
                "datas": PIXEL,
                "res_model": "sale.order",
                "res_id": self.order.id,
            }
        )
        token = picture.generate_access_token()[0]
        body = Markup('<p>This:<img src="/web/image/%s?access_token=%s"></p>')
        self.write_in_portal(
            self.order, body=body % (picture.id, token), attachment_ids=picture.ids
        )
        ticket = self.get_conversations(self.order)
        copy = ticket.inquiry_ids.message_id.attachment_ids
        self.assertEqual(self.order.message_ids[:1].attachment_ids, picture)
        self.assertEqual((copy.res_model, copy.res_id), ("helpdesk.ticket", ticket.id))
        self.assertEqual(copy.raw, picture.raw)
        self.assertIn(f"/web/image/{copy.id}?", ticket.inquiry_ids.message_id.body)
        self.vera.group_ids -= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertTrue(copy.with_user(self.vera).read(["datas"]))
        with self.assertRaises(AccessError):
            copy.with_user(self.anna).read(["datas"])

    def test_no_customer_gets_the_copy_by_e_mail(self):
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        ticket.message_subscribe((self.customer | self.make_customer("Olga")).ids)
        with self.mock_mail_gateway():
            self.write_in_portal(self.order, body="Hello?")
        self.assertEqual(len(ticket.inquiry_ids), 2)
        self.assertFalse(self._new_mails.filtered(lambda m: m.model == ticket._name))

    # Answers

    def test_a_reply_on_the_order_works_out_what_was_asked_there(self):
        ticket = self.answer(self.send(self.order))
        self.write_in_portal(self.order)
        self.at(timedelta(minutes=5))
        self.send(self.order)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.vera)
        self.assertEqual(ticket.user_id, self.vera)
        line = ticket.message_ids[:1]
        self.assertIn(f"Vera answered on {self.order.name}: Here it is.", line.preview)
        self.assertEqual(line.author_id, self.vera.partner_id)

    def test_a_note_on_the_order_works_out_nothing(self):
        ticket = self.answer(self.send(self.order))
        self.send(self.order, subtype_xmlid="mail.mt_note")
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_a_reply_that_does_not_reach_the_customer_works_out_nothing(self):
        self.write_in_portal(self.order)
        self.order.message_unsubscribe(self.customer.ids)
        self.order.with_user(self.vera).message_post(
            body="Anna, look.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.anna.partner_id.ids,
        )
        ticket = self.get_conversations(self.order)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_a_reply_on_another_order_works_out_nothing(self):
        ticket = self.answer(self.send(self.order))
        self.send(self.make_quotation(self.customer))
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_an_invoice_that_is_sent_answers_nothing(self):
        invoice = self.make_invoice()
        self.write_in_portal(invoice)
        with self.mock_mail_gateway():
            self.env["account.move.send"].with_user(self.vera).sudo()._send_mail(
                invoice.with_user(self.vera).sudo(),
                self.env.ref("account.email_template_edi_invoice"),
                author_id=self.vera.partner_id.id,
                body="Your invoice",
                partner_ids=self.customer.ids,
                subtype_xmlid="mail.mt_comment",
            )
        self.assertEqual(self._new_mails.recipient_ids, self.customer)
        ticket = self.get_conversations(invoice)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_an_employees_reply_by_e_mail_answers(self):
        ticket = self.answer(self.send(self.order))
        asked = self.order.message_ids[:1]
        self.receive(
            "catchall@hifi.example", reply_to=asked, sender="vera@hifi.example"
        )
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_a_reply_in_the_conversation_goes_to_the_customer(self):
        ticket = self.answer(self.send(self.order))
        with self.mock_mail_gateway():
            self.reply(ticket, self.vera)
        self.assertEqual(self._new_mails.recipient_ids, self.customer)
        self.assertEqual(ticket.inquiry_state, "worked_out")

    # The document and its conversations

    def test_the_order_counts_them_for_everybody_and_opens_them_for_readers(self):
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        for user in (self.vera, self.anna):
            order = self.order.with_user(user)
            self.assertEqual(order.conversation_count, 1)
            action = order.action_view_conversations()
            found = self.env[action["res_model"]].with_user(user)
            self.assertEqual(found.search_count(list(action["domain"])), 1)
        self.assertEqual(action["res_model"], "helpdesk.conversation.line")
        action = self.order.with_user(self.vera).action_view_conversations()
        self.assertEqual(action["res_id"], ticket.id)

    def test_several_conversations_are_listed(self):
        self.write_in_portal(self.order)
        self.write_in_portal(self.order, author_id=self.make_customer("Olga").id)
        action = self.order.with_user(self.vera).action_view_conversations()
        tickets = self.get_conversations(self.order)
        self.assertEqual(tickets.search(action["domain"]), tickets)
        self.assertFalse(action.get("res_id"))

    def test_the_conversation_opens_its_document_for_who_may_read_it(self):
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order).with_user(self.vera)
        self.assertEqual(ticket.document_name, self.order.name)
        self.assertEqual(ticket.document_type, "Sales Order")
        action = ticket.action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), _key(self.order))
        salesmen = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.vera.group_ids -= salesmen
        ticket.invalidate_recordset()
        self.assertFalse(ticket.document_name)
        with self.assertRaises(AccessError):
            ticket.action_open_document()

    def test_a_cancelled_or_deleted_order_leaves_its_conversation(self):
        self.write_in_portal(self.order)
        ticket = self.get_conversations(self.order)
        self.order._action_cancel()
        self.assertEqual(ticket.inquiry_state, "pending")
        self.order.unlink()
        ticket.invalidate_recordset()
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.inquiry_ids.excerpt, "Do you have it in green?")
        self.assertFalse(ticket.document_name)
        self.reply(ticket, self.vera)
        self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_a_merged_customer_keeps_his_conversations(self):
        kept = self.make_customer("Petr the Great")
        self.write_in_portal(self.customer)
        ticket = self.get_conversations(self.customer)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | kept).ids, kept
        )
        ticket.invalidate_recordset()
        self.assertEqual(ticket.partner_id, kept)
        self.assertEqual(ticket.document_id, kept.id)

    # Cost

    def count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_counting_for_n_and_2n_orders_costs_the_same(self):
        orders = self.env["sale.order"].browse(
            self.make_quotation(self.customer).id for _number in range(6)
        )
        for order in orders:
            self.write_in_portal(order)
        counted = [
            self.count_queries(
                lambda some=some: some.with_user(self.vera).mapped("conversation_count")
            )
            for some in (orders[:1], orders[:3], orders)
        ]
        self.assertEqual(counted[1], counted[2])

    def test_facts_and_names_of_n_and_2n_documents_cost_the_same(self):
        for _number in range(6):
            self.write_in_portal(self.make_quotation(self.customer))
        tickets = self.env["helpdesk.ticket"].search(
            [("document_model", "=", "sale.order")], limit=6
        )
        for function in (
            lambda some: self.env["routing.facts"]._gather(some.inquiry_ids),
            lambda some: some.with_user(self.manager).mapped("document_name"),
        ):
            counted = [
                self.count_queries(lambda some=some, f=function: f(some))
                for some in (tickets[:1], tickets[:3], tickets)
            ]
            self.assertEqual(counted[1], counted[2])

    def test_the_tenth_message_costs_what_the_second_did(self):
        self.write_in_portal(self.order)
        costs = [
            self.count_queries(lambda: self.write_in_portal(self.order))
            for _number in range(9)
        ]
        self.assertEqual(costs[1], costs[-1])


def _key(record):
    return record._name, record.id
