# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CustomerAudienceSource(models.AbstractModel):
    """Something whose fields say to which audience a product belongs."""

    _name = "customer.audience.source"
    _description = "What puts a product into an audience"

    _audience_fields = frozenset()

    def write(self, vals):
        """A product that moves to another audience takes its past orders along."""
        result = super().write(vals)
        if self._audience_fields & vals.keys():
            self.env["customer.affinity"]._rebuild_soon()
        return result
