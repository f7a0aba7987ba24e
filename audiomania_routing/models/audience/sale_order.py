# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _get_affinity_fields(self):
        """What of the order decides whom it speaks for, and how much."""
        return {
            "state",
            "partner_id",
            "user_id",
            "date_order",
            "company_id",
            "currency_id",
            "pricelist_id",
            "order_line",
        }

    def write(self, vals):
        """Confirmed: it counts. Cancelled: it is taken back (rule 2)."""
        if not self._get_affinity_fields() & vals.keys():
            return super().write(vals)
        with self.env["customer.affinity"]._follow(self):
            return super().write(vals)

    def action_confirm(self):
        """It is counted once, when all that confirming does is done."""
        with self.env["customer.affinity"]._follow(self):
            return super().action_confirm()
