# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .purchase_journal_rule import LIKELY


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        """A quotation that is sent may be likely (rule 35)."""
        res = super().write(vals)
        if vals.get("state") == "sent":
            self.env["purchase.journal.rule"]._ask_for_lines(LIKELY, self.order_line)
        return res
