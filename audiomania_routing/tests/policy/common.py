# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two employees in two teams of a department, and what is gathered of them."""

from unittest.mock import patch

from ..common import MONDAY_10, SUNDAY, RoutingCase


class FactsCase(RoutingCase):
    """Inquiries come in on Sunday; facts are asked for as they will be on Monday."""

    now = SUNDAY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.make_user("ann")
        cls.bob = cls.make_user("bob")
        cls.hifi_team = cls.make_team("Hi-Fi Team", [cls.ann], parent=cls.department)
        cls.vinyl_team = cls.make_team("Vinyl Team", [cls.bob], parent=cls.department)
        cls.customer = cls.make_customer()
        cls.facts = cls.env["routing.facts"]

    def gather(self, inquiry, now=MONDAY_10):
        return self.facts._gather(inquiry, now)[inquiry.id]

    def staff_of(self, inquiry, now=MONDAY_10):
        return {each.id: each for each in self.gather(inquiry, now).staff}

    def ask_about(self, user, now=MONDAY_10, **values):
        """The facts of one employee, for an inquiry that is addressed to him."""
        inquiry = self.make_inquiry(
            self.customer, user.email, self.department, **values
        )
        return self.staff_of(inquiry, now)[user.id]

    def set_presence(self, user, seen, status="online"):
        """His browser was last there at that moment."""
        return self.env["mail.presence"].create(
            {
                "user_id": user.id,
                "last_poll": seen,
                "last_presence": seen,
                "status": status,
            }
        )

    def set_substitutes(self, links):
        """{user: who stands in for him}, as another addon tells it to the alerts."""
        asked = []

        def get_substitutes(_presence, users):
            asked.append(users)
            return {user: links[user] for user in users if user in links}

        kind = type(self.env["alert.presence"])
        patcher = patch.object(kind, "_get_substitutes", get_substitutes)
        self.startPatcher(patcher)
        return asked

    def count_queries(self, inquiries, now=MONDAY_10):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.facts._gather(inquiries, now)
        return self.env.cr.sql_log_count - before
