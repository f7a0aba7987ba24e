# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestForgedContext(ConversationCase, HttpCase):
    """Odoo takes a context from whoever writes in the portal: it says nothing of where
    a message came from, of whose it is, or in which conversation it waits."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()
        self.other = self.make_conversation(partner_id=self.make_customer("Other").id)
        self.note = self.other.message_post(
            body="Do not tell him.", subtype_xmlid="mail.mt_note"
        )
        new_test_user(
            self.env,
            "petr",
            "base.group_portal",
            password="petr-password",
            partner_id=self.customer.id,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.ticket.message_subscribe(self.customer.ids)

    def post(self, **context):
        """What the customer writes makes one inquiry of his own conversation."""
        before = self.env["helpdesk.inquiry"].search([])
        self.authenticate("petr", "petr-password")
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "helpdesk.ticket",
                "thread_id": self.ticket.id,
                "post_data": {
                    "body": "Any news?",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
                "context": context,
            },
        )
        self.env.invalidate_all()
        inquiry = self.env["helpdesk.inquiry"].search([]) - before
        self.assertEqual(inquiry.ticket_id, self.ticket)
        self.assertEqual(inquiry.state, "pending")
        return inquiry

    def test_it_names_no_other_conversation_and_no_state(self):
        source = {"ticket_id": self.other.id, "state": "no_action", "is_public": True}
        self.assertFalse(self.post(routing_from_channel=source).is_public)
        self.assertEqual(len(self.other.inquiry_ids), 1)

    def test_it_makes_no_message_of_ours_the_source_of_his_own(self):
        inquiry = self.post(routing_source_message=self.note.id)
        self.assertFalse(inquiry.source_message_id)

    def test_it_gives_the_conversation_to_nobody(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        self.post(routing_taken_by=self.boris.id)
        self.assertFalse(self.ticket.user_id)
