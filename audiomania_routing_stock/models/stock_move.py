# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_affinity_orders(self):
        """The orders of which something comes, or has come, back."""
        # sudo: stock.move, sale.order: whoever receives goods need not read orders
        moves = self.sudo().filtered("sale_line_id")
        if not moves:
            return self.env["sale.order"]
        lines = moves.sale_line_id.filtered(
            lambda line: "customer" in line.move_ids.location_id.mapped("usage")
        )
        return lines.order_id

    def _action_done(self, cancel_backorder=False):
        """Goods that have come back are taken back from the sums."""
        with self.env["customer.affinity"]._follow(self._get_affinity_orders()):
            return super()._action_done(cancel_backorder=cancel_backorder)

    def write(self, vals):
        """What is corrected after it was done counts as corrected."""
        if not {"quantity", "to_refund", "sale_line_id", "product_uom"} & vals.keys():
            return super().write(vals)
        done = self.filtered(lambda move: move.state == "done")
        orders = done._get_affinity_orders()
        if done and vals.get("sale_line_id"):
            # sudo: sale.order.line: to whose order it belongs from now on
            lines = self.env["sale.order.line"].sudo()
            orders |= lines.browse(vals["sale_line_id"]).order_id
        with self.env["customer.affinity"]._follow(orders):
            return super().write(vals)
