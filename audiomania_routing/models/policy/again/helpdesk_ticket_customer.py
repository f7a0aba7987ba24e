# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ....names import PENDING
from .causes import Cause


class HelpdeskTicket(models.Model):
    """The customer of a conversation is set or changed while it waits."""

    _inherit = "helpdesk.ticket"

    def write(self, vals):
        if "partner_id" not in vals:
            return super().write(vals)
        # sudo: helpdesk.ticket: whether something waits, whoever sets the customer
        pending = self.sudo().filtered(lambda one: one.inquiry_state == PENDING)
        before = {ticket: ticket.partner_id for ticket in pending}
        result = super().write(vals)
        for ticket, customer in before.items():
            if ticket.partner_id != customer:
                ticket._follow_customer(customer)
        return result

    def _follow_customer(self, before):
        """What waits here was written by him, unless it was by somebody else."""
        inquiries = self._get_pending()
        mine = inquiries.filtered(
            lambda one: not one.partner_id or one.partner_id == before
        )
        mine.write({"partner_id": self.partner_id.id})
        self.env["routing.again"]._note(Cause.CUSTOMER, tickets=self.ids)
