# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class PurchaseJournalAsk(models.TransientModel):
    """The dialog behind Buy: how much, by when, and a word on each position."""

    _name = "purchase.journal.ask"
    _description = "Ask to Buy"

    sale_line_ids = fields.Many2many("sale.order.line", string="Order Lines")
    line_ids = fields.One2many(
        "purchase.journal.ask.line",
        "ask_id",
        string="Positions",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    notice = fields.Text(compute="_compute_notice")
    is_spent = fields.Boolean(
        readonly=True,
        help="The positions were sent; what is sent again does not count.",
    )

    @api.depends("sale_line_ids")
    def _compute_line_ids(self):
        for ask in self:
            sale_lines = ask.sale_line_ids._origin
            short = sale_lines._get_purchase_short()
            ask.line_ids = [Command.clear()] + [
                Command.create(ask._prepare_line_vals(line, quantity))
                for line, quantity in short.items()
            ]

    @api.depends("line_ids.sale_line_id")
    def _compute_notice(self):
        for ask in self:
            notices = ask._get_orphans_notice(), ask._get_asked_notice()
            ask.notice = "\n".join(filter(None, notices))

    def _get_orphans_notice(self):
        """What nobody sells is asked for all the same; the salesperson knows that it
        may take long."""
        bare = self.line_ids.sale_line_id._get_products_nobody_sells()
        return bool(bare) and self.env._(
            "Nobody sells %(products)s to us yet: the buyers get the request "
            "without a vendor, and look for one.",
            products=", ".join(bare.mapped("display_name")),
        )

    def _get_asked_notice(self):
        """What a rule asked for is not asked for twice; a word is added to it."""
        asked = self.line_ids.filtered("is_asked").product_id
        return bool(asked) and self.env._(
            "Asked for already, by itself: %(products)s. Your comment is added for the "
            "buyer.",
            products=", ".join(asked.mapped("display_name")),
        )

    @api.model
    def _prepare_line_vals(self, sale_line, short):
        return {
            "sale_line_id": sale_line.id,
            "product_qty": short,
            "date_wanted": sale_line._get_date_wanted(),
        }

    def action_ask(self):
        """Send the positions to the buyers' journal, as one batch."""
        self.ensure_one()
        lines = self.line_ids.filtered(
            lambda line: line.product_qty > 0.0 or (line.is_asked and line.comment)
        )
        if not lines:
            return self._refuse_nothing()
        lines._check_quantities()
        lines.sale_line_id._lock_to_ask()
        if self.is_spent:
            return lines.sale_line_id._notify_nothing_to_ask()
        requests = lines.sale_line_id._ask_to_buy(
            {line.sale_line_id: line._get_ask() for line in lines}
        )
        self.is_spent = True
        if not requests and not any(line._get_ask()["comment"] for line in lines):
            return lines.sale_line_id._notify_nothing_to_ask()
        return {"type": "ir.actions.act_window_close"}

    def _refuse_nothing(self):
        """What is asked for already needs no quantity; anything else does."""
        if all(line.is_asked for line in self.line_ids):
            return self.line_ids.sale_line_id._notify_nothing_to_ask()
        raise UserError(self.env._("Enter how much is to be bought."))
