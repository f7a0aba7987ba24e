# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "customer.audience.source"]

    _audience_fields = frozenset(["additional_product_tag_ids"])

    def _get_audience_products(self):
        return set(self.ids)
