# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from ....names import ANSWERED
from ...queue.helpdesk_ticket_attention import SOON
from .helpdesk_dashboard import OWN

WEEKS = 8
MUCH = 1.5
"""So many times the usual number is marked."""


class HelpdeskDashboard(models.AbstractModel):
    """Today against what is usual at this time of this day of the week."""

    _inherit = "helpdesk.dashboard"

    @api.model
    @api.readonly
    def get_today(self, scope=None):
        """What came in and what was worked out since midnight, and what is usual; of
        an employee's own, also what he answered today and in these seven days."""
        view = self._get_scope_view(scope)
        domain = self._get_figures_domain(view)
        weeks = self._count_weeks(view, domain)
        figures = [
            self._make_today_figure(view, domain, weeks, *one)
            for one in self._list_today(view)
        ]
        if view.scope == OWN:
            figures.append(self._make_week_figure(view, domain))
        return {
            "figures": figures,
            "columns": [],
            "rows": [],
            "note": self._tell_usual(weeks),
        }

    @api.model
    def _list_today(self, view):
        """(key, label, its moment, domain): an employee's own are what he did."""
        _ = self.env._
        mine = Domain("worked_out_by_id", "=", self.env.uid)
        answered = Domain("state", "=", ANSWERED)
        if view.scope == OWN:
            return [
                ("answered", _("Answered today"), "worked_out_at", mine & answered),
                ("worked_out", _("Worked out today"), "worked_out_at", mine),
            ]
        return [
            ("received", _("Came in today"), "received_at", Domain.TRUE),
            ("answered", _("Answered today"), "worked_out_at", answered),
            ("worked_out", _("Worked out today"), "worked_out_at", Domain.TRUE),
        ]

    @api.model
    def _count_weeks(self, view, domain):
        """How many of the last weeks there is something to compare with: a shop that
        began three weeks ago has three."""
        begins = [view.until_now(7 * week)[0] for week in range(1, WEEKS + 2)]
        first = self.env["helpdesk.inquiry.report"].search_fetch(
            domain & self._get_within("received_at", begins.pop()),
            ["received_at"],
            order="received_at, id",
            limit=1,
        )
        return sum(begin >= first.received_at for begin in begins) if first else 0

    @api.model
    def _make_today_figure(self, view, domain, weeks, key, label, moment, narrower):
        domain &= narrower
        periods = [view.until_now(7 * week) for week in range(weeks + 1)]
        number, *former = self._count_periods(domain, moment, periods)
        usual = sum(former) / weeks if weeks else None
        much = usual and moment == "received_at" and number > MUCH * usual
        return self._make_figure(
            key,
            label,
            str(number),
            self._get_today_formula(),
            note=self._tell_usual_number(usual),
            level=much and SOON,
            action=self._open_analysis(
                label, domain & self._get_within(moment, *periods[0])
            ),
        )

    @api.model
    def _tell_usual_number(self, usual):
        """Nothing while there is no earlier week."""
        if usual is None:
            return False
        if not usual:
            return self.env._("usual: none")
        return self.env._("usual: %(number)s", number=self._tell_number(usual))

    @api.model
    def _get_today_formula(self):
        return self.env._(
            "Since midnight by the clock of the office. Usual: the same day of the"
            " week until the same time of the day, added up over the last %(weeks)s"
            " weeks and divided by their number; weeks before the first inquiry are"
            " left out, public holidays are not.",
            weeks=WEEKS,
        )

    @api.model
    def _make_week_figure(self, view, domain):
        domain &= Domain("worked_out_by_id", "=", self.env.uid)
        domain &= Domain("state", "=", ANSWERED)
        domain &= self._get_within("worked_out_at", view.since(7), view.now)
        return self._make_figure(
            "week",
            self.env._("Answered in 7 days"),
            str(self.env["helpdesk.inquiry.report"].search_count(domain)),
            self.env._("Inquiries that you answered since midnight six days ago."),
            action=self._open_analysis(self.env._("Answered in 7 days"), domain),
        )

    @api.model
    def _tell_usual(self, weeks):
        if not weeks:
            return self.env._("There is no earlier week to compare with yet.")
        return self.env._(
            "Usual: the mean of the same day in the last %(weeks)s weeks, until this"
            " time.",
            weeks=weeks,
        )
