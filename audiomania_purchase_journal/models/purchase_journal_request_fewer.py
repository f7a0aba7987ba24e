# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .request_state import CANCELLED, IN_WORK


class PurchaseJournalRequest(models.Model):
    """What sales no longer need is taken off requests, and off the purchase lines'
    notes of what is requested; the purchase itself is the buyer's to change."""

    _inherit = "purchase.journal.request"

    def _cut_to_order(self, quantity):
        """Take ``quantity`` (unit of the product) off what nobody ordered yet, request
        by request; return those that were cut."""
        return self._cut_by(quantity, lambda request: request.qty_to_order)

    def _cut_planned(self, quantity):
        """The same of what stands on purchase orders and has not come."""
        return self._cut_by(quantity, lambda r: r.qty_planned - r.qty_received)

    def _cut_by(self, quantity, get_most):
        cut = self.browse()
        for request in self:
            most = request._in_product_unit(get_most(request))
            share = min(quantity, most)
            if request.product_id.uom_id.compare(share, 0.0) > 0:
                request._cut(request._from_product_unit(share))
                quantity -= share
                cut |= request
        return cut

    def _cut(self, quantity):
        """Ask for ``quantity`` less, in the unit of the request."""
        left = self.product_uom_id.round(self.product_qty - quantity)
        if self.product_uom_id.compare(left, 0.0) <= 0:
            self._end(CANCELLED)
            return
        self.product_qty = left
        excess = sum(self.allocation_ids.mapped("product_qty")) - left
        for allocation in self.allocation_ids.sorted("id", reverse=True):
            share = min(excess, allocation.product_qty - allocation.qty_received)
            if self.product_uom_id.compare(share, 0.0) > 0:
                allocation._shorten(share)
                excess -= share

    def _note_shortened(self, reason):
        """The history says why."""
        for request in self:
            request.message_post(body=reason, subtype_xmlid="mail.mt_note")

    def _is_worked_on(self):
        return self.desk_state == IN_WORK or bool(self.qty_planned)
