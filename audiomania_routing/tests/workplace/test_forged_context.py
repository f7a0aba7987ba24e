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

    def post_on(self, record, **context):
        """The inquiries that his words on a record make."""
        before = self.env["helpdesk.inquiry"].search([])
        self.authenticate("petr", "petr-password")
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": record._name,
                "thread_id": record.id,
                "token": record._portal_ensure_token(),
                "post_data": {
                    "body": "Any news?",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
                "context": context,
            },
        )
        self.env.invalidate_all()
        return self.env["helpdesk.inquiry"].search([]) - before

    def post(self, **context):
        """What the customer writes makes one inquiry of his own conversation."""
        inquiry = self.post_on(self.ticket, **context)
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

    def test_it_says_nothing_that_only_the_gateway_knows(self):
        """Neither whose question it is, nor that it asks nothing, nor that outsiders
        read along; what a letter becomes is not told by who writes in the portal."""
        letter = {
            "recipient_emails": "boris@hifi.example",
            "hinted_emails": "boris@hifi.example",
            "forwarded_by_id": self.boris.id,
            "joins_automatically": True,
            "has_sender": False,
            "is_personal": True,
            "asks": True,
            "outsiders": ["x@c.example"],
        }
        inquiry = self.post(routing_letter=letter, routing_course={"outcome": "spam"})
        self.assertFalse(inquiry.recipient_emails or inquiry.hinted_emails)
        self.assertFalse(inquiry.forwarded_by_id or inquiry.is_public)
        self.assertEqual(inquiry.partner_id, self.customer)

    def test_it_answers_nothing(self):
        self.assertFalse(self.post(routing_answer_id=self.note.id).answer_id)

    def test_it_keeps_no_question_on_an_order_from_being_asked(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": self.company.id}
        )
        order.message_subscribe(self.customer.ids)
        self.assertEqual(len(self.post_on(order, routing_no_inquiry=True)), 1)

    def test_it_gives_the_conversation_to_nobody(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        self.post(routing_taken_by=self.boris.id)
        self.assertFalse(self.ticket.user_id)
