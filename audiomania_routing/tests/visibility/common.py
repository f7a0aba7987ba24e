# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.common import ConversationCase
from .ways import furnish, ways

GROUPS = ("group_helpdesk_user_own", "group_helpdesk_user_team", "group_helpdesk_user")
SECRET = "In green, please"


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
