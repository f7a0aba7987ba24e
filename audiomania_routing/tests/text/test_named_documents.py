# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import Form, tagged
from odoo.tools import SQL

from .common import LetterCase


@tagged("post_install", "-at_install")
class TestNamedDocuments(LetterCase):
    """Numbers of orders, invoices and telephones in the text (rule 2)."""

    def test_the_salesperson_of_a_named_order_is_a_fact(self):
        for text in (
            f"Where is {self.order.name}?",
            f"Где мой заказ № {self.order.name}?",
            f"заказ {self.order.name.lower()}",
            f"({self.order.name[0]} {self.order.name[1:]})",
        ):
            case = self.case_of(self.ask(text))
            self.assertEqual(case.inquiry.mentioned, (self.vera.id,), text)

    def test_a_number_in_the_subject_counts(self):
        inquiry = self.ask(subject=f"Re: {self.order.name}")
        self.assertEqual(self.case_of(inquiry).inquiry.mentioned, (self.vera.id,))

    def test_what_is_quoted_is_not_said(self):
        inquiry = self.ask(
            f"Hello, when?\n\nOn Monday, 3 March 2025 Vera wrote:\n> {self.order.name}"
        )
        self.assertEqual(self.case_of(inquiry).inquiry.mentioned, ())
        self.assertFalse(self.guess_of(inquiry))

    def test_the_first_document_counts_most(self):
        other = self.make_order(self.make_customer("Olga"), self.product, self.boris)
        inquiry = self.ask(f"{other.name} and {self.order.name}")
        self.assertEqual(
            self.case_of(inquiry).inquiry.mentioned, (self.boris.id, self.vera.id)
        )

    def test_numbers_look_as_their_sequence_says(self):
        sequence = self.env["ir.sequence"].create(
            {
                "name": "Orders",
                "code": "sale.order",
                "prefix": "HIFI-",
                "padding": 4,
                "company_id": self.company.id,
            }
        )
        order = self.make_order(self.customer, self.product, self.boris)
        self.assertEqual(order.name, "HIFI-0001")
        self.assertEqual(
            self.case_of(self.ask("hifi-0001!")).inquiry.mentioned, (self.boris.id,)
        )
        sequence.prefix = "AUDIO-"
        order = self.make_order(self.customer, self.product, self.boris)
        self.assertEqual(
            self.case_of(self.ask(order.name)).inquiry.mentioned, (self.boris.id,)
        )

    def test_an_invoice_is_named_by_its_number(self):
        invoice = self.make_invoice()
        inquiry = self.ask(f"Invoice {invoice.name} is wrong")
        self.assertEqual(self.case_of(inquiry).inquiry.mentioned, (self.anna.id,))
        self.assertEqual(self.guess_of(inquiry), self.customer)

    def make_invoice(self):
        company = self.company
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
        invoice = Form(
            self.env["account.move"].with_context(default_move_type="out_invoice")
        )
        invoice.partner_id = self.customer
        with invoice.invoice_line_ids.new() as line:
            line.product_id = self.product
        move = invoice.save()
        move.invoice_user_id = self.anna
        move.action_post()
        return move

    def test_a_number_that_nothing_has_says_nothing(self):
        inquiry = self.ask("S99999 and INV/2025/99999, +7 916 555-99-99")
        self.assertEqual(self.case_of(inquiry).inquiry.mentioned, ())
        self.assertFalse(self.guess_of(inquiry))

    def test_a_document_of_another_company_is_none_here(self):
        other = self.env["res.company"].create({"name": "Other"})
        order = self.order.copy()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET company_id = %s, name = 'S77777' WHERE id = %s",
            [other.id, order.id],
        )
        inquiry = self.ask("S77777")
        self.assertFalse((inquiry.letter_facts or {}).get("documents"))

    def test_a_short_number_counts_only_with_evidence(self):
        number = str(int(self.order.name[1:]))
        text = f"order {number} is late"
        self.assertEqual(self.case_of(self.ask(text)).inquiry.mentioned, ())
        self.assertEqual(
            self.case_of(self.ask(text, sender=self.customer.email)).inquiry.mentioned,
            (self.vera.id,),
        )
        with_phone = self.ask(f"{text}, call 8 (916) 555-01-10")
        self.assertEqual(self.case_of(with_phone).inquiry.mentioned, (self.vera.id,))

    def test_a_deleted_document_is_forgotten(self):
        inquiry = self.ask(self.order.name)
        self.order._action_cancel()
        self.order.unlink()
        self.assertEqual(self.case_of(inquiry).inquiry.mentioned, ())
        self.assertTrue(inquiry.decision_text)

    def test_a_telephone_suggests_who_it_is_however_it_is_written(self):
        for text in (
            "Call me: 8 916 555 01 10",
            "-- \nPetr\n+7 (916) 555-01-10",
            "тел. 89165550110",
        ):
            self.assertEqual(self.guess_of(self.ask(text)), self.customer, text)

    def test_a_telephone_of_ours_suggests_nobody(self):
        self.anna.partner_id.phone = "+7 495 555-01-01"
        self.company.partner_id.phone = "+7 495 555-01-02"
        inquiry = self.ask("I called +7 495 555-01-01 and +7 495 555-01-02")
        self.assertFalse(self.guess_of(inquiry))

    def test_a_telephone_of_two_customers_suggests_none(self):
        self.make_customer("Olga", phone="8 916 555 01 10")
        self.assertFalse(self.guess_of(self.ask("+7 916 555-01-10")))

    def test_numbers_that_contradict_each_other_suggest_nobody(self):
        olga = self.make_customer("Olga", phone="+7 903 555-01-11")
        self.assertTrue(olga)
        inquiry = self.ask(f"{self.order.name}, +7 903 555-01-11")
        self.assertFalse(self.guess_of(inquiry))

    def test_a_known_customer_is_not_guessed(self):
        olga = self.make_customer("Olga")
        inquiry = self.ask(f"{self.order.name}", sender=olga.email)
        case = self.case_of(inquiry)
        self.assertFalse(self.guess_of(inquiry))
        self.assertFalse(case.customer.guessed)
        self.assertIsNone(case.customer.audience_id)
        self.assertEqual(case.inquiry.mentioned, (self.vera.id,))

    def test_a_guessed_customer_counts_for_routing(self):
        inquiry = self.ask(f"{self.order.name}")
        case = self.case_of(inquiry)
        self.assertTrue(case.customer.guessed)
        self.assertEqual(case.customer.audience_id, self.audience.id)
        handled = {each.id: each.handled for each in case.staff}
        self.assertEqual(handled[self.vera.id], 1.0)

    def test_the_language_of_the_text_is_a_fact(self):
        for text, language in (
            ("Подскажите, когда будет готов мой усилитель?", "ru"),
            ("Is the amplifier ready, and what does it cost?", "en"),
            ("Ist der Verstärker schon fertig, und wie viel kostet er?", "de"),
            ("ok", None),
        ):
            self.assertEqual(
                self.case_of(self.ask(text)).inquiry.language, language, text
            )

    def test_a_corrected_message_is_read_again(self):
        ticket = self.order
        message = ticket.message_post(
            body="When?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        inquiry = self.env["helpdesk.inquiry"].search(
            [("source_message_id", "=", message.id)]
        )
        self.assertFalse((inquiry.letter_facts or {}).get("products"))
        ticket._message_update_content(message, body="When do the KEF LS50 come?")
        self.assertTrue(inquiry.letter_facts["products"])

    # --- the indexes

    def explain(self, query):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_bitmapscan = off")
        return str(self.env.execute_query(SQL("EXPLAIN %s", query)))

    def test_contacts_are_found_by_an_index_of_their_telephones(self):
        # Another one, of all contacts with a telephone, is as cheap for so few.
        self.env.cr.execute("DROP INDEX IF EXISTS res_partner_phone_partial_tgm")
        query = self.env["res.partner"]._sql_owners_of_phones(["165550110"])
        self.assertIn("res_partner_phone_key_idx", self.explain(query))

    def test_orders_are_found_by_an_index_of_their_numbers(self):
        query = SQL("SELECT id FROM sale_order WHERE name IN %s", ("S00001", "S00002"))
        self.assertIn("sale_order_name_idx", self.explain(query))

    # --- any text

    def test_no_text_hinders_a_letter(self):
        inquiry = self.ask()
        vals = {"ticket_id": inquiry.ticket_id.id, "partner_id": False}
        for text in (
            "\ufffd\u202e\U0001f3b5" * 50,
            "<" * 5000,
            "<blockquote>" * 3000,
            "S٠٠٠٤٢ 8 916 ٥٥٥ 01 10",
            "'; DROP TABLE res_partner; -- S00001'",
            "% %s %(name)s {} \\ LS50",
            "F1 " * 30_000,
            "",
        ):
            named = self.env["helpdesk.inquiry"]._read_new_letters(
                [{**vals, "excerpt": text, "subject": text[:200]}]
            )
            self.assertEqual(len(named), 1, text[:20])

    # --- the cost

    def count_statements(self, body):
        """What the letter's own facts cost when it comes in, and when it is decided."""
        self.ask(body)
        inquiry = self.ask(body)
        vals = {
            "ticket_id": inquiry.ticket_id.id,
            "message_id": inquiry.message_id.id,
            "partner_id": False,
            "subject": "A question",
        }
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.env["helpdesk.inquiry"]._read_new_letters([vals])
        return self.env.cr.sql_log_count - before

    def test_a_letter_that_names_nothing_costs_no_statement(self):
        self.assertEqual(self.count_statements("Is it loud? My room is large."), 0)

    def test_a_letter_costs_a_statement_for_each_kind_of_thing_that_it_names(self):
        self.assertEqual(self.count_statements("How much is the KEF LS50 Meta?"), 1)
        self.assertEqual(self.count_statements(f"Where is {self.order.name}?"), 1)
        self.assertEqual(self.count_statements("Call +7 916 555-01-10."), 1)

    def test_the_form_of_numbers_is_asked_once_for_many_letters(self):
        vals = []
        for number in range(6):
            inquiry = self.ask(f"KEF LS50, {self.order.name}, {number} 2 3 4")
            vals.append(
                {
                    "ticket_id": inquiry.ticket_id.id,
                    "message_id": inquiry.message_id.id,
                    "partner_id": self.customer.id,
                }
            )
        counts = []
        for some in (vals, vals[:3], vals):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["helpdesk.inquiry"]._read_new_letters(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
