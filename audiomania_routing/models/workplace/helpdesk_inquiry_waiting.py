# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ...names import PENDING


class HelpdeskInquiry(models.Model):
    """What a new or an unanswered inquiry does to a conversation that waits."""

    _inherit = "helpdesk.inquiry"

    def _start_ladders(self):
        """His return to what was closed is counted (rule 16)."""
        pending = self.filtered(lambda inquiry: inquiry.state == PENDING)
        returned = pending.ticket_id.filtered(lambda one: not one._is_open())
        result = super()._start_ladders()
        for ticket in returned:
            ticket.reopened_count += 1
        return result

    def _set_pending(self):
        """It is not the customer's turn any more."""
        result = super()._set_pending()
        waiting = self.ticket_id.filtered("waiting_customer_since")
        waiting.waiting_customer_since = False
        return result
