# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, models


class PurchaseOrderLine(models.Model):
    """Rule 37: lines of drafts take what the journal orders."""

    _inherit = "purchase.order.line"

    @api.model
    def _add_journal_portions(self, order, portions):
        """Put portions on lines of the draft ``order``, one for each product and unit;
        price, description, date and taxes of a line are Odoo's own."""
        demands = defaultdict(list)
        for portion in portions:
            demands[portion.line_key].append(portion)
        lines = {key: order.order_line._find_journal_candidate(*key) for key in demands}
        for key in [key for key, line in lines.items() if line]:
            lines[key]._grow_for_journal(demands[key])
        new = {key: demands[key] for key, line in lines.items() if not line}
        made = self._create_journal_lines(order, new)
        lines.update(zip(new, made, strict=True))
        self._note_portions(lines, demands)

    @api.model
    def _note_portions(self, lines, demands):
        quantities = defaultdict(float)
        for key, portions in demands.items():
            for portion in portions:
                quantities[portion.request, lines[key]] += portion.quantity
        self.env["purchase.journal.allocation"]._add(quantities)

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

    def _grow_for_journal(self, portions):
        """Make room for ``portions``. What the buyer added by himself stays; what was
        added up to the vendor's minimum is used first."""
        self.journal_allocation_ids._give_back()
        requested = self._sum_journal_requests()
        facts = self.order_id, self.product_id, self.product_uom_id
        added = self.product_qty - self._get_journal_qty(*facts, requested)
        requested += self._sum_portions(portions, self.product_uom_id)
        bought = self._get_journal_qty(*facts, requested)
        self.product_qty = max(added, 0.0) + bought

    @api.model
    def _create_journal_lines(self, order, demands):
        """Lines for the journal. Odoo fills in price and date for the vendor's
        minimum first, so they are computed again for the real quantity."""
        lines = self.create(
            [
                {
                    "order_id": order.id,
                    "product_id": product.id,
                    "product_qty": self._get_journal_qty(
                        order, product, uom, self._sum_portions(portions, uom)
                    ),
                    "product_uom_id": uom.id,
                    # A deleted purchase line must not cancel the customer's delivery.
                    "propagate_cancel": False,
                }
                for (product, uom), portions in demands.items()
            ]
        )
        lines._compute_price_unit_and_date_planned_and_name()
        return lines

    @api.model
    def _sum_portions(self, portions, uom):
        """What they come to, not rounded: the sum is, once."""
        return sum(portion.in_unit(uom) for portion in portions)

    @api.model
    def _get_journal_qty(self, order, product, uom, requested):
        """What is bought for what is requested: whole units of the line, and no less
        than the vendor sells."""
        minimum = self._get_vendor_minimum(order, product, uom)
        return max(uom.round(requested, "UP"), minimum)

    @api.model
    def _get_vendor_minimum(self, order, product, uom):
        """The least that the vendor of the order sells of a product; nothing if he
        has no list."""
        sellers = product.with_company(order.company_id)._get_filtered_sellers(
            partner_id=order.partner_id, quantity=None
        )
        return min(
            (
                seller.product_uom_id._compute_quantity(
                    seller.min_qty, uom, rounding_method="UP"
                )
                for seller in sellers
            ),
            default=0.0,
        )
