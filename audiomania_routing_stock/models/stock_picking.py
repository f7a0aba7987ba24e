# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class StockPicking(models.Model):
    """Deliveries to customers, and what they send back."""

    _name = "stock.picking"
    _inherit = ["customer.document.mixin", "stock.picking"]

    def _is_customer_document(self):
        """Receipts and returns to vendors, and moves inside, are nobody's to ask about.

        Nor is a drop shipment: its letters are those of the vendor.
        """
        usages = {self.location_id.usage, self.location_dest_id.usage}
        return (
            super()._is_customer_document()
            and "customer" in usages
            and self.picking_type_code in ("incoming", "outgoing")
        )

    def _get_document_salesperson(self):
        """Whoever sold it, not who packs it."""
        return self.sale_id.user_id
