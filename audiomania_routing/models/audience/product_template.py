# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "customer.audience.source"]

    _audience_fields = frozenset(["categ_id", "product_tag_ids"])

    def _get_audience_products(self):
        return self._find_products(("product_tmpl_id", "in", self.ids))
