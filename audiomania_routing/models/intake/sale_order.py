# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class SaleOrder(models.Model):
    """Quotations and orders: a customer writes by e-mail or in the portal."""

    _name = "sale.order"
    _inherit = ["customer.document.mixin", "sale.order"]
