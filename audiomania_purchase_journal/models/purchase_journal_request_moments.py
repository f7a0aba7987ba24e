# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class PurchaseJournalRequest(models.Model):
    """When a request got where it is and by whom, for the reports."""

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

    bought_from_id = fields.Many2one(
        "res.partner",
        compute="_compute_bought_from_id",
        store=True,
        groups="purchase.group_purchase_user",
        help="The vendor of the purchase order on which it stands; of several the "
        "last.",
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

    @api.depends("allocation_ids.purchase_line_id.order_id.partner_id")
    def _compute_bought_from_id(self):
        for request in self:
            last = request.allocation_ids.sorted("id")[-1:]
            request.bought_from_id = last.purchase_line_id.order_id.partner_id

    def _has_all_of(self, quantity):
        return self.product_uom_id.compare(quantity, self.product_qty) >= 0
