# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ProductTemplate(models.Model):
    """The index of products that letters name follows their names."""

    _inherit = "product.template"

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        self.env["routing.product.phrase"]._index(templates)
        return templates

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self.env["routing.product.phrase"]._index(self)
        return result

    def _update_field_translations(self, field_name, *args, **kwargs):
        result = super()._update_field_translations(field_name, *args, **kwargs)
        if field_name == "name":
            self.env["routing.product.phrase"]._index(self)
        return result
