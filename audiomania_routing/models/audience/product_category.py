# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "customer.audience.source", "routing.memory.mixin"]

    _audience_fields = _kept_fields = frozenset(["parent_id"])

    def unlink(self):
        """What was below it belongs elsewhere."""
        products = self._get_audience_products()
        result = super().unlink()
        self._count_products_anew(products)
        return result

    def _get_audience_products(self):
        return self._find_products(("categ_id", "child_of", self.ids))
