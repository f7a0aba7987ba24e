# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class RoutingMemoryMixin(models.AbstractModel):
    """What is kept in memory of these records is read anew as soon as they change."""

    _name = "routing.memory.mixin"
    _description = "Records of which something is kept in memory"

    _kept_fields = None
    """Those of which anything is kept; None: of any."""

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._kept_fields is None or self._kept_fields & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
