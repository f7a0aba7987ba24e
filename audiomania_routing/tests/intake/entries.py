# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters that failed, letters that were set aside, and people who work on them."""

from unittest.mock import patch

from odoo.service.model import call_kw
from odoo.tests import new_test_user

from ..conversation.common import ConversationCase

MAILING = {"List-Unsubscribe": "<https://shop.example/u>", "Precedence": "bulk"}
VACATION = {"Auto-Submitted": "auto-replied"}


class IntakeCase(ConversationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = new_test_user(
            cls.env,
            "system@hifi.example",
            groups="base.group_user,base.group_system",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def get_entry(self):
        """The entry of the letter that came last."""
        return self.env["mail.intake.entry"].search([], limit=1)

    def receive_failing(self, **values):
        """The entry of a letter that cannot be processed."""
        with self.failing():
            self.receive(**values)
        return self.get_entry()

    def receive_aside(self, **values):
        """The entry of a mailing."""
        values.setdefault("sender", "news@vendor.example")
        headers = {**MAILING, **values.pop("headers", {})}
        self.receive(headers=headers, **values)
        return self.get_entry()

    def failing(self):
        """No letter can be processed."""
        kind = self.registry["helpdesk.inquiry"]

        def fails(_inquiries):
            raise ZeroDivisionError("half")

        return patch.object(kind, "_start_ladders", fails)

    def count_conversations(self):
        return self.env["helpdesk.ticket"].search_count(
            [("company_id", "=", self.company.id)]
        )

    def call(self, user, records, name):
        """A call over the wire."""
        env = self.env(user=user)
        result = call_kw(env[records._name], name, [records.ids], {})
        self.env.invalidate_all()
        return result
