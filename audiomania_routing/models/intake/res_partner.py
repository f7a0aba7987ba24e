# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResPartner(models.Model):
    """A customer's answer to a letter that was written from his contact's page."""

    _name = "res.partner"
    _inherit = ["customer.document.mixin", "res.partner"]

    def _is_customer_document(self):
        """Nobody inside the company, and nobody who is a vendor only."""
        company = self.commercial_partner_id
        only_vendor = company.supplier_rank and not company.customer_rank
        return (
            super()._is_customer_document() and self.partner_share and not only_vendor
        )

    def _get_document_salesperson(self):
        return self.user_id or self.commercial_partner_id.user_id

    def _get_document_title(self, message):
        return message.subject or self.display_name
