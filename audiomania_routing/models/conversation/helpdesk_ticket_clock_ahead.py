# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.clock_ahead import get_sooner, set_right

from ...names import MOMENTS, PENDING, STEPS


class HelpdeskTicket(models.Model):
    """After a clock that was put back: what came in while it was ahead came in now,
    is hidden from nobody for longer than the policy says, and who took it then is
    reminded in time."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _tell_due(self, limit):
        self._set_right(limit)
        return super()._tell_due(limit)

    @api.model
    def _set_right(self, limit):
        pending = Domain("inquiry_state", "=", PENDING)
        set_right(self, "waiting_since", pending, limit, type(self)._come_sooner)
        taken = pending & Domain("user_id", "!=", False)
        set_right(self, "assigned_date", taken, limit, type(self)._take_sooner)

    def _come_sooner(self, by):
        """All that waits in it came in so much sooner; with it began the term of who
        had it by then."""
        names, now = set(MOMENTS), self.waiting_since - by
        values = {}
        if self.assigned_date and self.assigned_date <= self.waiting_since:
            names.update(STEPS.values())
            values["assigned_date"] = min(self.assigned_date, now)
        values.update(get_sooner(self, sorted(names), by))
        for inquiry in self._get_pending():
            inquiry.received_at -= by
        self._write_sooner(values)

    def _take_sooner(self, by):
        """Who took it took it so much sooner. A term that ends before he did is one
        that the right clock has set since."""
        taken_at = self.assigned_date
        terms = [
            name for name in STEPS.values() if self[name] and self[name] > taken_at
        ]
        self._write_sooner(get_sooner(self, ["assigned_date", *terms], by))

    def _write_sooner(self, values):
        """Write the moments that a clock that was ahead had set too late: hook."""
        self.with_context(**self._get_quiet_context()).write(values)
