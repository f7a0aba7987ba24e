# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class PurchaseOrderLine(models.Model):
    """Deliveries wait for the receipts of what is bought for them."""

    _inherit = "purchase.order.line"

    def _create_or_update_picking(self):
        res = super()._create_or_update_picking()
        self._link_journal_moves()
        return res

    def _link_journal_moves(self):
        """Let the deliveries for which this is bought wait for its receipts."""
        # sudo: purchase.journal.allocation: whoever confirms a purchase need not
        # read sales orders.
        requests = self.sudo().journal_allocation_ids.request_id
        requests.sale_line_id._link_purchase_moves()

    def _get_move_dests_initial_demand(self, move_dests):
        """Odoo takes all that is received for a delivery to be attached to it. Here a
        delivery waits for a part of a receipt, and what the receipt holds already
        must not be received again when the line changes."""
        demand = super()._get_move_dests_initial_demand(move_dests)
        # sudo: purchase.journal.allocation: as above.
        if self.sudo().journal_allocation_ids:
            return max(demand, self._get_qty_procurement())
        return demand
