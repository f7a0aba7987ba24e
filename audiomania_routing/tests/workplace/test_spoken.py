# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestSpoken(ConversationCase):
    """Calls and visits work out an inquiry, and are recorded as one (rule 17)."""

    def answer(self, ticket, user, method="action_save", **values):
        action = ticket.with_user(user).action_answered_by_phone()
        dialogs = self.env[action["res_model"]].with_user(user)
        dialog = Form(dialogs.with_context(**action["context"]))
        dialog.text = "Yes, in green."
        for name, value in values.items():
            setattr(dialog, name, value)
        with self.mock_mail_gateway():
            getattr(dialog.save(), method)()
            self.env.flush_all()

    def record(self, user, **values):
        dialog = Form(self.env["helpdesk.ticket.call"].with_user(user))
        dialog.text = "Do you have it in green?"
        for name, value in values.items():
            setattr(dialog, name, value)
        before = self.env["helpdesk.inquiry"].search([])
        self.action = dialog.save().action_save()
        return self.env["helpdesk.inquiry"].search([]) - before

    # Answered

    def test_one_line_on_what_was_said_works_it_out(self):
        ticket = self.make_conversation()
        self.answer(ticket, self.anna)
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "answered")
        self.assertEqual(inquiry.worked_out_by_id, self.anna)
        self.assertEqual(inquiry.answered_by_way, "phone")
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.waiting_customer_since, self.now)
        note = ticket.message_ids[:1]
        self.assertIn("Answered by phone, 10:00", note.body)
        self.assertIn("Yes, in green.", note.body)
        self.assertTrue(note.subtype_id.internal)
        self.assertFalse(self._new_mails)

    def test_in_person_it_is_told_so(self):
        ticket = self.make_conversation()
        self.answer(ticket, self.anna, how="visit")
        self.assertEqual(ticket.inquiry_ids.answered_by_way, "visit")
        self.assertIn("Answered in person", ticket.message_ids[:1].body)

    def test_one_click_sends_him_that_line(self):
        ticket = self.make_conversation()
        self.answer(ticket, self.anna, "action_save_and_mail")
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertEqual(ticket.inquiry_ids.answered_by_way, "phone")
        self.assertEqual(self._new_mails.recipient_ids, self.customer)
        self.assertIn("Yes, in green.", self._new_mails.body_html)

    def test_who_has_no_address_gets_no_letter_and_nothing_is_lost(self):
        ticket = self.make_conversation()
        ticket.sudo().partner_email = False
        self.customer.email = False
        with self.assertRaisesRegex(UserError, "no address"), self.env.cr.savepoint():
            self.answer(ticket, self.anna, "action_save_and_mail")
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_a_written_answer_is_told_from_a_spoken_one(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        self.assertEqual(ticket.inquiry_ids.answered_by_way, "written")

    def test_where_nothing_waits_one_is_told_so(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        with self.assertRaisesRegex(UserError, "Nothing in this conversation waits"):
            ticket.with_user(self.anna).action_answered_by_phone()

    def test_who_may_not_read_it_answers_nothing(self):
        ticket = self.make_conversation()
        with self.assertRaises(AccessError):
            ticket.with_user(self.boris).action_answered_by_phone()
        with self.assertRaises(AccessError):
            ticket.with_user(self.boris)._answer_spoken("phone", "Yes.")
        dialogs = self.env["helpdesk.ticket.spoken"].with_user(self.boris)
        with self.assertRaises(AccessError):
            dialogs.create({"ticket_id": ticket.id, "text": "Yes."})
        calls = self.env["helpdesk.ticket.call"].with_user(self.boris)
        with self.assertRaises(AccessError):
            calls.create({"ticket_id": ticket.id, "text": "Hello?"})
        self.assertEqual(ticket.inquiry_state, "pending")

    # Recorded

    def test_a_call_of_a_customer_is_an_inquiry_that_one_has_taken(self):
        inquiry = self.record(self.anna, partner_id=self.customer)
        ticket = inquiry.ticket_id
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.partner_id, self.customer)
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.name, "Do you have it in green?")
        self.assertEqual(ticket.company_id, self.company)
        phone = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        self.assertEqual(inquiry.channel_id, phone)
        self.assertEqual(ticket.channel_id, phone)
        self.assertEqual(self.action["res_id"], ticket.id)

    def test_a_visit_is_one_too(self):
        inquiry = self.record(self.anna, partner_id=self.customer, how="visit")
        visit = self.env.ref("audiomania_routing.helpdesk_ticket_channel_visit")
        self.assertEqual(inquiry.channel_id, visit)

    def test_it_is_routed_when_one_does_not_see_to_it_oneself(self):
        inquiry = self.record(self.vera, partner_id=self.customer, mine=False)
        ticket = inquiry.ticket_id
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertNotIn(self.vera, self.get_readers(ticket))
        self.assertEqual(self.action.get("path"), "inquiries")

    def test_answered_at_once_it_waits_for_nobody(self):
        inquiry = self.record(
            self.anna, partner_id=self.customer, answer="Yes, in green."
        )
        self.assertEqual(inquiry.state, "answered")
        self.assertEqual(inquiry.worked_out_by_id, self.anna)
        self.assertIn("Yes, in green.", inquiry.ticket_id.message_ids[:1].body)

    def test_it_belongs_to_the_conversation_that_one_names(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        inquiry = self.record(self.anna, ticket_id=ticket)
        self.assertEqual(inquiry.ticket_id, ticket)
        self.assertEqual(inquiry.partner_id, self.customer)
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.user_id, self.anna)

    def test_a_stranger_is_written_down_by_name_and_number(self):
        inquiry = self.record(self.anna, caller="Ivan", phone="+7 495 123-45-67")
        ticket = inquiry.ticket_id
        self.assertFalse(inquiry.partner_id)
        self.assertEqual(ticket.sender, "Ivan")
        self.assertIn("+7 495 123-45-67", inquiry.message_id.body)
        self.assertEqual(inquiry.message_id.email_from, "Ivan")

    def test_somebody_has_called(self):
        with self.assertRaisesRegex(UserError, "Say who it was"):
            self.record(self.anna)

    def test_no_customer_gets_a_letter_of_his_own_call(self):
        self.customer.email = "petr@customer.example"
        with self.mock_mail_gateway():
            inquiry = self.record(self.anna, partner_id=self.customer)
            self.env.flush_all()
        self.assertTrue(inquiry)
        self.assertFalse(self._new_mails)

    def test_who_may_not_read_a_conversation_records_nothing_in_it(self):
        ticket = self.make_conversation()
        with self.assertRaises(AccessError):
            self.env["helpdesk.ticket"].with_user(self.boris)._record_call(
                "phone", "Hello?", ticket=ticket.with_user(self.boris)
            )

    def test_who_is_not_in_customer_service_records_nothing(self):
        clerk = self.make_user("clerk", groups="")
        with self.assertRaises(AccessError):
            self.env["helpdesk.ticket"].with_user(clerk)._record_call(
                "phone", "Hello?", partner=self.customer
            )
