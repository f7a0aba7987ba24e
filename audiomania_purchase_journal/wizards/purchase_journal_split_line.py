# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..models.portion import Portion


class PurchaseJournalSplitLine(models.TransientModel):
    _name = "purchase.journal.split.line"
    _description = "Portion of a Vendor"

    split_id = fields.Many2one(
        "purchase.journal.split", required=True, ondelete="cascade"
    )
    vendor_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    product_qty = fields.Float(string="Quantity", digits="Product Unit")
    price = fields.Monetary(compute="_compute_seller")
    currency_id = fields.Many2one("res.currency", compute="_compute_seller")
    min_qty = fields.Float(
        string="Minimum", digits="Product Unit", compute="_compute_seller"
    )
    vendor_uom_id = fields.Many2one(
        "uom.uom", string="Vendor's Unit", compute="_compute_seller"
    )
    delay = fields.Integer(
        string="Lead Time",
        compute="_compute_seller",
        help="Days that the vendor needs.",
    )

    @api.depends("vendor_id", "product_qty", "split_id.request_id")
    def _compute_seller(self):
        for line in self:
            seller = line._select_seller()
            line.price = seller.price_discounted
            line.currency_id = seller.currency_id
            line.min_qty = seller.min_qty
            line.vendor_uom_id = seller.product_uom_id
            line.delay = seller.delay

    def _select_seller(self):
        """The line of this vendor's list for this quantity."""
        if not self.vendor_id:
            return self.env["product.supplierinfo"]
        request = self.split_id.request_id
        return request._select_seller(self.vendor_id, self.product_qty or None)

    def _get_portion(self):
        return Portion(
            self.split_id.request_id,
            self.vendor_id,
            self._select_seller(),
            self.product_qty,
        )
