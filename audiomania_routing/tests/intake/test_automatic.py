# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.common import ConversationCase

VACATION = [
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "Auto-Replied (vacation)"},
    {"X-Autoreply": "yes"},
    {"Precedence": "auto_reply"},
]


@tagged("post_install", "-at_install")
class TestAutomatic(ConversationCase):
    """Automatic replies join their conversation and make no inquiry (rule 20)."""

    def test_a_vacation_reply_joins_and_asks_nothing(self):
        ticket = self.receive("anna@hifi.example")
        answer = self.reply(ticket, self.anna)
        for headers in VACATION:
            with self.subTest(headers):
                before = len(ticket.message_ids)
                joined = self.receive(reply_to=answer, headers=dict(headers))
                self.assertEqual(joined, ticket)
                self.assertEqual(len(ticket.message_ids), before + 1)
                self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_a_vacation_reply_does_not_open_a_closed_conversation(self):
        ticket = self.receive("anna@hifi.example")
        answer = self.reply(ticket, self.anna)
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.stage_id = done
        self.receive(reply_to=answer, headers=dict(VACATION[0]))
        self.assertEqual(ticket.stage_id, done)

    def test_a_shop_form_is_a_question(self):
        ticket = self.receive(headers={"Auto-Submitted": "auto-generated"})
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_a_vacation_reply_that_joins_nothing_is_set_aside(self):
        self.assertFalse(self.receive(headers=dict(VACATION[0])))
        entry = self.env["mail.intake.entry"].search([], limit=1)
        self.assertEqual(entry.outcome, "auto_reply")
        self.assertTrue(entry.set_aside)

    def test_a_bounce_makes_no_inquiry(self):
        ticket = self.receive("anna@hifi.example")
        answer = self.reply(ticket, self.anna)
        bounced = self.receive(
            "bounce@hifi.example",
            sender="MAILER-DAEMON@c.example",
            subject="Undelivered",
            reply_to=answer,
        )
        self.assertFalse(bounced)
        self.assertEqual(len(ticket.inquiry_ids), 1)
