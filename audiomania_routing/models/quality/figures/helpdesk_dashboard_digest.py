# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....names import PENDING
from .helpdesk_dashboard_marks import KINDS

HOUR = timedelta(hours=1)


class HelpdeskDashboard(models.AbstractModel):
    """The figures of a period that has ended at ``view.now``, for the digest."""

    _inherit = "helpdesk.dashboard"

    @api.model
    def _get_digest_period(self, view, start):
        """What came in in the period and how it was answered; what was worked out."""
        domain = self._get_figures_domain(view)
        came_in = self._measure(
            domain & self._get_within("received_at", start, view.now)
        )
        done = domain & self._get_within("worked_out_at", start, view.now)
        return {
            "kpi_inquiry_received": came_in.received,
            "kpi_inquiry_worked_out": self._count_inquiries(done),
            "kpi_inquiry_inside": came_in.inside_share,
            "kpi_inquiry_median": came_in.answer_median,
            "kpi_inquiry_average": came_in.answer_average,
        }

    @api.model
    def _get_digest_pending(self, view):
        """What was pending when the period ended; what is late at this moment."""
        domain = self._get_figures_domain(view)
        pending, oldest = self._select(
            domain & self._get_pending_domain(view.now),
            SQL("COUNT(*)"),
            SQL("MIN(received_at)"),
        )
        (overdue,) = self._select(
            domain & Domain("state", "=", PENDING), SQL("SUM(overdue_count)")
        )
        return {
            "kpi_inquiry_pending": pending,
            "kpi_inquiry_oldest": oldest and (view.now - oldest) / HOUR,
            "kpi_inquiry_overdue": overdue or 0,
        }

    @api.model
    def _get_digest_marks(self, view, start):
        """Marks that were given in the period, of those whom the reader leads."""
        ratings = self.env["rating.rating"]
        domain = self._get_marks_domain(view)
        found = {}
        for kind in KINDS:
            averages = ratings._get_averages(
                "user", domain=domain, start=start, end=view.now, of=kind
            )
            found[f"kpi_inquiry_{kind}"] = self._sum_marks(list(averages.values()))
        found["kpi_inquiry_bad_marks"] = self._count_bad_marks(domain, start, view.now)
        return found

    @api.model
    def _count_inquiries(self, domain):
        return self.env["helpdesk.inquiry.report"].search_count(domain)

    @api.model
    def _tell_waited(self, hours):
        """Plain time: days are days."""
        return self._tell_nothing() if hours is None else self._tell_time(hours * HOUR)
