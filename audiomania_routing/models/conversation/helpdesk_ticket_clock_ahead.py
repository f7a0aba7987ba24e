# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.audiomania_alerts.locking import lock_due
from odoo.addons.audiomania_alerts.models.alert_delivery_repeat import AHEAD

from .helpdesk_inquiry import PENDING
from .helpdesk_ticket_answer import STEPS
from .helpdesk_ticket_clock import MOMENTS


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
        now = fields.Datetime.now()
        ahead = now + AHEAD
        domain = [("inquiry_state", "=", PENDING), ("waiting_since", ">", ahead)]
        found = self.search(domain, order="id", limit=limit)
        for ticket in lock_due(found, lambda one: one.waiting_since > ahead):
            ticket._bring_back(ticket.waiting_since - now)

    def _bring_back(self, by):
        """All that waits in it, and its moments, were so much sooner."""
        self.ensure_one()
        for inquiry in self._get_pending():
            inquiry.received_at -= by
        names = sorted({*MOMENTS, *STEPS.values()})
        moments = {name: self[name] - by for name in names if self[name]}
        self.with_context(**self._get_quiet_context()).write(moments)
