# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import SQL

from ..conversation.common import ConversationCase
from .ways import CONVERSATION, furnish, ways

GROUPS = ("group_helpdesk_user_own", "group_helpdesk_user_team", "group_helpdesk_user")
SECRET = "In green, please"
DOCUMENTS = {
    "helpdesk_inquiry": "ticket_id",
    "helpdesk_ticket_transition": "ticket_id",
    "mail_message": "model",
    "mail_activity": "res_model",
    "mail_followers": "res_model",
    "mail_scheduled_message": "model",
    "ir_attachment": "res_model",
    "rating_rating": "res_model",
    "routing_channel_answer": "ticket_id",
}
"""{table of what hangs on a conversation: the column by which it does}"""


@tagged("post_install", "-at_install")
class VisibilityCase(ConversationCase):
    """One conversation, addressed to Anna, with all that can hang on one.

    Three colleagues of her team, one in each of the host's groups, and a clerk outside
    of the help desk are in copy, follow it, were told of it and have an activity on it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own, cls.team, cls.every = cls.colleagues = [
            cls.make_user(name, f"helpdesk_mgmt.{name}") for name in GROUPS
        ]
        cls.headphones.user_ids += cls.own | cls.team | cls.every
        cls.clerk = cls.make_user("clerk", groups="")
        cls.env.ref("base.group_user").implied_ids += cls.env.ref(
            "base.group_allow_export"
        )

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation(name=SECRET)
        self.inquiry = self.ticket.inquiry_ids
        self.inquiry.subject = SECRET
        self.message = self.inquiry.message_id

    def furnish(self, *users):
        furnish(self.ticket, *(users or [*self.colleagues, self.clerk]))

    def assert_reads_nothing(self, *users, names=None):
        for user in users:
            with self.subTest(user.login):
                self.assertEqual(ways(user, self.ticket, names), set())

    def get_rows(self):
        """{table: what stands in it of the conversation}: equal if nothing changed."""
        of_it = SQL("id = %s", self.ticket.id)
        parts = [_digest("helpdesk_ticket", of_it)]
        for table, column in DOCUMENTS.items():
            of_it = SQL("ticket_id = %s", self.ticket.id)
            if column != "ticket_id":
                named = SQL("%s = %s", SQL.identifier(column), CONVERSATION)
                of_it = SQL("%s AND res_id = %s", named, self.ticket.id)
            parts.append(_digest(table, of_it))
        return dict(self.env.execute_query(SQL(" UNION ALL ").join(parts)))


def _digest(table, where):
    rows = SQL("md5(string_agg(t::text, '' ORDER BY id))")
    return SQL(
        "SELECT %s, %s FROM %s t WHERE %s", table, rows, SQL.identifier(table), where
    )
