# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _get_affinity_fields(self):
        """What of a line decides how much the order speaks for an audience."""
        return {
            "order_id",
            "product_id",
            "product_uom_qty",
            "product_uom_id",
            "price_unit",
            "discount",
            "tax_ids",
        }

    @api.model_create_multi
    def create(self, vals_list):
        """A line that joins a confirmed order counts from then on."""
        orders = self.env["sale.order"].browse(
            {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        )
        with self.env["customer.affinity"]._follow(orders):
            return super().create(vals_list)

    def write(self, vals):
        if not self._get_affinity_fields() & vals.keys():
            return super().write(vals)
        moved_to = self.order_id.browse(vals.get("order_id") or [])
        with self.env["customer.affinity"]._follow(self.order_id | moved_to):
            return super().write(vals)

    def unlink(self):
        with self.env["customer.affinity"]._follow(self.order_id):
            return super().unlink()
