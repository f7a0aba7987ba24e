# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .request_state import PURCHASE_CANCELLED, PURCHASE_CONFIRMED


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    journal_allocation_ids = fields.One2many(
        "purchase.journal.allocation",
        "purchase_line_id",
        string="Requests",
        copy=False,
        groups="purchase.group_purchase_user",
        help="The requests of the purchase journal that this line serves, each "
        "with its own quantity.",
    )
    journal_requested_qty = fields.Float(
        string="Requested",
        digits="Product Unit",
        compute="_compute_journal_requested_qty",
        compute_sudo=True,
        help="How much of this line salespeople asked for, in the unit of the line. "
        "The rest was added by the buyer, for instance up to the vendor's minimum.",
    )

    journal_date_known = fields.Boolean(
        copy=False,
        help="The day of arrival was changed after the order was confirmed: it is what "
        "the vendor said, not what his price list promises.",
    )

    @api.depends("journal_allocation_ids.product_qty", "product_uom_id")
    def _compute_journal_requested_qty(self):
        for line in self:
            line.journal_requested_qty = line._sum_journal_requests()

    def _sum_journal_requests(self):
        """What is requested of the line, not rounded."""
        return sum(
            allocation._in_unit_of_line(self)
            for allocation in self.journal_allocation_ids
        )

    def write(self, vals):
        """A line for another product gives its requests back to the journal."""
        changed = self.browse()
        if "product_id" in vals:
            changed = self.filtered(
                lambda line: line.product_id.id != vals["product_id"]
            )
        self._note_known_dates(vals)
        res = super().write(vals)
        # sudo: purchase.journal.allocation: whoever may change the line undoes what
        # it served.
        changed.sudo().journal_allocation_ids.unlink()
        return res

    def _note_known_dates(self, vals):
        """A day that is changed after the confirmation is the vendor's word."""
        if "date_planned" in vals:
            moment = fields.Datetime.to_datetime(vals["date_planned"])
            self.filtered(
                lambda line: (
                    line.state == PURCHASE_CONFIRMED and line.date_planned != moment
                )
            ).journal_date_known = True

    def unlink(self):
        """A deleted line gives its requests back to the journal (rule 38)."""
        # sudo: purchase.journal.allocation: whoever may delete the line undoes
        # what it served.
        self.sudo().journal_allocation_ids.unlink()
        return super().unlink()

    def _get_journal_held_qty(self):
        """What of the line is for its requests: nothing of a cancelled order; of
        goods of a confirmed one, what came and what receipts still bring. A receipt
        that ends without the goods gives them back to the journal (rule 38)."""
        state = self.order_id.state
        if state == PURCHASE_CANCELLED:
            return 0.0
        by_moves = self.qty_received_method == "stock_moves"
        if state == PURCHASE_CONFIRMED and by_moves and self._get_po_line_moves():
            return min(self.product_qty, self.qty_received + self._get_incoming_qty())
        return self.product_qty

    def _get_incoming_qty(self):
        """What open receipts still bring, in the unit of the line."""
        _outgoing, incoming = self._get_outgoing_incoming_moves()
        return sum(
            move.product_uom._compute_quantity(
                move.product_uom_qty, self.product_uom_id, rounding_method="HALF-UP"
            )
            for move in incoming
            if move.state != "done"
        )

    def _merge_po_line(self, rfq_line):
        """Merged drafts keep their requests: nothing was cancelled for them."""
        res = super()._merge_po_line(rfq_line)
        # sudo: purchase.journal.allocation: it follows the lines that were merged.
        merged = rfq_line.sudo().journal_allocation_ids
        merged._add({(a.request_id, self): a.product_qty for a in merged})
        merged.unlink()
        return res

    def _prepare_journal_allocation_vals(self, request, quantity):
        return {
            "request_id": request.id,
            "purchase_line_id": self.id,
            "product_qty": quantity,
        }
