# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import OutgoingCase

ANSWER = "answer_bounced"
LETTER = "letter_bounced"


@tagged("post_install", "-at_install")
class TestBounces(OutgoingCase):
    """An answer that did not arrive is no answer (rule 20)."""

    def setUp(self):
        super().setUp()
        with trap_alerts(self):
            self.ticket = self.receive("anna@hifi.example")
            self.send(self.ticket, self.anna)
        self.answer = self.message

    def bounce(self, **values):
        return self.join(self.make_report(values.pop("letter", self.answer), **values))

    def test_what_the_answer_worked_out_waits_again(self):
        self.assertEqual(self.ticket.inquiry_ids.answer_id, self.answer)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")
        self.assertEqual(self.bounce(), self.ticket)
        self.assertEqual(self.ticket.inquiry_state, "pending")
        self.assertFalse(self.ticket.inquiry_ids.answer_id)
        self.assertFalse(self.ticket.inquiry_ids.worked_out_by_id)

    def test_who_wrote_is_told_whom_it_did_not_reach_and_why(self):
        with trap_alerts(self) as trap:
            self.bounce()
            trap.assert_alerted(self.anna, ANSWER, self.ticket)
            trap.assert_not_alerted(self.boris)
            self.assertFalse(trap.get_faults())
        self.assertIn("petr@customer.example", self.ticket.undelivered)
        self.assertIn("there is no such address.", self.ticket.undelivered)
        self.assertIn("User unknown", self.ticket.undelivered)

    def test_the_report_is_a_note_and_no_inquiry(self):
        with self.mock_mail_gateway():
            self.bounce()
        note = self.ticket.message_ids[:1]
        self.assertEqual(note.message_type, "email")
        self.assertEqual(note.message_id, "<report-1@mx.customer.example>")
        self.assertTrue(note.is_internal)
        self.assertTrue(note.subtype_id.internal)
        self.assertEqual(note.parent_id, self.answer)
        self.assertIn("Not delivered to petr@customer.example", note.body)
        self.assertIn("This is the mail system", note.body)
        self.assertEqual(len(self.ticket.inquiry_ids), 1)
        self.assertFalse(self._new_mails)

    def test_the_notification_is_marked_as_odoo_does(self):
        self.bounce()
        self.assertEqual(self.answer.notification_ids.notification_status, "bounce")
        self.assertEqual(self.customer.message_bounce, 1)

    def test_several_reports_on_one_answer_tell_once(self):
        with trap_alerts(self):
            self.bounce()
            self.reply(self.ticket, self.anna)
        with trap_alerts(self) as trap:
            self.assertEqual(self.bounce(), self.ticket)
            trap.assert_not_alerted(self.anna, ANSWER)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_the_next_answer_that_bounces_tells_again(self):
        self.bounce()
        self.send(self.ticket, self.anna)
        with trap_alerts(self) as trap:
            self.bounce(letter=self.message)
            trap.assert_alerted(self.anna, ANSWER, self.ticket)
        self.assertEqual(self.ticket.inquiry_state, "pending")

    def test_the_alert_ends_when_an_answer_leaves_again(self):
        with trap_alerts(self) as trap:
            self.bounce()
            self.note(self.ticket, self.anna)
            trap.drain()
            self.assertTrue(self.ticket.undelivered)
            self.send(self.ticket, self.anna)
            trap.assert_withdrawn(self.anna, ANSWER, self.ticket)
        self.assertFalse(self.ticket.undelivered)

    def test_an_answer_that_worked_out_nothing_reminds_all_the_same(self):
        self.send(self.ticket, self.anna)
        with trap_alerts(self) as trap:
            self.bounce(letter=self.message)
            trap.assert_alerted(self.anna, ANSWER, self.ticket)
        self.assertTrue(self.ticket.undelivered)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_a_closed_conversation_is_open_again(self):
        self.ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.bounce()
        self.assertFalse(self.ticket.stage_id.closed)

    def test_what_a_former_employee_wrote_is_his_teams(self):
        self.anna.active = False
        with trap_alerts(self) as trap:
            self.bounce()
            trap.assert_alerted(self.chief, ANSWER, self.ticket)
            trap.assert_alerted(self.boris, "inquiry_waiting", self.ticket)
        self.assertFalse(self.ticket.user_id)
        self.assertIn(self.boris, self.get_readers(self.ticket))

    def test_another_report_under_the_same_name_is_counted(self):
        """Some mail servers give all their reports one Message-ID."""
        first = self.make_report(self.answer)
        self.count = 0
        second = self.make_report(self.answer, status="5.2.2")
        outcomes = []
        for report in (first, second, second):
            self.env["mail.thread"].message_process(False, report)
            outcomes.append(
                self.env["mail.intake.entry"].search([], order="id desc", limit=1)
            )
        self.assertEqual(
            [entry.outcome for entry in outcomes], ["bounce", "bounce", "duplicate"]
        )
        self.assertEqual(self.customer.message_bounce, 2)

    def test_a_delay_is_a_note_only(self):
        with trap_alerts(self) as trap:
            found = self.bounce(action="delayed", status="4.4.1", subject="Delayed")
            trap.assert_not_alerted(self.anna)
        self.assertEqual(found, self.ticket)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")
        self.assertIn("it is tried again", self.ticket.message_ids[:1].body)
        self.assertEqual(self.answer.notification_ids.notification_status, "sent")

    def test_that_it_was_delivered_is_a_note_only(self):
        found = self.bounce(action="delivered", status="2.0.0", subject="Delivered")
        self.assertEqual(found, self.ticket)
        self.assertIn("was delivered", self.ticket.message_ids[:1].body)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_a_failure_after_a_delay_is_told(self):
        self.bounce(action="delayed", status="4.4.1")
        self.bounce()
        self.assertEqual(self.ticket.inquiry_state, "pending")

    def test_a_report_that_names_no_letter_is_found_by_the_address(self):
        self.assertEqual(self.bounce(message_id="<other@mx.example>"), self.ticket)
        self.assertEqual(self.ticket.inquiry_state, "pending")

    def test_a_delay_that_names_no_letter_joins_nothing(self):
        values = {"action": "delayed", "status": "4.4.1", "subject": "Delayed"}
        self.assertIsNone(self.bounce(message_id="<other@mx.example>", **values))

    def test_a_report_on_a_letter_that_is_gone_is_about_no_other_one(self):
        """What is left of a mailing is its name in the statistics."""
        name = "<12.34-openerp-5-mailing.mailing@shop.example>"
        told = []
        kind = self.registry["mail.thread"]

        def handle(_threads, _message, values):
            told.append(values["bounced_msg_ids"])

        with patch.object(kind, "_routing_handle_bounce", handle):
            self.assertIsNone(self.bounce(message_id=name))
        self.assertEqual(told, [[name]])
        self.assertEqual(self.ticket.inquiry_state, "worked_out")
        self.assertFalse(self.ticket.undelivered)

    def test_a_mailbox_that_sends_its_letters_on_reports_another_address(self):
        self.bounce(address="petr@behind.example")
        self.assertEqual(self.answer.notification_ids.notification_status, "bounce")
        self.assertIn("petr@customer.example", self.ticket.undelivered)

    def test_a_report_on_a_letter_that_is_none_of_ours_joins_nothing(self):
        found = self.bounce(message_id="<other@mx.example>", address="x@c.example")
        self.assertIsNone(found)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_an_automatic_letter_that_bounces_re_opens_nothing(self):
        with self.mock_mail_gateway():
            automatic = self.ticket.message_post(
                body="We have got your letter.",
                message_type="auto_comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.customer.ids,
            )
        with trap_alerts(self) as trap:
            self.assertEqual(self.bounce(letter=automatic), self.ticket)
            trap.assert_not_alerted(self.anna)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_odoo_finds_a_report_by_itself_and_it_joins_too(self):
        gateway = self.env["mail.thread"].with_context(tracking_disable=False)
        gateway.message_process(False, self.make_report(self.answer))
        self.assertEqual(self.ticket.inquiry_state, "pending")

    def test_the_letter_of_an_order_is_a_note_there_and_tells_who_wrote(self):
        goods = self.make_product(self.make_category("Turntables"))
        order = self.make_order(self.customer, goods, salesperson=self.vera)
        with self.mock_mail_gateway():
            letter = (
                order.with_user(self.vera)
                .sudo()
                .message_post(
                    body="Your order",
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=self.customer.ids,
                    author_id=self.vera.partner_id.id,
                )
            )
        with trap_alerts(self) as trap:
            self.assertEqual(self.bounce(letter=letter), order)
            self.assertEqual(self.bounce(letter=letter), order)
            trap.assert_alerted(self.vera, LETTER, order)
            self.assertEqual(len(trap.trapped), 1)
            self.assertFalse(trap.get_faults())
        self.assertIn("Not delivered", order.message_ids[:1].body)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")

    def test_an_answer_on_the_order_that_bounces_is_no_answer_either(self):
        goods = self.make_product(self.make_category("Turntables"))
        order = self.make_order(self.customer, goods, salesperson=self.vera)
        order.message_post(
            body="When does it come?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        domain = [("document_model", "=", "sale.order"), ("document_id", "=", order.id)]
        ticket = self.env["helpdesk.ticket"].search(domain)
        with self.mock_mail_gateway():
            letter = (
                order.with_user(self.vera)
                .sudo()
                .message_post(
                    body="On Friday",
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=self.customer.ids,
                    author_id=self.vera.partner_id.id,
                )
            )
        self.assertEqual(ticket.inquiry_state, "worked_out")
        with trap_alerts(self) as trap:
            self.assertEqual(self.bounce(letter=letter), order)
            trap.assert_alerted(self.vera, ANSWER, ticket)
            trap.assert_not_alerted(self.vera, LETTER)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_the_salesperson_is_told_what_the_system_sent_for_him(self):
        goods = self.make_product(self.make_category("Turntables"))
        order = self.make_order(self.customer, goods, salesperson=self.vera)
        with self.mock_mail_gateway():
            letter = order.message_post(
                body="Confirmed",
                message_type="auto_comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.customer.ids,
                author_id=self.env.ref("base.partner_root").id,
            )
        with trap_alerts(self) as trap:
            self.bounce(letter=letter)
            trap.assert_alerted(self.vera, LETTER, order)
