# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model
    def _get_done_orders(self, moves):
        done = moves.filtered(lambda move: move.state == "done")
        return done._get_affinity_orders()

    @api.model_create_multi
    def create(self, vals_list):
        """A line that is added to a return that is done counts."""
        ids = {vals["move_id"] for vals in vals_list if vals.get("move_id")}
        orders = self._get_done_orders(self.env["stock.move"].browse(ids))
        with self.env["customer.affinity"]._follow(orders):
            return super().create(vals_list)

    def write(self, vals):
        """A quantity that is corrected after it was done counts as corrected."""
        if not {"quantity", "product_uom_id", "move_id"} & vals.keys():
            return super().write(vals)
        orders = self._get_done_orders(self.move_id)
        with self.env["customer.affinity"]._follow(orders):
            return super().write(vals)
