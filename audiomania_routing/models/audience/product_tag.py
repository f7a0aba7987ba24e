# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ProductTag(models.Model):
    _name = "product.tag"
    _inherit = ["product.tag", "customer.audience.source"]

    _audience_fields = frozenset(["product_product_ids", "product_template_ids"])
