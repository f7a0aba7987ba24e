# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, models

OVER = ("done", "cancel")


class SaleOrderLine(models.Model):
    """Goods that arrive for an order are reserved for that order's delivery, by Odoo's
    own moves: what stock covers is one part of the delivery, what was bought is
    another, which waits for the receipt."""

    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, **kwargs):
        res = super()._action_launch_stock_rule(**kwargs)
        self._link_purchase_moves()
        return res

    def _link_purchase_moves(self):
        """Let the delivery wait for what is bought for it, and for no more than that.

        Idempotent: it is called whenever the delivery, the purchase or the receipt
        changed, in whatever order.
        """
        # sudo: stock.move, purchase.order.line: who confirms an order, a purchase or
        # a receipt need not be allowed to read the others.
        for line in self.sudo().filtered(lambda line: line.state == "sale"):
            allocations = line._get_live_requests().allocation_ids.sorted("id")
            for allocation in allocations:
                line._release_parts(allocation)
            for allocation in allocations:
                line._add_parts(allocation)

    def _get_first_moves(self):
        """The open moves by which the goods leave the stock for this line."""
        return self.move_ids.filtered(
            lambda move: (
                move.state not in (*OVER, "draft")
                and move.product_id == self.product_id
                and not move.origin_returned_move_id
                and move.location_id._child_of(self.warehouse_id.lot_stock_id)
            )
        )

    def _get_parts(self, allocation):
        return self._get_first_moves().filtered(
            lambda move: move.journal_allocation_id == allocation
        )

    def _get_surplus_of_parts(self, allocation):
        """By how much the parts wait for more than comes for them (if positive), or
        for less; in the unit of the product."""
        parts, receipts = self._get_parts(allocation), allocation._get_receipts()
        coming = allocation._get_outstanding(receipts)
        coming += parts._get_travelling_qty(receipts) + parts._get_reserved_qty()
        return sum(parts.mapped("product_qty")) - coming

    def _release_parts(self, allocation):
        """What does not come by this purchase takes free stock."""
        surplus = self._get_surplus_of_parts(allocation)
        compare = self.product_id.uom_id.compare
        for part in self._get_parts(allocation).sorted("id", reverse=True):
            quantity = min(surplus, part._get_unreserved_qty())
            if compare(quantity, 0.0) > 0:
                part._wait_no_more(quantity)
                surplus -= quantity

    def _add_parts(self, allocation):
        """What comes by this purchase is waited for; what stock covers is not."""
        receipts = allocation._get_receipts()
        if not receipts:
            return
        receipts.filtered("propagate_cancel").propagate_cancel = False
        for part in self._get_parts(allocation):
            if receipts - part.move_orig_ids and part._get_unreserved_qty():
                part.move_orig_ids = [Command.link(id_) for id_ in receipts.ids]
        missing = -self._get_surplus_of_parts(allocation)
        compare = self.product_id.uom_id.compare
        for move in self._get_first_moves().sorted("id"):
            quantity = min(missing, move._get_unreserved_qty())
            if move._may_wait() and compare(quantity, 0.0) > 0:
                move._wait_for(allocation, receipts, quantity)
                missing -= quantity
