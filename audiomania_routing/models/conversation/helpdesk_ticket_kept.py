# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError

from ...names import PENDING


class HelpdeskTicket(models.Model):
    """What a customer waits for is not deleted, as it is not closed (rule 16)."""

    _inherit = "helpdesk.ticket"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_pending(self):
        """Managers may delete what is worked out; administrators whatever must go."""
        if self.env.su or self.env.user._is_system():
            return
        for ticket in self.filtered(lambda one: one.inquiry_state == PENDING):
            raise UserError(
                self.env._(
                    "%(ticket)s cannot be deleted: a message of the customer is not "
                    "worked out yet. Answer it, or press 'No action required'.",
                    ticket=ticket.display_name,
                )
            )
