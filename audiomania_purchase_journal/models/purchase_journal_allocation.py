# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .request_state import PURCHASE_CONFIRMED, pour


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
        help="What the purchase line still holds of it: nothing when its order is "
        "cancelled, and no more than receipts brought or still bring.",
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
        "purchase_line_id.move_ids.state",
        "purchase_line_id.move_ids.product_uom_qty",
        "purchase_line_id.journal_allocation_ids.product_qty",
    )
    def _compute_quantities(self):
        for line, allocations in self.grouped("purchase_line_id").items():
            planned = allocations._pour_from(line, line._get_journal_held_qty())
            received = allocations._pour_from(line, line.qty_received)
            confirmed = line.order_id.state == PURCHASE_CONFIRMED
            for allocation in allocations:
                held = planned[allocation]
                allocation.qty_planned = held
                allocation.qty_ordered = held if confirmed else 0.0
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

    @api.model
    def _add(self, quantities):
        """Note how much of each purchase line is for each request.

        :param dict quantities: ``{(request, line): quantity}`` in the unit of the
            request, on top of what is noted already
        """
        lines = self.env["purchase.order.line"].union(
            *(line for _r, line in quantities)
        )
        known = {
            (allocation.request_id, allocation.purchase_line_id): allocation
            for allocation in lines.journal_allocation_ids
        }
        for pair in quantities.keys() & known.keys():
            known[pair].product_qty += quantities[pair]
        return self.create(
            [
                line._prepare_journal_allocation_vals(request, quantity)
                for (request, line), quantity in quantities.items()
                if (request, line) not in known
            ]
        )

    def _give_back(self):
        """What a shortened line no longer holds is in the journal again: it is no
        longer noted on the line."""
        for allocation in self:
            uom = allocation.product_uom_id
            if uom.compare(allocation.qty_planned, 0.0) <= 0:
                allocation.unlink()
            elif uom.compare(allocation.qty_planned, allocation.product_qty) < 0:
                allocation.product_qty = allocation.qty_planned

    def write(self, vals):
        """The delivery waits for what is noted here, and for no more."""
        res = super().write(vals)
        if "product_qty" in vals:
            self.request_id.sale_line_id._link_purchase_moves()
        return res

    def unlink(self):
        """What is no longer bought for a delivery, the delivery takes from stock."""
        # sudo: stock.move: who changes a purchase need not read deliveries.
        parts = self.env["stock.move"].sudo()
        parts = parts.search([("journal_allocation_id", "in", self.ids)])
        for part in parts.filtered(lambda move: move.state not in ("done", "cancel")):
            part._wait_no_more()
        return super().unlink()

    def _shorten(self, quantity):
        """Less of the request stands on the line; nothing, and the note goes."""
        left = self.product_uom_id.round(self.product_qty - quantity)
        if self.product_uom_id.compare(left, 0.0) <= 0:
            self.unlink()
        else:
            self.product_qty = left

    def _get_receipts(self):
        """The open receipts that bring it to the warehouse of the request."""
        line, warehouse = self.purchase_line_id, self.request_id.warehouse_id
        _outgoing, incoming = line._get_outgoing_incoming_moves()
        return incoming.filtered(
            lambda move: (
                move.state not in ("done", "cancel", "draft")
                and move.location_dest_id.warehouse_id == warehouse
            )
        )

    def _get_outstanding(self, receipts):
        """What ``receipts`` still bring of it, in the unit of the product."""
        if not receipts:
            return 0.0
        return self.request_id._in_product_unit(
            max(self.qty_ordered - self.qty_received, 0.0)
        )

    def _in_unit_of_line(self, line):
        return self.product_uom_id._compute_quantity(
            self.product_qty, line.product_uom_id, round=False
        )
