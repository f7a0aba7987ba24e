# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase


@tagged("post_install", "-at_install")
class TestDocumentCollision(TransactionsCase):
    """Two messages on an order at once make one conversation.

    Real transactions that really commit; what they leave is removed at the end.
    """

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.last_alert = env["alert.alert"].search([], order="id desc", limit=1).id
            self.customer_id = env["res.partner"].create({"name": "Petr"}).id
            order = env["sale.order"].create({"partner_id": self.customer_id})
            self.order_id = order.id

    def clean(self):
        with self.transaction() as env:
            env["alert.alert"].search([("id", ">", self.last_alert or 0)]).unlink()
            self.get_conversations(env).unlink()
            env["sale.order"].browse(self.order_id).unlink()
            env["res.partner"].browse(self.customer_id).unlink()

    def get_conversations(self, env):
        return env["helpdesk.ticket"].search(
            [
                ("document_model", "=", "sale.order"),
                ("document_id", "=", self.order_id),
            ]
        )

    def ask(self, env):
        env["sale.order"].browse(self.order_id).message_post(
            author_id=self.customer_id,
            body="Do you have it in green?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def test_the_second_of_two_first_messages_starts_again_and_joins(self):
        with self.transaction() as slow:
            slow["helpdesk.ticket"].search_count([])
            with self.transaction() as quick:
                self.ask(quick)
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self.ask(slow)
                slow.cr.flush()
            slow.cr.rollback()
        with self.transaction() as again:
            self.ask(again)
        with self.transaction() as env:
            ticket = self.get_conversations(env)
            self.assertEqual(len(ticket), 1)
            self.assertEqual(len(ticket.inquiry_ids), 2)
