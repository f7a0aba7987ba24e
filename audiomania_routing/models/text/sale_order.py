# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class SaleOrder(models.Model):
    """Quotations and orders are named by their number."""

    _inherit = "sale.order"

    _name_idx = models.Index("(name)")

    @api.model
    def _get_number_forms(self, company):
        sequences = self.env["ir.sequence"].search(
            [("code", "=", "sale.order"), ("company_id", "in", [False, company.id])]
        )
        return self._get_forms_of_sequences("order", sequences)
