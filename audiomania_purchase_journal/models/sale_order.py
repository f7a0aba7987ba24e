# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_buy(self):
        """Ask buyers for everything on the order that is short (rule 34)."""
        lines = self.order_line
        short = lines._get_purchase_short()
        asked = lines.filtered(lambda line: short.get(line, 0.0) > 0.0)
        if not asked:
            return lines._notify_nothing_to_ask()
        return asked._open_ask_dialog()

    def _action_cancel(self):
        res = super()._action_cancel()
        self.order_line._drop_purchase_requests(
            self.env._("The sales order was cancelled.")
        )
        return res

    def unlink(self):
        self.order_line._drop_purchase_requests(
            self.env._("The sales order was deleted.")
        )
        return super().unlink()
