# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    """Public holidays are kept in memory until one of them changes; they are few, and
    the leaves of employees, of which there are many, leave them alone."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._forget_public_holidays()
        return leaves

    def write(self, vals):
        self._forget_public_holidays()
        result = super().write(vals)
        self._forget_public_holidays()
        return result

    def unlink(self):
        self._forget_public_holidays()
        return super().unlink()

    def _forget_public_holidays(self):
        # sudo: resource.calendar.leaves: whether it is a public holiday
        if any(not leave.resource_id for leave in self.sudo()):
            self.env.registry.clear_cache()
