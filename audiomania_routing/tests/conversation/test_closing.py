# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ConversationCase


@tagged("post_install", "-at_install")
class TestClosing(ConversationCase):
    """A conversation cannot be closed while an inquiry waits in it (rule 16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.done.mail_template_id = False
        cls.stage_new = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")

    def test_a_stage_that_closes_is_refused_while_something_waits(self):
        ticket = self.make_conversation()
        with self.assertRaisesRegex(ValidationError, "cannot be closed"):
            ticket.with_user(self.anna).stage_id = self.done

    def test_archiving_is_refused_while_something_waits(self):
        ticket = self.make_conversation()
        with self.assertRaisesRegex(ValidationError, "cannot be closed"):
            ticket.with_user(self.manager).active = False

    def test_a_stage_cannot_begin_to_close_over_what_waits(self):
        ticket = self.make_conversation()
        self.assertEqual(ticket.stage_id, self.stage_new)
        with self.assertRaisesRegex(ValidationError, "cannot be closed"):
            self.stage_new.with_user(self.manager).closed = True

    def test_worked_out_it_can_be_closed(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        ticket.with_user(self.anna).stage_id = self.done
        self.assertTrue(ticket.closed)

    def test_a_new_letter_opens_a_closed_conversation_again(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        ticket.stage_id = self.done
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertEqual(ticket.stage_id, self.stage_new)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_a_new_letter_brings_an_archived_conversation_back(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        ticket.active = False
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertTrue(ticket.active)

    def test_a_new_letter_opens_what_is_both_archived_and_closed(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        ticket.write({"stage_id": self.done.id, "active": False})
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        self.assertTrue(ticket.active)
        self.assertEqual(ticket.stage_id, self.stage_new)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_undoing_opens_a_closed_conversation_again(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        ticket.stage_id = self.done
        ticket.with_user(self.anna).action_undo_no_action()
        self.assertEqual(ticket.stage_id, self.stage_new)
