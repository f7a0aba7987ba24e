# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ConversationCase


@tagged("post_install", "-at_install")
class TestKept(ConversationCase):
    """Nothing is forgotten by deleting it: neither what waits, nor a letter."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()
        self.letter = self.ticket.inquiry_ids.message_id
        self.admin = self.make_user("admin2", "base.group_system")

    def test_what_waits_is_deleted_by_no_manager(self):
        with self.assertRaisesRegex(UserError, "cannot be deleted: a message"):
            self.ticket.with_user(self.manager).unlink()
        self.assertEqual(self.ticket.inquiry_ids.state, "pending")

    def test_of_several_one_that_waits_is_enough(self):
        other = self.make_conversation()
        other.with_user(self.anna).action_no_action_required()
        with self.assertRaises(UserError):
            (self.ticket | other).with_user(self.manager).unlink()
        self.assertTrue(other.exists())

    def test_what_is_worked_out_is_deleted_by_managers_only(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        with mute_logger("odoo.addons.base.models.ir_model"):
            with self.assertRaises(AccessError):
                self.ticket.with_user(self.anna).unlink()
        self.ticket.with_user(self.manager).unlink()
        self.assertFalse(self.ticket.exists())

    def test_an_administrator_deletes_what_must_go(self):
        self.admin.group_ids += self.manager.group_ids
        self.ticket.with_user(self.admin).unlink()
        self.assertFalse(self.ticket.exists())

    def test_no_employee_deletes_a_letter_of_a_customer(self):
        for user in (self.anna, self.chief, self.manager):
            with self.assertRaisesRegex(UserError, "letter of a customer"):
                self.letter.with_user(user).unlink()
        self.ticket.with_user(self.anna).action_no_action_required()
        with self.assertRaisesRegex(UserError, "letter of a customer"):
            self.letter.with_user(self.manager).unlink()
        self.assertTrue(self.letter.exists())

    def test_ones_own_note_is_deleted_as_before(self):
        note = self.note(self.ticket, self.anna)
        note.with_user(self.anna).unlink()
        self.assertFalse(note.exists())
