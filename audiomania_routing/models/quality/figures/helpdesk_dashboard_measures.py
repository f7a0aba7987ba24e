# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....names import PENDING


class Measures(NamedTuple):
    """What is measured of inquiries that came in in a period; None: of none of them.

    :param received: how many there are
    :param inside_share: percentage first answered within the window, of those windowed
    :param windowed: how many were answered and had an exclusive window
    :param answer_average: working hours to the first answer
    :param answer_median: half of those answered waited no longer, in working hours
    """

    received: int
    inside_share: float | None
    windowed: int
    answer_average: float | None
    answer_median: float | None


class HelpdeskDashboard(models.AbstractModel):
    """The one way in which the dashboard and the digest compute: from the rows of the
    analysis, of which a reader has those whose figures he may see."""

    _inherit = "helpdesk.dashboard"

    @api.model
    def _select(self, domain, *columns):
        """The row of these aggregates over the inquiries of a domain: one query."""
        self.env.flush_all()
        query = self.env["helpdesk.inquiry.report"]._search(domain)
        return self.env.execute_query(query.select(*columns))[0]

    @api.model
    def _measure(self, domain):
        """:class:`Measures` of the inquiries of a domain."""
        return Measures(
            *self._select(
                domain,
                SQL("COUNT(*)"),
                SQL("AVG(inside_share)"),
                SQL("COUNT(inside_share)"),
                SQL("AVG(working_hours_to_answered)"),
                SQL(
                    "PERCENTILE_CONT(0.5)"
                    " WITHIN GROUP (ORDER BY working_hours_to_answered)"
                ),
            )
        )

    @api.model
    def _get_within(self, field, start, end=None):
        """The domain of what has that moment in the period."""
        domain = Domain(field, ">=", start)
        return domain & Domain(field, "<", end) if end else domain

    @api.model
    def _get_pending_domain(self, moment):
        """What was pending at a moment, also at one that has passed."""
        still = Domain("state", "=", PENDING) | Domain("worked_out_at", ">=", moment)
        return Domain("received_at", "<", moment) & still

    @api.model
    def _count_periods(self, domain, field, periods):
        """How many of the domain have that moment in each of the periods: one query."""
        within = Domain.OR(self._get_within(field, *period) for period in periods)
        column = SQL.identifier(field)
        return self._select(
            domain & within,
            *(
                SQL(
                    "COUNT(*) FILTER (WHERE %s >= %s AND %s < %s)",
                    column,
                    start,
                    column,
                    end,
                )
                for start, end in periods
            ),
        )
