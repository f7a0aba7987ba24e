# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class StockPicking(models.Model):
    """Deliveries are named by their number."""

    _inherit = "stock.picking"

    _name_idx = models.Index("(name)")

    @api.model
    def _get_number_forms(self, company):
        types = self.env["stock.picking.type"].search(
            [("code", "=", "outgoing"), ("company_id", "=", company.id)]
        )
        return self._get_forms_of_sequences("delivery", types.sequence_id)

    @api.model
    def _get_numbered_domain(self, numbers, company):
        """What goes to customers: a number of a vendor's return is not theirs."""
        domain = super()._get_numbered_domain(numbers, company)
        return [*domain, ("location_dest_id.usage", "=", "customer")]

    @api.model
    def _get_numbered_fields(self):
        return ["name", "partner_id", "sale_id"]
