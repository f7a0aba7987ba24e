# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .causes import Cause

MANY = 1000
"""Of so many customers the open inquiries are looked through, not the customers."""


class CustomerAffinity(models.Model):
    """An order was confirmed or cancelled: open inquiries of this customer rest on
    it."""

    _inherit = "customer.affinity"

    @api.model
    def _refresh_partners(self, partner_ids):
        result = super()._refresh_partners(partner_ids)
        again = self.env["routing.again"]
        if len(partner_ids) > MANY:
            again._note(Cause.ORDERS, everything=True)
        elif partner_ids:
            again._note(Cause.ORDERS, partners=partner_ids)
        return result
