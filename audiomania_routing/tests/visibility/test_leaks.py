# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.common import SECOND, WINDOW
from .common import VisibilityCase
from .ways import WAYS, ways

# Open only to who is told, follows or has an activity: not to every reader.
PERSONAL = {
    "activities in the toolbar",
    "alerts",
    "discuss inbox",
    "number on the inbox",
    "starred messages",
}
# The host lets nobody make a conversation of a team to which he does not belong.
OF_MEMBERS = {"a copy"}
# Odoo lets administrators only export messages.
NEVER = {"mail.message: export"}


@tagged("post_install", "-at_install")
class TestLeaks(VisibilityCase):
    """Who may not see a conversation reads nothing of it by any way (rule 14).

    Each colleague would read all of it by the rights of the host or because he is in
    copy, follows, was told, has an activity.
    """

    def setUp(self):
        super().setUp()
        self.furnish()

    def test_in_the_window_no_group_of_the_host_reads_anything_by_any_way(self):
        self.at(WINDOW - SECOND)
        self.assert_reads_nothing(*self.colleagues, self.clerk, self.vera)

    def test_from_its_second_on_every_group_reads_it_by_every_way(self):
        """So that no way is closed to everybody only because it is broken."""
        self.at(WINDOW)
        for user in self.colleagues:
            with self.subTest(user.login):
                closed = WAYS.keys() - ways(user, self.ticket)
                self.assertEqual(closed, NEVER | {"alerts"})

    def test_the_addressee_and_the_supervisors_read_it_by_every_way(self):
        for user in (self.anna, self.chief, self.leader, self.manager):
            with self.subTest(user.login):
                closed = WAYS.keys() - ways(user, self.ticket)
                self.assertEqual(closed - PERSONAL - OF_MEMBERS, NEVER)

    def test_who_is_outside_of_the_help_desk_reads_nothing_at_any_moment(self):
        self.at(3 * WINDOW)
        self.assert_reads_nothing(self.clerk)
