# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ProductTag(models.Model):
    _name = "product.tag"
    _inherit = ["product.tag", "customer.audience.source"]

    _audience_fields = frozenset(["product_product_ids", "product_template_ids"])

    def unlink(self):
        """What had it belongs elsewhere."""
        products = self._get_audience_products()
        result = super().unlink()
        self.env.registry.clear_cache()
        self._count_products_anew(products)
        return result

    def _get_audience_products(self):
        # sudo: product.tag: products of every company have it
        tags = self.sudo().with_context(active_test=False)
        return {
            *tags.product_template_ids.product_variant_ids.ids,
            *tags.product_product_ids.ids,
        }
