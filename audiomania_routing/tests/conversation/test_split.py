# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import WINDOW, ConversationCase

HOUR = timedelta(hours=1)
RULES = "odoo.addons.base.models.ir_rule"


@tagged("post_install", "-at_install")
class TestSplit(ConversationCase):
    """Two matters become two conversations, and nobody loses what he saw."""

    def setUp(self):
        super().setUp()
        self.ticket = self.receive("anna@hifi.example", subject="Green")
        self.first = self.ticket.inquiry_ids
        self.at(HOUR)
        self.second = self.write_again()

    def write_again(self, **values):
        values = {"subject": "An invoice", "body": "Where is it?", **values}
        before = self.ticket.inquiry_ids
        self.receive("anna@hifi.example", reply_to=self.first.message_id, **values)
        return self.ticket.inquiry_ids - before

    def open_dialog(self, by=None, ticket=None):
        action = (ticket or self.ticket).with_user(by or self.anna).action_split()
        dialogs = self.env[action["res_model"]].with_user(by or self.anna)
        return dialogs.browse(action["res_id"])

    def split(self, inquiries=None, by=None, **values):
        inquiries = self.second if inquiries is None else inquiries
        dialog = self.open_dialog(by)
        lines = dialog.line_ids.filtered(lambda one: one.inquiry_id.id in inquiries.ids)
        dialog.write(
            {
                "reason": "Another matter",
                "line_ids": [(1, line.id, {"chosen": True}) for line in lines],
                **values,
            }
        )
        return self.env["helpdesk.ticket"].browse(dialog.action_confirm()["res_id"])

    # What goes and what stays

    def test_it_is_a_conversation_of_the_same_customer(self):
        other = self.split()
        self.assertNotIn(other.number, (self.ticket.number, "/"))
        self.assertEqual(other.name, self.second.message_id.subject)
        for name in ("partner_id", "partner_email", "company_id", "team_id"):
            self.assertEqual(other[name], self.ticket[name], name)
        stages = other.team_id._get_applicable_stages()
        self.assertEqual(other.stage_id, stages[0])

    def test_the_inquiry_goes_with_its_message_as_it_is(self):
        received, message = self.second.received_at, self.second.message_id
        other = self.split()
        self.assertEqual(other.inquiry_ids, self.second)
        self.assertEqual(self.ticket.inquiry_ids, self.first)
        self.assertEqual(self.second.received_at, received)
        self.assertEqual(self.second.state, "pending")
        self.assertIn(message, other.message_ids)
        self.assertNotIn(message, self.ticket.message_ids)
        self.assertEqual(other.waiting_since, self.now + HOUR)
        self.assertEqual(self.ticket.waiting_since, self.now)
        self.assertIn("Where is it?", other.excerpt)

    def test_the_dialog_shows_who_wrote_what_and_when(self):
        line = self.open_dialog().line_ids[1]
        self.assertEqual(line.received_at, self.now + HOUR)
        self.assertEqual(line.sender, "Petr")
        self.assertIn("Where is it?", line.excerpt)

    def test_the_description_goes_with_the_first_letter(self):
        other = self.split(self.first)
        self.assertIn("green", other.description)
        self.assertIn("Where is it?", self.ticket.description)
        self.assertNotIn("green", self.ticket.description)

    def test_answers_go_with_what_they_answer(self):
        answer = self.reply(self.ticket, self.anna)
        third = self.write_again(subject="A third matter")
        later = self.reply(self.ticket, self.anna)
        other = self.split(third)
        self.assertIn(later, other.message_ids)
        self.assertIn(answer, self.ticket.message_ids)
        self.assertEqual(other.inquiry_state, "worked_out")

    def test_an_answer_to_what_stays_too_stays(self):
        answer = self.reply(self.ticket, self.anna)
        self.split(self.second)
        self.assertIn(answer, self.ticket.message_ids)

    def test_answers_stay_where_he_wants_it(self):
        self.reply(self.ticket, self.anna)
        third = self.write_again()
        later = self.reply(self.ticket, self.anna)
        self.split(third, with_answers=False)
        self.assertIn(later, self.ticket.message_ids)

    def test_attachments_go_too_and_what_stays_keeps_its_own(self):
        own, shared = self.env["ir.attachment"].create(
            [
                {"name": name, "res_model": "helpdesk.ticket", "raw": b"1"}
                | {"res_id": self.ticket.id}
                for name in ("own", "shared")
            ]
        )
        self.second.message_id.attachment_ids = own | shared
        self.first.message_id.attachment_ids = shared
        other = self.split()
        moved = self.second.message_id.attachment_ids
        self.assertEqual(set(moved.mapped("res_id")), {other.id})
        self.assertEqual(set(moved.mapped("name")), {"own", "shared"})
        self.assertEqual(self.first.message_id.attachment_ids, shared)
        self.assertEqual(shared.res_id, self.ticket.id)

    def test_the_document_is_the_same(self):
        values = {"document_model": "res.partner", "document_id": self.customer.id}
        self.ticket.write(values)
        other = self.split()
        self.assertEqual(other.document_id, self.customer.id)
        self.assertEqual(other.document_model, "res.partner")

    def test_the_intake_says_where_the_letter_is(self):
        message = self.second.message_id
        entries = self.env["mail.intake.entry"]
        entry = entries.search([("mail_message_id", "=", message.id)])
        self.assertEqual(entry.ticket_id, self.ticket)
        other = self.split()
        self.assertEqual(entry.ticket_id, other)

    # Who sees it

    def test_in_the_window_both_are_reserved_as_before(self):
        until, readers = self.ticket.exclusive_until, self.get_readers(self.ticket)
        other = self.split()
        for ticket in (self.ticket, other):
            self.assertEqual(ticket.addressee_id, self.anna)
            self.assertEqual(ticket.exclusive_until, until)
            self.assertEqual(self.get_readers(ticket), readers)
        self.assertNotIn(self.boris, readers)

    def test_who_was_let_in_sees_both_whichever_goes(self):
        third = self.write_again()
        self.at(WINDOW + HOUR)
        readers = self.get_readers(self.ticket)
        self.assertIn(self.boris, readers)
        for going in (self.first, third):
            other = self.split(going)
            self.assertLessEqual(readers, self.get_readers(self.ticket))
            self.assertLessEqual(readers, self.get_readers(other))
            self.assertNotIn(self.vera, self.get_readers(other))

    def test_no_moment_moves_back_nor_forward_for_what_waited_longer(self):
        names = ("team_visible_from", "department_visible_from")
        before = [self.ticket[name] for name in names]
        other = self.split(self.first)
        for ticket in (self.ticket, other):
            for name, moment in zip(names, before, strict=True):
                self.assertLessEqual(ticket[name], moment)
        self.assertTrue(self.second.decision)

    def test_who_has_taken_it_has_both(self):
        self.ticket.with_user(self.anna).action_take()
        other = self.split()
        self.assertEqual((self.ticket | other).user_id, self.anna)
        self.assertFalse(other.exclusive_until)
        self.reply(other, self.anna)
        self.assertEqual(self.second.state, "answered")
        self.assertEqual(self.first.state, "pending")
        self.assertEqual(self.ticket.inquiry_state, "pending")

    def test_who_has_taken_it_answers_both_in_the_same_time(self):
        self.ticket.with_user(self.anna).action_take()
        self.at(2 * HOUR)
        tickets = self.ticket | self.split()
        self.assertEqual(set(tickets.mapped("answer_due_at")), {self.now + 4 * HOUR})
        with trap_alerts(self) as trap:
            self.at(4 * HOUR)
            self.env["helpdesk.ticket"]._tell_due(200)
            for ticket in tickets:
                self.assertTrue(ticket.with_user(self.boris).can_take)
                trap.assert_alerted(self.boris, "inquiry_waiting", ticket)

    def test_a_supervisor_splits_and_the_assignee_keeps_both(self):
        self.ticket.with_user(self.anna).action_take()
        other = self.split(by=self.chief)
        self.assertEqual((self.ticket | other).user_id, self.anna)

    def test_what_was_worked_out_is_worked_out_in_the_new_one(self):
        self.reply(self.ticket, self.anna)
        third = self.write_again()
        other = self.split(self.first | self.second)
        self.assertEqual(other.inquiry_state, "worked_out")
        self.assertEqual(self.ticket.inquiry_ids, third)
        self.assertEqual(self.ticket.inquiry_state, "pending")
        self.assertIn(self.vera, self.get_readers(other))
        self.assertNotIn(self.vera, self.get_readers(self.ticket))

    def test_where_nothing_waits_any_more_it_is_worked_out(self):
        self.reply(self.ticket, self.anna)
        third = self.write_again()
        with trap_alerts(self) as trap:
            trap.drain()
            other = self.split(third)
            trap.assert_withdrawn(self.anna, "inquiry_reserved", self.ticket)
            trap.assert_alerted(self.anna, "inquiry_reserved", other)
            self.assertFalse(trap.get_faults())
        self.assertEqual(self.ticket.inquiry_state, "worked_out")
        self.assertFalse(self.ticket.exclusive_until)
        self.assertIn(self.vera, self.get_readers(self.ticket))
        self.assertEqual(other.inquiry_state, "pending")
        self.assertEqual(other.addressee_id, self.anna)

    def test_both_histories_say_so(self):
        other = self.split()
        here, there = self.ticket.transition_ids, other.transition_ids
        self.assertEqual(here.kind, "split_off")
        self.assertEqual(here.reason, f"{other.number}: Another matter")
        self.assertEqual(there.kind, "split_from")
        self.assertEqual(there.reason, f"{self.ticket.number}: Another matter")
        self.assertEqual((here | there).user_id, self.anna)
        self.assertIn("Anna has split off", here._describe())

    def test_the_customer_hears_nothing_of_it(self):
        with self.mock_mail_gateway():
            self.split()
        self.assertFalse(self._new_mails)

    # Letters

    def test_letters_go_on_where_what_they_answer_is(self):
        other = self.split()
        number = f"Re: Green [{self.ticket.number}]"
        message = self.second.message_id
        self.assertEqual(self.receive(reply_to=message), other)
        self.assertEqual(self.receive(reply_to=message, subject=number), other)
        self.assertEqual(self.receive(reply_to=self.first.message_id), self.ticket)
        self.assertEqual(self.receive(subject=number), self.ticket)
        answer = self.reply(other, self.anna)
        self.assertEqual(self.receive(reply_to=answer), other)

    # Who may

    def test_the_last_message_stays(self):
        with self.assertRaisesRegex(UserError, "has to stay"):
            self.split(self.first | self.second)
        with self.assertRaisesRegex(UserError, "Choose a message"):
            self.split(self.first.browse())
        other = self.split()
        with self.assertRaisesRegex(UserError, "nothing to split"):
            self.open_dialog(ticket=other)

    def test_it_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self.split(reason=" ")

    def test_only_who_may_hand_it_on(self):
        with mute_logger(RULES):
            for user in (self.boris, self.vera, self.outsider):
                with self.assertRaises(AccessError):
                    self.open_dialog(user)
        self.ticket.with_user(self.anna).action_take()
        self.at(WINDOW)
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.open_dialog(self.boris)

    def test_who_lost_it_meanwhile_is_refused(self):
        dialog = self.open_dialog()
        dialog.reason = "Another matter"
        dialog.line_ids[1].chosen = True
        self.ticket.with_user(self.chief).action_take()
        with self.assertRaises(UserError):
            dialog.action_confirm()
        self.assertEqual(self.second.ticket_id, self.ticket)

    def test_no_other_conversations_message_is_smuggled_in(self):
        mine = self.receive("anna@hifi.example", subject="Elsewhere").inquiry_ids
        hidden = self.receive("boris@hifi.example", subject="Secret").inquiry_ids
        dialog = self.open_dialog()
        lines = dialog.line_ids
        with self.assertRaisesRegex(ValidationError, "not in the conversation"):
            lines.create({"dialog_id": dialog.id, "inquiry_id": mine.id})
        with mute_logger(RULES), self.assertRaises(AccessError):
            lines.create({"dialog_id": dialog.id, "inquiry_id": hidden.id})
        with self.assertRaisesRegex(UserError, "not in this conversation"):
            self.ticket.with_user(self.anna)._split(self.second | mine, "Why")

    def test_nobody_opens_the_dialog_of_a_colleague(self):
        dialog = self.open_dialog()
        dialog.reason = "Another matter"
        dialog.line_ids[1].chosen = True
        self.env.invalidate_all()
        with mute_logger(RULES), self.assertRaises(AccessError):
            dialog.with_user(self.chief).action_confirm()

    def test_no_other_companys(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        manager = self.make_user("far", "helpdesk_mgmt.group_helpdesk_manager")
        manager.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        tickets = self.ticket.with_context(allowed_company_ids=company.ids)
        with mute_logger(RULES), self.assertRaises(AccessError):
            self.open_dialog(manager, tickets)
