# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from ...queue.helpdesk_ticket_attention import CALM, LATE, SOON
from .helpdesk_dashboard import OWN

GREEN, YELLOW = 90, 75
"""From so many percent on a share is good, or nearly."""


class HelpdeskDashboard(models.AbstractModel):
    """The share answered inside the exclusive window, and how long answers take."""

    _inherit = "helpdesk.dashboard"

    @api.model
    @api.readonly
    def get_window(self, scope=None):
        """Of what came in today, in 7 days, in 4 weeks."""
        view = self._get_scope_view(scope)
        _ = self.env._
        periods = [
            ("today", _("Today"), view.since(1)),
            ("week", _("7 days"), view.since(7)),
            ("month", _("4 weeks"), view.since(28)),
        ]
        made = [self._make_window(view, *period) for period in periods]
        return {
            "figures": [figure for figure, _row in made],
            "columns": [_("Came in"), _("Inquiries"), _("Median"), _("Average")],
            "rows": [row for _figure, row in made],
            "note": _("Working hours to the first answer, of what was answered."),
        }

    @api.model
    def _make_window(self, view, key, label, start):
        """The figure and the row of one period: one query."""
        domain = self._get_figures_domain(view)
        if view.scope == OWN:
            # What a colleague answered is not his, though he took or finished it.
            domain &= Domain("first_answered_by_id", "=", self.env.uid)
        domain &= self._get_within("received_at", start, view.now)
        measures = self._measure(domain)
        action = self._open_analysis(label, domain)
        figure = self._make_figure(
            key,
            label,
            self._tell_percent(measures.inside_share),
            self._get_window_formula(),
            note=self.env._("of %(number)s", number=measures.windowed),
            level=_get_level(measures.inside_share),
            action=action,
        )
        row = self._make_row(
            key,
            False,
            self._make_cell(label, action),
            self._make_cell(str(measures.received)),
            self._make_cell(self._tell_hours(measures.answer_median)),
            self._make_cell(self._tell_hours(measures.answer_average)),
        )
        return figure, row

    @api.model
    def _get_window_formula(self):
        return self.env._(
            "Answered within the exclusive window, as a percentage of all that came in"
            " in the period, were answered and had a window. Green from %(green)s %%,"
            " yellow from %(yellow)s %%.",
            green=GREEN,
            yellow=YELLOW,
        )


def _get_level(share):
    if share is None:
        return None
    if share >= GREEN:
        return CALM
    return SOON if share >= YELLOW else LATE
