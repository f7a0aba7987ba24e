# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ProductProduct(models.Model):
    """The index of products that letters name follows their codes and barcodes."""

    _inherit = "product.product"

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        coded = products.filtered(lambda one: one.default_code or one.barcode)
        self.env["routing.product.phrase"]._index(coded.product_tmpl_id)
        return products

    def write(self, vals):
        result = super().write(vals)
        if {"barcode", "default_code", "product_tmpl_id"} & vals.keys():
            self.env["routing.product.phrase"]._index(self.product_tmpl_id)
        return result

    def unlink(self):
        """A template that stays is not named by the code of a variant that is gone."""
        templates = self.product_tmpl_id
        result = super().unlink()
        self.env["routing.product.phrase"]._index(templates.exists())
        return result
