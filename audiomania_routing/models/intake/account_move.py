# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountMove(models.Model):
    """Customers' invoices and refunds. Vendors' bills and entries are not theirs."""

    _name = "account.move"
    _inherit = ["customer.document.mixin", "account.move"]

    def _is_customer_document(self):
        sold = self.is_sale_document(include_receipts=True)
        return sold and super()._is_customer_document()

    def _get_document_salesperson(self):
        return self.invoice_user_id
