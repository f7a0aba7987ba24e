# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase

ASKED = "Any news?"


@tagged("post_install", "-at_install")
class TestCollision(TransactionsCase):
    """A letter that arrives while somebody answers is not forgotten.

    Real transactions that really commit; what they leave is removed at the end.
    """

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.last_alert = env["alert.alert"].search([], order="id desc", limit=1).id
            team = env["helpdesk.ticket.team"].create({"name": "Collision"})
            customer = env["res.partner"].create(
                {"name": "Petr", "email": "petr@customer.example"}
            )
            ticket = env["helpdesk.ticket"].create(
                {
                    "name": "A question",
                    "description": ASKED,
                    "team_id": team.id,
                    "partner_id": customer.id,
                    "user_id": False,
                }
            )
            self.ids = {record._name: record.id for record in (ticket, team, customer)}
            self.write_letter(env)

    def clean(self):
        with self.transaction() as env:
            env["alert.alert"].search([("id", ">", self.last_alert or 0)]).unlink()
            ticket = self.get(env, "helpdesk.ticket")
            env["mail.mail"].search(
                [("mail_message_id", "in", ticket.message_ids.ids)]
            ).unlink()
            for name in ("helpdesk.ticket", "helpdesk.ticket.team", "res.partner"):
                self.get(env, name).unlink()

    def get(self, env, name):
        return env[name].browse(self.ids[name])

    def write_letter(self, env):
        self.get(env, "helpdesk.ticket").message_post(
            body=ASKED,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.ids["res.partner"],
        )

    def answer(self, env):
        ticket = self.get(env, "helpdesk.ticket").with_user(env.ref("base.user_admin"))
        ticket.message_post(
            body="Yes.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def mark(self, env):
        ticket = self.get(env, "helpdesk.ticket").with_user(env.ref("base.user_admin"))
        ticket.action_no_action_required()

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

    def assertStates(self, state, *expected):
        with self.transaction() as env:
            ticket = self.get(env, "helpdesk.ticket")
            self.assertEqual(ticket.inquiry_state, state)
            inquiries = ticket.inquiry_ids.sorted("id")
            self.assertEqual(inquiries.mapped("state"), list(expected))

    def test_the_letter_that_comes_second_starts_again_and_waits(self):
        self.collide(self.answer, self.write_letter)
        self.assertStates("pending", "answered", "pending")

    def test_the_answer_that_comes_second_starts_again_and_answers_both(self):
        self.collide(self.write_letter, self.answer)
        self.assertStates("worked_out", "answered", "answered")

    def test_what_is_marked_second_starts_again_too(self):
        self.collide(self.write_letter, self.mark)
        self.assertStates("worked_out", "no_action", "no_action")
