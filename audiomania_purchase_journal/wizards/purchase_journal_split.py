# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class PurchaseJournalSplit(models.TransientModel):
    """The dialog that buys one request in portions of several vendors. The request
    stays one: it is done when all its portions are."""

    _name = "purchase.journal.split"
    _description = "Split a Request over Vendors"

    request_id = fields.Many2one("purchase.journal.request", required=True)
    product_id = fields.Many2one(related="request_id.product_id", related_sudo=False)
    product_uom_id = fields.Many2one(
        related="request_id.product_uom_id", related_sudo=False
    )
    qty_to_order = fields.Float(related="request_id.qty_to_order", related_sudo=False)
    line_ids = fields.One2many(
        "purchase.journal.split.line",
        "split_id",
        string="Vendors",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    qty_left = fields.Float(
        string="Left",
        digits="Product Unit",
        compute="_compute_qty_left",
        help="What stays in the journal.",
    )

    @api.depends("request_id")
    def _compute_line_ids(self):
        for split in self:
            request = split.request_id
            vendors = request._get_vendors() if request else ()
            split.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "vendor_id": vendor.id,
                        "product_qty": 0.0 if index else request.qty_to_order,
                    }
                )
                for index, vendor in enumerate(vendors)
            ]

    @api.depends("line_ids.product_qty", "request_id")
    def _compute_qty_left(self):
        for split in self:
            total = sum(split.line_ids.mapped("product_qty"))
            split.qty_left = split.request_id.qty_to_order - total

    def action_order(self):
        """Put each portion on a draft purchase order of its vendor."""
        self.ensure_one()
        request = self.request_id
        request._check_buyer()
        request._lock_to_work()
        request._check_to_order()
        self._check_portions()
        lines = self.line_ids.filtered(lambda line: line.product_qty > 0.0)
        orders = request._put_on_drafts([line._get_portion() for line in lines])
        return request._open_purchase_orders(orders)

    def _check_portions(self):
        request, uom = self.request_id, self.product_uom_id
        quantities = self.line_ids.mapped("product_qty")
        if min(quantities, default=0.0) < 0.0 or uom.is_zero(sum(quantities)):
            raise UserError(self.env._("Enter how much each vendor is to bring."))
        vendors = self.line_ids.vendor_id
        if len(vendors) < len(self.line_ids):
            raise UserError(self.env._("Enter each vendor once."))
        if uom.compare(sum(quantities), request.qty_to_order) > 0:
            raise UserError(
                self.env._(
                    "%(quantity)s %(unit)s are still to order, not more.",
                    quantity=f"{request.qty_to_order:g}",
                    unit=uom.name,
                )
            )
