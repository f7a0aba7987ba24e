# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models
from odoo.tools import formatLang

HOUR = timedelta(hours=1)


class HelpdeskDashboard(models.AbstractModel):
    """Figures in the reader's words."""

    _inherit = "helpdesk.dashboard"

    @api.model
    def _tell_time(self, duration):
        """As "2 d 3 h", "1 h 05 min" or "12 min"."""
        minutes = max(0, int(duration / timedelta(minutes=1)))
        hours, minutes = divmod(minutes, 60)
        days, rest = divmod(hours, 24)
        if days:
            return self.env._("%(days)s d %(hours)s h", days=days, hours=rest)
        if hours:
            return self.env._(
                "%(hours)s h %(minutes)s min", hours=hours, minutes=f"{minutes:02}"
            )
        return self.env._("%(minutes)s min", minutes=minutes)

    @api.model
    def _tell_hours(self, hours):
        """Working hours are no days: "26 h 30 min"."""
        if hours is None:
            return self._tell_nothing()
        whole, minutes = divmod(round(hours * 60), 60)
        if not whole:
            return self.env._("%(minutes)s min", minutes=minutes)
        return self.env._(
            "%(hours)s h %(minutes)s min", hours=whole, minutes=f"{minutes:02}"
        )

    @api.model
    def _tell_percent(self, share):
        if share is None:
            return self._tell_nothing()
        return self.env._("%(share)s %%", share=self._tell_number(share, digits=0))

    @api.model
    def _tell_number(self, number, digits=1):
        if number is None:
            return self._tell_nothing()
        return formatLang(self.env, number, digits=digits)

    @api.model
    def _tell_mark(self, mean, number):
        """The average is never shown without its number (rule 25)."""
        if not number:
            return self._tell_nothing()
        return self.env._(
            "%(mean)s (%(number)s)",
            mean=self._tell_number(mean, digits=2),
            number=number,
        )

    @api.model
    def _tell_nothing(self):
        return "–"
