# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from .analysis_common import AnalysisCase


class DashboardCase(AnalysisCase):
    """The blocks of the dashboard as an employee reads them."""

    def ask(self, block, user=None, scope=None, companies=None):
        dashboard = self.env["helpdesk.dashboard"].with_user(user or self.manager)
        companies = companies or self.company
        dashboard = dashboard.with_context(
            allowed_company_ids=companies.ids, lang="en_US"
        )
        return getattr(dashboard, f"get_{block}")(scope)

    def get_figures_of(self, block, user=None, scope=None, **values):
        """{figure: (value, note)}"""
        found = self.ask(block, user, scope, **values)["figures"]
        return {one["key"]: (one["value"], one.get("note", "")) for one in found}

    def get_rows_of(self, block, user=None, scope=None, **values):
        """{what the row is of: (level, texts of the other cells)}"""
        return {
            row["cells"][0]["text"]: (
                row["level"],
                [cell["text"] for cell in row["cells"][1:]],
            )
            for row in self.ask(block, user, scope, **values)["rows"]
        }

    def count_behind(self, action, user=None):
        """How many records the list behind a figure has for this reader."""
        records = self.env[action["res_model"]].with_user(user or self.manager)
        records = records.with_context(allowed_company_ids=self.company.ids)
        return records.search_count(action["domain"])
