# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .routing_trial_mixin import is_tried


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _prepare_ticket_number(self, values):
        """A conversation that is only tried leaves no gap in the numbers."""
        if is_tried(self.env):
            return "/"
        return super()._prepare_ticket_number(values)
