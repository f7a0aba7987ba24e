# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class AccountJournal(models.Model):
    """Invoices are numbered by the code of their journal."""

    _inherit = "account.journal"

    @api.model_create_multi
    def create(self, vals_list):
        journals = super().create(vals_list)
        self.env.registry.clear_cache()
        return journals

    def write(self, vals):
        result = super().write(vals)
        if {"active", "code", "type"} & vals.keys():
            self.env.registry.clear_cache()
        return result
