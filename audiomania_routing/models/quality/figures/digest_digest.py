# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .helpdesk_dashboard import OWN

KPIS = {
    "kpi_inquiry_received": "number",
    "kpi_inquiry_worked_out": "number",
    "kpi_inquiry_inside": "percent",
    "kpi_inquiry_median": "hours",
    "kpi_inquiry_average": "hours",
    "kpi_inquiry_pending": "number",
    "kpi_inquiry_oldest": "time",
    "kpi_inquiry_overdue": "number",
    "kpi_inquiry_bad_marks": "number",
    "kpi_inquiry_quality": "mark",
    "kpi_inquiry_speed": "mark",
}
"""How each figure is written."""

MORE_IS_BETTER = {"kpi_inquiry_worked_out", "kpi_inquiry_inside"}
"""Of these the digest's own arrow is green where it should be."""

AT = ("start_datetime", "end_datetime", "uid", "company")
"""A value is of a period, a reader and a company: kept apart in memory."""


class DigestDigest(models.Model):
    """The figures of the dashboard once a week by e-mail (rule 26).

    Computed by the dashboard's own methods and within the rights of who gets it: all of
    his company for a manager, his teams' for a leader, nothing for others.
    """

    _inherit = "digest.digest"

    kpi_inquiry_received = fields.Boolean("Inquiries that came in")
    kpi_inquiry_received_value = fields.Integer(compute="_compute_kpi_inquiry")
    kpi_inquiry_worked_out = fields.Boolean("Inquiries worked out")
    kpi_inquiry_worked_out_value = fields.Integer(compute="_compute_kpi_inquiry")
    kpi_inquiry_inside = fields.Boolean("Answered inside the window")
    kpi_inquiry_inside_value = fields.Float(compute="_compute_kpi_inquiry")
    kpi_inquiry_median = fields.Boolean("Working hours to the first answer, median")
    kpi_inquiry_median_value = fields.Float(compute="_compute_kpi_inquiry")
    kpi_inquiry_average = fields.Boolean("Working hours to the first answer, average")
    kpi_inquiry_average_value = fields.Float(compute="_compute_kpi_inquiry")
    kpi_inquiry_pending = fields.Boolean("Inquiries pending")
    kpi_inquiry_pending_value = fields.Integer(compute="_compute_kpi_inquiry")
    kpi_inquiry_oldest = fields.Boolean("The oldest pending inquiry")
    kpi_inquiry_oldest_value = fields.Float(compute="_compute_kpi_inquiry")
    kpi_inquiry_overdue = fields.Boolean("Inquiries late now")
    kpi_inquiry_overdue_value = fields.Integer(compute="_compute_kpi_inquiry")
    kpi_inquiry_bad_marks = fields.Boolean("Bad marks")
    kpi_inquiry_bad_marks_value = fields.Integer(compute="_compute_kpi_inquiry")
    kpi_inquiry_quality = fields.Boolean("Average mark for quality")
    kpi_inquiry_quality_value = fields.Float(compute="_compute_kpi_inquiry")
    kpi_inquiry_speed = fields.Boolean("Average mark for speed")
    kpi_inquiry_speed_value = fields.Float(compute="_compute_kpi_inquiry")

    @api.depends_context(*AT)
    def _compute_kpi_inquiry(self):
        for digest in self:
            figures = digest._get_inquiry_figures()
            for name in KPIS:
                value = figures[name]
                number = value[0] if _is_mark(name) else value
                digest[f"{name}_value"] = number or 0

    # The figures

    def _get_inquiry_figures(self):
        """{KPI: its value} in the period of the context; None: of nothing; of a mark
        (average, number)."""
        start, end, _companies = self._get_kpi_compute_parameters()
        start, end = (
            fields.Datetime.to_datetime(start),
            fields.Datetime.to_datetime(end),
        )
        dashboard = self._get_figures_model()
        view = dashboard._get_scope_view()._replace(now=end)
        if not start or not end:
            return {name: (None, 0) if _is_mark(name) else None for name in KPIS}
        return {
            **dashboard._get_digest_period(view, start),
            **dashboard._get_digest_pending(view),
            **dashboard._get_digest_marks(view, start),
        }

    def _get_figures_model(self):
        """The dashboard of this reader: of the digest's company, or of his own."""
        dashboard = self.env["helpdesk.dashboard"]
        if self.company_id:
            dashboard = dashboard.with_company(self.company_id)
        company = dashboard.env.company
        dashboard = dashboard.with_context(allowed_company_ids=company.ids)
        if dashboard._list_scopes()[0] == OWN:
            raise AccessError(self.env._("The digest of inquiries is for leaders."))
        return dashboard

    # How they are written

    def _compute_kpis(self, company, user):
        """Hours, shares and marks in words; where more is not better, what it was
        before stands in words, too, instead of a green or red arrow."""
        kpis = super()._compute_kpis(company, user)
        ours = [kpi for kpi in kpis if kpi["kpi_name"] in KPIS]
        for index, (_name, periods) in enumerate(self._compute_timeframes(company), 1):
            if not ours:
                break
            now, before = (
                self._get_figures_at(company, user, *period) for period in periods
            )
            for kpi in ours:
                self._tell_kpi(kpi[f"kpi_col{index}"], kpi["kpi_name"], now, before)
        return kpis

    def _get_figures_at(self, company, user, start, end):
        digest = self.with_context(start_datetime=start, end_datetime=end)
        return digest.with_user(user).with_company(company)._get_inquiry_figures()

    def _tell_kpi(self, column, name, now, before):
        column["value"] = self._tell_figure(name, now[name])
        if name in MORE_IS_BETTER:
            return
        column["margin"] = 0.0
        if name != "kpi_inquiry_overdue":
            column["col_subtitle"] = self.env._(
                "%(period)s, before: %(value)s",
                period=column["col_subtitle"],
                value=self._tell_figure(name, before[name]),
            )

    def _tell_figure(self, name, value):
        words = self.env["helpdesk.dashboard"]
        return {
            "number": lambda: str(value or 0),
            "percent": lambda: words._tell_percent(value),
            "hours": lambda: words._tell_hours(value),
            "time": lambda: words._tell_waited(value),
            "mark": lambda: words._tell_mark(*value),
        }[KPIS[name]]()

    def _compute_kpis_actions(self, company, user):
        """What stands now is on the dashboard, what was measured in the analysis."""
        actions = super()._compute_kpis_actions(company, user)
        now = ("pending", "oldest", "overdue")
        root = self.env.ref("audiomania_routing.menu_inquiries").id
        for name in KPIS:
            is_now = name.removeprefix("kpi_inquiry_") in now
            page = "dashboard_action" if is_now else "inquiry_report_action"
            actions[name] = f"audiomania_routing.helpdesk_{page}?menu_id={root}"
        return actions


def _is_mark(name):
    return KPIS[name] == "mark"
