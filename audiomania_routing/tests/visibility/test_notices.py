# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bus.models.bus import BusBus

from ..conversation.common import WINDOW
from .common import SECRET, VisibilityCase


@tagged("post_install", "-at_install")
class TestNotices(VisibilityCase):
    """What is sent of a conversation goes to nobody who may not read it (rule 14)."""

    def setUp(self):
        super().setUp()
        for user in self.colleagues:
            user.notification_type = "inbox"
        self.everybody = self.env["res.users"].union(*self.colleagues, self.clerk)
        self.ticket.message_subscribe(self.everybody.partner_id.ids)
        self.sent = []
        send = BusBus._sendone

        def listen(bus, target, kind, message):
            self.sent.append((target, kind, message))
            return send(bus, target, kind, message)

        patcher = patch.object(BusBus, "_sendone", listen)
        patcher.start()
        self.addCleanup(patcher.stop)

    def get_told(self, message):
        """The employees to whom a message was mailed, or put into the inbox."""
        notified = message.sudo().notification_ids.res_partner_id
        mailed = self._new_mails.recipient_ids
        return (notified | mailed) & self.everybody.partner_id

    def get_heard(self):
        """What the bus carried to them of the conversation's words."""
        targets = {*self.everybody, *self.everybody.partner_id}
        return [one for one in self.sent if one[0] in targets and SECRET in str(one[2])]

    def post(self, **values):
        with self.mock_mail_gateway():
            message = self.ticket.with_user(self.anna).message_post(
                body=SECRET, message_type="comment", **values
            )
            self.env.flush_all()
            self.cr.flush()
            return message

    def test_followers_who_may_not_read_it_are_told_of_no_message(self):
        message = self.post(subtype_xmlid="mail.mt_comment")
        self.assertFalse(self.get_told(message))
        self.assertFalse(self.get_heard())

    def test_who_is_mentioned_in_a_note_is_not_told_either(self):
        message = self.post(
            subtype_xmlid="mail.mt_note", partner_ids=self.everybody.partner_id.ids
        )
        self.assertFalse(self.get_told(message))
        self.assertFalse(self.get_heard())

    def test_a_notice_to_who_may_not_read_it_is_not_sent(self):
        with self.mock_mail_gateway():
            message = self.ticket.with_user(self.anna).message_notify(
                body=SECRET, subject="?", partner_ids=self.everybody.partner_id.ids
            )
        self.assertFalse(message and self.get_told(message))
        self.assertFalse(self.get_heard())

    def test_who_may_read_it_is_told(self):
        self.at(WINDOW)
        message = self.post(subtype_xmlid="mail.mt_comment")
        colleagues = self.env["res.users"].union(*self.colleagues)
        self.assertEqual(self.get_told(message), colleagues.partner_id)
        self.assertEqual(
            len({target for target, _kind, _message in self.get_heard()}), 3
        )

    def test_a_letter_with_employees_in_copy_is_not_mailed_to_them(self):
        copies = ", ".join(user.email for user in self.everybody)
        with self.mock_mail_gateway():
            ticket = self.receive(to="anna@hifi.example", cc=copies)
            self.env.flush_all()
        message = ticket.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertTrue(message)
        self.assertFalse(self.get_told(message))
        self.assertFalse(ticket.message_partner_ids & self.everybody.partner_id)

    def test_the_message_is_mailed_later_to_who_may_read_it_then_only(self):
        """Scheduled: whom it reaches is decided when it leaves."""
        message = self.post(
            subtype_xmlid="mail.mt_note",
            partner_ids=(self.everybody.partner_id | self.customer).ids,
            scheduled_date="2099-03-03 10:30:00",
        )
        schedule = self.env["mail.message.schedule"].search(
            [("mail_message_id", "=", message.id)]
        )
        self.assertTrue(schedule)
        with self.mock_mail_gateway():
            schedule.force_send()
        self.assertFalse(self.get_told(message))
        self.assertEqual(self._new_mails.recipient_ids, self.customer)

    def test_the_failure_of_ones_own_message_is_told_while_one_may_read_it(self):
        self.at(WINDOW)
        message = self.ticket.with_user(self.own).message_post(
            body=SECRET, message_type="comment", subtype_xmlid="mail.mt_note"
        )

        def tell():
            self.env.invalidate_all()
            self.sent.clear()
            message.sudo()._notify_message_notification_update()
            self.cr.flush()
            return bool(self.get_heard())

        self.assertTrue(tell())
        self.ticket.team_visible_from = self.now + 4 * WINDOW
        self.assertFalse(tell())
