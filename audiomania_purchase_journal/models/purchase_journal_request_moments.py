# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class PurchaseJournalRequest(models.Model):
    """When a request got where it is, for the reports."""

    _inherit = "purchase.journal.request"

    ordered_at = fields.Datetime(
        compute="_compute_moments",
        store=True,
        help="When the last of it came on a confirmed purchase order. Empty while "
        "some of it does not stand on one.",
    )
    received_at = fields.Datetime(
        compute="_compute_moments",
        store=True,
        help="When the last of it was received. Empty while some of it is missing.",
    )

    @api.depends("product_qty", "qty_ordered", "qty_received", "desk_state")
    def _compute_moments(self):
        """A moment stays as long as what it tells of does."""
        now = fields.Datetime.now()
        for request in self:
            has = request._has_all_of
            ordered = has(request.qty_ordered) or has(request.qty_received)
            received = has(request.qty_received)
            request.ordered_at = ordered and (request.ordered_at or now)
            request.received_at = received and (request.received_at or now)

    def _has_all_of(self, quantity):
        return self.product_uom_id.compare(quantity, self.product_qty) >= 0
