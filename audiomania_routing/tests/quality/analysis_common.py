# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tools import SQL

from ..conversation.common import ConversationCase

REPORT = "helpdesk.inquiry.report"
SECRET = "In green, please"


class AnalysisCase(ConversationCase):
    """Inquiries whose columns are written as they will stand after their history.

    The company is in Berlin; its clock goes forward on Sunday, 30 March 2025.
    """

    now = datetime(2025, 4, 23, 10)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar.tz = "Europe/Berlin"
        cls.env.ref("base.group_user").implied_ids += cls.env.ref(
            "base.group_allow_export"
        )

    def put(self, team=None, assignee=None, **columns):
        """One inquiry with these columns, and no other one of what is measured."""
        inquiry = self.make_inquiry(
            self.customer,
            team=team or self.headphones,
            assignee=assignee,
            received_at=columns.get("received_at", self.now),
        )
        inquiry.write({"subject": SECRET, "excerpt": SECRET})
        inquiry.ticket_id.name = SECRET
        self.env.flush_all()
        columns["team_id"] = team or self.headphones
        pairs = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), getattr(value, "id", value))
            for name, value in columns.items()
        )
        self.env.cr.execute(
            SQL("UPDATE helpdesk_inquiry SET %s WHERE id = %s", pairs, inquiry.id)
        )
        self.env.invalidate_all()
        return inquiry

    def answered(self, user, **columns):
        """One that this employee has answered, and so worked out."""
        answered_at = columns.pop("at", self.now)
        return self.put(
            state="answered",
            first_answered_at=answered_at,
            first_answered_by_id=user,
            worked_out_at=answered_at,
            worked_out_by_id=user,
            **columns,
        )

    def get_report(self, user=None):
        report = self.env[REPORT].with_user(user or self.manager)
        return report.with_context(allowed_company_ids=self.company.ids, lang="en_US")

    def get_figures(self, *aggregates, domain=(), user=None):
        """What a pivot reads of all rows together, by measure."""
        report = self.get_report(user)
        names = [f"{name}:{report._fields[name].aggregator}" for name in aggregates]
        (group,) = report.formatted_read_group(list(domain), [], [*names, "__count"])
        return [group[name] for name in names]
