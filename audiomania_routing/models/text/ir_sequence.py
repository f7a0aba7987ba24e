# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class IrSequence(models.Model):
    """How numbers look is worked out once, until a sequence changes."""

    _inherit = "ir.sequence"

    @api.model
    def _get_number_form_fields(self):
        """What of a sequence decides how its numbers look."""
        return {"active", "code", "company_id", "padding", "prefix", "suffix"}

    @api.model_create_multi
    def create(self, vals_list):
        sequences = super().create(vals_list)
        self.env.registry.clear_cache()
        return sequences

    def write(self, vals):
        result = super().write(vals)
        if self._get_number_form_fields() & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
