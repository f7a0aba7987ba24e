# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .request_state import PURCHASE_CANCELLED, PURCHASE_CONFIRMED, pour


class PurchaseJournalAllocation(models.Model):
    """How much of a request stands on a purchase line.

    Two requests may share one line, and one request may stand on two lines:
    each pair keeps its own quantity.
    """

    _name = "purchase.journal.allocation"
    _description = "Requested Quantity on a Purchase Line"
    _order = "id"
    _rec_name = "request_id"

    request_id = fields.Many2one(
        "purchase.journal.request",
        required=True,
        index=True,
        ondelete="cascade",
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        required=True,
        index=True,
        ondelete="cascade",
    )
    purchase_order_id = fields.Many2one(related="purchase_line_id.order_id")
    product_qty = fields.Float(
        string="Quantity",
        digits="Product Unit",
        required=True,
        help="How much of this request was put on the purchase line, in the unit "
        "of the request.",
    )
    product_uom_id = fields.Many2one(related="request_id.product_uom_id")
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    qty_planned = fields.Float(
        string="Planned",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        help="What the purchase line still holds of it, unless its order is cancelled.",
    )
    qty_ordered = fields.Float(
        string="Ordered",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        help="The same, once the purchase order is confirmed.",
    )
    qty_received = fields.Float(
        string="Received",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        help="What has been received of it. A purchase line serves its requests in "
        "the order in which they were put on it.",
    )

    _request_line_uniq = models.UniqueIndex(
        "(request_id, purchase_line_id)",
        "A request stands on a purchase line once, with its whole quantity there.",
    )
    _product_qty_positive = models.Constraint(
        "CHECK(product_qty > 0)",
        "The quantity of a request on a purchase line must be positive.",
    )

    @api.depends(
        "product_qty",
        "product_uom_id",
        "purchase_line_id.product_qty",
        "purchase_line_id.product_uom_id",
        "purchase_line_id.qty_received",
        "purchase_line_id.order_id.state",
        "purchase_line_id.journal_allocation_ids.product_qty",
    )
    def _compute_quantities(self):
        for line, allocations in self.grouped("purchase_line_id").items():
            planned = allocations._pour_from(line, line.product_qty)
            received = allocations._pour_from(line, line.qty_received)
            state = line.order_id.state
            for allocation in allocations:
                held = planned[allocation] if state != PURCHASE_CANCELLED else 0.0
                allocation.qty_planned = held
                allocation.qty_ordered = held if state == PURCHASE_CONFIRMED else 0.0
                allocation.qty_received = received[allocation]

    def _pour_from(self, line, quantity):
        """What of ``quantity``, in the unit of the purchase line, goes to each
        allocation on it, in the unit of its request."""
        allocations = (line.journal_allocation_ids | self).sorted(
            lambda allocation: allocation._origin.id
        )
        poured = pour(quantity, [a._in_unit_of_line(line) for a in allocations])
        return {
            allocation: min(
                line.product_uom_id._compute_quantity(
                    share, allocation.product_uom_id, rounding_method="HALF-UP"
                ),
                allocation.product_qty,
            )
            for allocation, share in zip(allocations, poured, strict=True)
        }

    def _in_unit_of_line(self, line):
        return self.product_uom_id._compute_quantity(
            self.product_qty, line.product_uom_id, round=False
        )
