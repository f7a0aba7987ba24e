# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .purchase_journal_rule import CONFIRMED, LIKELY
from .request_state import CANCELLED, REFUSED


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """What a confirmed order lacks is asked for, also what is added to it later
        (rule 35)."""
        res = super()._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
        confirmed = self.filtered(lambda line: line.state == "sale")
        if confirmed and not self.env.context.get("skip_procurement"):
            self.env["purchase.journal.rule"]._ask_for_lines(CONFIRMED, confirmed)
        return res

    def _get_ruled_lines(self, kind):
        """Lines that rules may ask for: goods that Odoo does not replenish by itself,
        and that buyers did not refuse; a quotation is not asked for again after
        somebody took it back."""
        ended = {REFUSED, CANCELLED} if kind == LIKELY else {REFUSED}
        buyable = self.filtered(
            lambda line: (
                line.is_buyable
                and ended.isdisjoint(line._get_live_requests().mapped("desk_state"))
            )
        )
        replenished = self.env["purchase.journal.rule"]._find_replenished(
            buyable.product_id, buyable.warehouse_id
        )
        return buyable.filtered(
            lambda line: (line.product_id, line.warehouse_id) not in replenished
        )
