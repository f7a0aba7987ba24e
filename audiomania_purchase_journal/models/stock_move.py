# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models


class StockMove(models.Model):
    """The part of a customer's delivery that is bought for it waits for the receipt of
    that purchase; the rest of the delivery takes free stock as ever."""

    _inherit = "stock.move"

    journal_allocation_id = fields.Many2one(
        "purchase.journal.allocation",
        string="Bought by the Journal",
        index="btree_not_null",
        ondelete="set null",
        help="The request on a purchase line whose goods this part of the delivery "
        "waits for: what arrives by that purchase is reserved for it.",
    )

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [
            *super()._prepare_merge_moves_distinct_fields(),
            "journal_allocation_id",
        ]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        """A shorter order line may shorten the part that waits, too."""
        excluded = super()._prepare_merge_negative_moves_excluded_distinct_fields()
        return [*excluded, "journal_allocation_id"]

    def _action_cancel(self):
        """A cancelled receipt leaves the customer's delivery to wait for stock."""
        lines = self._get_waiting_sale_lines()
        res = super()._action_cancel()
        lines._link_purchase_moves()
        return res

    def _action_done(self, cancel_backorder=False):
        """What a receipt ends without, or sends back, is no longer waited for."""
        lines = self._get_waiting_sale_lines()
        res = super()._action_done(cancel_backorder=cancel_backorder)
        lines._link_purchase_moves()
        return res

    def _get_waiting_sale_lines(self):
        """The order lines of which some part waits for these moves, or waited."""
        # sudo: stock.move, purchase.order.line: who receives goods reads no orders.
        moves = self.sudo()
        parts = moves.move_dest_ids.filtered("journal_allocation_id")
        bought = moves.purchase_line_id.journal_allocation_ids
        return (parts.sale_line_id | bought.request_id.sale_line_id).filtered(
            lambda line: line.state == "sale"
        )

    def _in_product_unit(self, quantity):
        return self.product_uom._compute_quantity(
            quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _get_reserved_qty(self):
        """What is reserved of the moves, in the unit of the product."""
        return sum(move._in_product_unit(move.quantity) for move in self)

    def _get_unreserved_qty(self):
        return max(self.product_qty - self._get_reserved_qty(), 0.0)

    def _get_travelling_qty(self, receipts):
        """What has left the receipt and is on its way inside the warehouse."""
        inside = self.move_orig_ids - receipts
        return sum(
            inside.filtered(lambda m: m.state not in ("done", "cancel")).mapped(
                "product_qty"
            )
        )

    def _part_off(self, quantity, **vals):
        """Make a move of its own of ``quantity``, in the unit of the product."""
        self.ensure_one()
        if self.product_id.uom_id.compare(quantity, self.product_qty) >= 0:
            self.write(vals)
            return self
        part = self.create([{**split, **vals} for split in self._split(quantity)])
        part._action_confirm(merge=False)
        return part

    def _wait_for(self, allocation, receipts, quantity):
        """Have ``quantity`` of this move wait for ``receipts``."""
        self._part_off(
            quantity,
            journal_allocation_id=allocation.id,
            move_orig_ids=[Command.set(receipts.ids)],
        )

    def _wait_no_more(self, quantity=None):
        """Have ``quantity`` of this move (all of it) take free stock again."""
        free = self._part_off(
            self.product_qty if quantity is None else quantity,
            journal_allocation_id=False,
            move_orig_ids=[Command.clear()],
        )
        if free._should_assign_at_confirm():
            free._action_assign()

    def _may_wait(self):
        """Whether the move takes free stock so far, and nobody packs it already."""
        return not (self.journal_allocation_id or self.move_orig_ids or self.picked)
