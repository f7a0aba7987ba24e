# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class PurchaseJournalOffering(models.TransientModel):
    """The dialog in which a buyer offers another product (rules 37 and 41)."""

    _name = "purchase.journal.offering"
    _description = "Offer Another Product"

    request_id = fields.Many2one(
        "purchase.journal.request", required=True, ondelete="cascade"
    )
    asked_product_id = fields.Many2one(
        related="request_id.product_id", related_sudo=False, string="Asked"
    )
    company_id = fields.Many2one(related="request_id.company_id", related_sudo=False)
    qty_to_order = fields.Float(
        related="request_id.qty_to_order",
        related_sudo=False,
        string="Asked Quantity",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Offer",
        required=True,
        domain="[('sale_ok', '=', True), ('type', '=', 'consu'), "
        "('id', '!=', asked_product_id), "
        "('company_id', 'in', [company_id, False])]",
    )
    product_qty = fields.Float(
        string="Quantity",
        digits="Product Unit",
        compute="_compute_product_qty",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Less than was asked for: the rest goes on waiting for what was asked.",
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    qty_free = fields.Float(
        string="In Stock",
        digits="Product Unit",
        compute="_compute_qty_free",
        help="Free stock of the warehouse, in this unit.",
    )
    from_stock = fields.Boolean(
        compute="_compute_from_stock",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="It is here: if the salesperson accepts, nothing has to be bought.",
    )
    date_expected = fields.Date(
        string="On",
        compute="_compute_date_expected",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="The day on which it can be here.",
    )
    note = fields.Text(help="A word to the salesperson.")

    @api.depends("request_id")
    def _compute_product_qty(self):
        for offering in self:
            offering.product_qty = offering.qty_to_order

    @api.depends("request_id", "product_id")
    def _compute_product_uom_id(self):
        for offering in self:
            unit, own = offering.request_id.product_uom_id, offering.product_id.uom_id
            same = not own or not unit or unit._has_common_reference(own)
            offering.product_uom_id = unit if same else own

    @api.depends("product_id", "product_uom_id", "request_id")
    def _compute_qty_free(self):
        for offering in self:
            warehouse = offering.request_id.warehouse_id
            product = offering.product_id.with_context(warehouse_id=warehouse.id)
            offering.qty_free = product.uom_id._compute_quantity(
                product.free_qty, offering.product_uom_id, rounding_method="DOWN"
            )

    @api.depends("product_id", "qty_free", "product_qty")
    def _compute_from_stock(self):
        for offering in self:
            offering.from_stock = (
                offering.product_id.is_storable
                and offering.qty_free >= offering.product_qty > 0
            )

    @api.depends("from_stock")
    def _compute_date_expected(self):
        for offering in self:
            if offering.from_stock:
                offering.date_expected = fields.Date.context_today(offering)

    def action_offer(self):
        """The salesperson gets an alert, and accepts or declines on his order line."""
        self.ensure_one()
        self.request_id.check_access("write")
        self.request_id._offer(
            {
                "product_id": self.product_id.id,
                "product_qty": self.product_qty,
                "product_uom_id": self.product_uom_id.id,
                "date_expected": self.date_expected,
                "from_stock": self.from_stock,
                "note": (self.note or "").strip(),
            }
        )
        return {"type": "ir.actions.act_window_close"}
