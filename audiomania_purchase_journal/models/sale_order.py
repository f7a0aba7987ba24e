# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_buy(self):
        """Ask buyers for everything on the order that is short (rule 34)."""
        if self.state == "cancel":
            raise UserError(self._get_cancelled_reason())
        lines = self.order_line
        short = lines._get_purchase_short()
        untold = lines._get_asked_without_a_word()
        asked = untold | lines.filtered(lambda line: short.get(line, 0.0) > 0.0)
        if not asked:
            return lines._notify_nothing_to_ask()
        return asked._open_ask_dialog()

    def _get_cancelled_reason(self):
        return self.env._(
            "%(order)s is cancelled: nothing is bought for it.", order=self.name
        )

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
        # sudo: purchase.journal.request: the history outlives the order. The
        # database would take the order and its lines away one after the other, and
        # refuse the moment between.
        requests = self.order_line.sudo().purchase_request_ids
        requests.write({"order_id": False, "sale_line_id": False})
        return super().unlink()
