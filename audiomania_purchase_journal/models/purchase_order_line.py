# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    journal_allocation_ids = fields.One2many(
        "purchase.journal.allocation",
        "purchase_line_id",
        string="Requests",
        copy=False,
        groups="purchase.group_purchase_user",
        help="The requests of the purchase journal that this line serves, each "
        "with its own quantity.",
    )
    journal_requested_qty = fields.Float(
        string="Requested",
        digits="Product Unit",
        compute="_compute_journal_requested_qty",
        compute_sudo=True,
        help="How much of this line salespeople asked for, in the unit of the line. "
        "The rest was added by the buyer, for instance up to the vendor's minimum.",
    )

    @api.depends("journal_allocation_ids.product_qty", "product_uom_id")
    def _compute_journal_requested_qty(self):
        for line in self:
            line.journal_requested_qty = sum(
                allocation._in_unit_of_line(line)
                for allocation in line.journal_allocation_ids
            )

    def unlink(self):
        """A deleted line gives its requests back to the journal (rule 38)."""
        # sudo: purchase.journal.allocation: whoever may delete the line undoes
        # what it served.
        self.sudo().journal_allocation_ids.unlink()
        return super().unlink()

    @api.model
    def _add_journal_requests(self, order, seller, requests):
        """Put what is still to order of ``requests``, all of one product, on one
        line of the draft ``order``; its price, description, date and taxes are
        Odoo's own."""
        uom = seller.product_uom_id or requests.product_id.uom_id
        quantities = {
            request: request.product_uom_id._compute_quantity(request.qty_to_order, uom)
            for request in requests
        }
        line = order.order_line._find_journal_candidate(requests.product_id, uom)
        if line:
            line.product_qty += sum(quantities.values())
        else:
            line = self._create_journal_line(
                order, requests.product_id, uom, sum(quantities.values())
            )
        for request in requests:
            line._allocate(request, request.qty_to_order)
        return line

    def _allocate(self, request, quantity):
        """Note how much of the line is for ``request``, in the unit of the request."""
        allocation = request.allocation_ids.filtered(
            lambda allocation: allocation.purchase_line_id == self
        )
        if allocation:
            allocation.product_qty += quantity
        else:
            self.env["purchase.journal.allocation"].create(
                self._prepare_journal_allocation_vals(request, quantity)
            )

    def _merge_po_line(self, rfq_line):
        """Merged drafts keep their requests: nothing was cancelled for them."""
        res = super()._merge_po_line(rfq_line)
        # sudo: purchase.journal.allocation: it follows the lines that were merged.
        for allocation in rfq_line.sudo().journal_allocation_ids:
            self._allocate(allocation.request_id, allocation.product_qty)
            allocation.unlink()
        return res

    def _find_journal_candidate(self, product, uom):
        """The line that more of ``product`` can be added to: one that the journal
        may have made, so neither replenishment's nor tied to a delivery."""
        return self.filtered(
            lambda line: (
                line.product_id == product
                and line.product_uom_id == uom
                and not line.propagate_cancel
                and not line.orderpoint_id
                and not line.move_dest_ids
            )
        )[:1]

    @api.model
    def _create_journal_line(self, order, product, uom, quantity):
        """A line for the journal. Odoo fills in price and date for the vendor's
        minimum first, so they are computed again for the real quantity."""
        line = self.create(
            {
                "order_id": order.id,
                "product_id": product.id,
                "product_qty": quantity,
                "product_uom_id": uom.id,
                # A deleted purchase line must not cancel the customer's delivery.
                "propagate_cancel": False,
            }
        )
        line._compute_price_unit_and_date_planned_and_name()
        return line

    def _prepare_journal_allocation_vals(self, request, quantity):
        return {
            "request_id": request.id,
            "purchase_line_id": self.id,
            "product_qty": quantity,
        }
