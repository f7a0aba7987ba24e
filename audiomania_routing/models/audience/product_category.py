# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "customer.audience.source"]

    _audience_fields = frozenset(["parent_id"])

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        self.env.registry.clear_cache()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        """What was below it belongs elsewhere."""
        products = self._get_audience_products()
        result = super().unlink()
        self.env.registry.clear_cache()
        self._count_products_anew(products)
        return result

    def _get_audience_products(self):
        return self._find_products(("categ_id", "child_of", self.ids))
