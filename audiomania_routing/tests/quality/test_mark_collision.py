# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase


@tagged("post_install", "-at_install")
class TestMarkCollision(TransactionsCase):
    """Send pressed twice at once is one mark and one message to the manager.

    Real transactions that really commit; what they leave is removed at the end.
    """

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.last_alert = env["alert.alert"].search([], order="id desc", limit=1).id
            changes = env["helpdesk.mark.change"]
            self.last_change = changes.search([], order="id desc", limit=1).id
            customer = env["res.partner"].create(
                {"name": "Petr", "email": "petr@collision.example"}
            )
            ticket = env["helpdesk.ticket"].create(
                {
                    "name": "A question",
                    "description": "Any news?",
                    "partner_id": customer.id,
                    "user_id": False,
                }
            )
            self.post(ticket, "email", customer)
            answer = self.post(ticket, "comment", env.ref("base.partner_admin"))
            self.link = ticket._get_mark_link(answer)
            self.ticket_id, self.customer_id = ticket.id, customer.id

    def post(self, ticket, message_type, author):
        return ticket.message_post(
            body="Any news?",
            message_type=message_type,
            subtype_xmlid="mail.mt_comment",
            author_id=author.id,
        )

    def clean(self):
        with self.transaction() as env:
            env["alert.alert"].search([("id", ">", self.last_alert or 0)]).unlink()
            of_customer = [("partner_id", "=", self.customer_id)]
            tickets = env["helpdesk.ticket"].search(of_customer)
            env["mail.mail"].search(
                [("mail_message_id", "in", tickets.message_ids.ids)]
            ).unlink()
            tickets.unlink()
            env.flush_all()
            # The trace is kept for good: nobody but the database removes it.
            env.cr.execute(
                SQL(
                    "DELETE FROM helpdesk_mark_change WHERE id > %s",
                    self.last_change or 0,
                )
            )
            env["res.partner"].browse(self.customer_id).unlink()

    def collide(self, first, second):
        """Both begin before one of them ends; the later one has to start again."""
        with self.transaction() as slow:
            slow["helpdesk.ticket"].search_count([])
            with self.transaction() as quick:
                first(quick)
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                second(slow)
                slow.cr.flush()
            slow.cr.rollback()
        with self.transaction() as again:
            second(again)

    def test_two_marks_at_once_are_one_that_was_changed(self):
        self.collide(
            lambda env: env["helpdesk.mark"]._give(self.link, 5),
            lambda env: env["helpdesk.mark"]._give(self.link, 4),
        )
        with self.transaction() as env:
            found = env["helpdesk.mark"].search(
                [("message_id", "=", self.link.message)]
            )
            self.assertEqual((found.quality, found.change_count), (4, 1))
            self.assertEqual(found.rating_ids.mapped("rating"), [4])

    def test_two_clicks_on_send_are_one_message_to_the_manager(self):
        def write(env):
            env["helpdesk.ticket"]._write_to_manager(self.link, "He was rude", "a")

        self.collide(write, write)
        with self.transaction() as env:
            found = env["helpdesk.ticket"].search(
                [("about_ticket_id", "=", self.ticket_id)]
            )
            self.assertEqual(len(found.inquiry_ids), 1)
