# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class PurchaseJournalAskLine(models.TransientModel):
    """A position of the dialog of Buy. It tells of the order line what its user may
    read."""

    _name = "purchase.journal.ask.line"
    _description = "Position to Ask for"

    ask_id = fields.Many2one(
        "purchase.journal.ask", string="Asking", required=True, ondelete="cascade"
    )
    sale_line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="sale_line_id.product_id", related_sudo=False)
    product_uom_id = fields.Many2one(
        related="sale_line_id.product_uom_id", related_sudo=False
    )
    qty_line = fields.Float(
        string="On the Order",
        related="sale_line_id.product_uom_qty",
        related_sudo=False,
    )
    qty_askable = fields.Float(
        string="Not Asked Yet",
        digits="Product Unit",
        compute="_compute_qty_askable",
        help="What is on the order, not delivered, and not asked for already.",
    )
    is_asked = fields.Boolean(
        compute="_compute_qty_askable",
        help="All of it is asked for already; a comment may be added.",
    )
    product_qty = fields.Float(
        string="To Buy",
        digits="Product Unit",
        required=True,
        help="What is short: on the order, minus in stock, on the way and asked for.",
    )
    date_wanted = fields.Date(string="Wanted by")
    comment = fields.Char(help="A word to the buyer about this position.")

    @api.depends("sale_line_id")
    def _compute_qty_askable(self):
        for line in self:
            sale_line = line.sale_line_id
            line.qty_askable = sale_line._from_product_unit(
                max(sale_line._get_purchase_askable(), 0.0)
            )
            unit = line.product_uom_id
            line.is_asked = bool(sale_line) and unit.compare(line.qty_askable, 0.0) <= 0

    def _check_quantities(self):
        """Buyers are asked for what the order holds; more needs a longer line. Less
        than typed is asked for only if somebody else asked meanwhile."""
        for line in self:
            if line.product_uom_id.compare(line.product_qty, line.qty_line) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s: the order holds %(quantity)s %(unit)s. Change "
                        "the order line to ask for more.",
                        product=line.product_id.display_name,
                        quantity=f"{line.qty_line:g}",
                        unit=line.product_uom_id.name,
                    )
                )

    def _get_ask(self):
        return {
            "product_qty": self.product_qty,
            "date_wanted": self.date_wanted,
            "comment": (self.comment or "").strip(),
        }
