# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from ...policy.rating_rating import ALL as EVERYWHERE
from ...queue.helpdesk_ticket_attention import CALM, LATE, SOON
from ..followup.res_users_marks import MARKS
from .helpdesk_dashboard import ALL, OWN
from .helpdesk_dashboard_waiting import ROWS

DAYS = 28
BEST = 5
KINDS = {"quality": "rating", "speed": "speed"}
"""{mark: its column}"""

IN_FIGURES = MARKS & Domain("counts", "in", [EVERYWHERE, False])
"""What customers gave for an answer or after a delivered order, and was not voided."""


class HelpdeskDashboard(models.AbstractModel):
    """What customers gave in four weeks, never without its number (rule 25)."""

    _inherit = "helpdesk.dashboard"

    @api.model
    @api.readonly
    def get_marks(self, scope=None):
        """Both marks of all, and by employee with the usual marks added: the value
        with which routing weighs him; who needs attention first comes first."""
        view = self._get_scope_view(scope)
        if view.scope == OWN and not self._may_see_own_marks():
            return self._make_no_marks()
        found = {kind: self._get_marks(view, kind) for kind in KINDS}
        users = sorted(
            found["quality"], key=lambda key: (found["quality"][key].average, key)
        )
        names = self.env["routing.facts"]._get_employee_names(users[:ROWS])
        _ = self.env._
        return {
            "figures": self._list_mark_figures(view, found),
            "columns": [_("Employee"), _("Quality"), _("Speed")] if users else [],
            "rows": [
                self._make_mark_row(view, key, names[key], found)
                for key in users[:ROWS]
            ],
            "note": "" if users else _("No marks in the last four weeks."),
        }

    @api.model
    def _make_no_marks(self):
        note = self.env._("The policy does not show employees their own marks.")
        return {"figures": [], "columns": [], "rows": [], "note": note}

    @api.model
    def _may_see_own_marks(self):
        user = self.env.user
        if user._is_routing_manager():
            return True
        return self.env["routing.facts"]._shows_own_marks(user)

    @api.model
    def _get_marks(self, view, kind):
        """{user id: his average}, of employees whose marks the reader may know."""
        return self.env["rating.rating"]._get_averages(
            "user",
            domain=self._get_marks_domain(view),
            start=view.since(DAYS),
            end=view.now,
            of=kind,
        )

    @api.model
    def _get_marks_domain(self, view):
        """On ratings: whom they rate."""
        user = self.env.user
        if view.scope == OWN:
            return Domain("rated_partner_id", "=", user.partner_id.id)
        if view.scope != ALL:
            return Domain("rated_partner_id", "in", user._get_readable_mark_partners())
        # sudo: res.users: who works in the companies that are switched on
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users.search(
            [("company_id", "in", self.env.companies.ids), ("share", "=", False)]
        )
        return Domain("rated_partner_id", "in", found.partner_id.ids)

    @api.model
    def _list_mark_figures(self, view, found):
        labels = {"quality": self.env._("Quality"), "speed": self.env._("Speed")}
        return [
            self._make_mark_figure(view, kind, labels[kind], list(found[kind].values()))
            for kind in KINDS
        ]

    @api.model
    def _make_mark_figure(self, view, kind, label, averages):
        mean, number = self._sum_marks(averages)
        return self._make_figure(
            kind,
            label,
            self._tell_mark(mean, number),
            self._get_marks_formula(),
            level=self._get_mark_level(mean),
            action=self._open_marks(
                label,
                self._get_marks_domain(view) & Domain(KINDS[kind], ">=", 1),
                view,
            ),
        )

    @api.model
    def _sum_marks(self, averages):
        """(plain mean, number) of several employees; (None, 0): of no mark."""
        number = sum(one.number for one in averages)
        total = sum(one.mean * one.number for one in averages)
        return (total / number, number) if number else (None, 0)

    @api.model
    def _get_bad_mark(self):
        """At or under it a mark is bad: the policy of the company."""
        return self.env["routing.policy"]._get_rules(self.env.company).engine.bad_mark

    @api.model
    def _count_bad_marks(self, domain, start, end):
        """Answers with a bad mark, for the quality or for the speed, that counts."""
        bad = self._get_bad_mark()
        given = Domain.OR(
            Domain(name, ">=", 1) & Domain(name, "<=", bad) for name in KINDS.values()
        )
        given &= IN_FIGURES & self._get_within("rated_on", start, end)
        # sudo: rating.rating: a number, of those whom the domain names
        return self.env["rating.rating"].sudo().search_count(domain & given)

    @api.model
    def _get_marks_formula(self):
        return self.env._(
            "The sum of the marks from 1 to 5 that customers gave in four weeks,"
            " divided by their number, which stands in brackets. By employee so many"
            " usual marks are added first as the policy says. What was given by"
            " accident or was not justified is left out."
        )

    @api.model
    def _make_mark_row(self, view, user_id, name, found):
        cells = [
            self._make_cell(
                self._tell_mark(one.average, one.number) if one else "–",
                title=one
                and self.env._(
                    "Without the usual marks: %(mean)s",
                    mean=self._tell_number(one.mean, digits=2),
                ),
            )
            for one in (found[kind].get(user_id) for kind in KINDS)
        ]
        # sudo: res.users: whom the rating rates
        partner = self.env["res.users"].sudo().browse(user_id).partner_id
        action = self._open_marks(
            name, Domain("rated_partner_id", "=", partner.id), view
        )
        level = self._get_mark_level(found["quality"][user_id].average)
        return self._make_row(
            str(user_id), level, self._make_cell(name, action), *cells
        )

    @api.model
    def _get_mark_level(self, mean):
        """Red where it is what the policy calls bad, yellow up to half way to 5."""
        if mean is None:
            return None
        bad = self._get_bad_mark()
        if mean <= bad:
            return LATE
        return SOON if mean <= (bad + BEST) / 2 else CALM

    @api.model
    def _open_marks(self, name, domain, view):
        """The marks that are counted, of those that the reader may see."""
        given = IN_FIGURES & Domain("rated_on", ">=", view.since(DAYS))
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "rating.rating",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": list(domain & given),
            "context": {"create": False},
            "target": "current",
        }
