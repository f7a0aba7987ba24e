# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models, tools


class ResCompany(models.Model):
    """In which currency the orders of all companies are counted."""

    _inherit = "res.company"

    @api.model
    def _get_affinity_currency(self):
        """That of the first company."""
        # sudo: res.company: which currency, not whose orders
        return self.sudo().search([], order="id", limit=1).currency_id

    @api.model
    @tools.ormcache()
    def _get_other_currencies(self):
        """((company, its root, its currency, the common one), ...) of companies that
        have another currency."""
        common = self._get_affinity_currency()
        # sudo: res.company: which currencies there are
        companies = self.sudo().with_context(active_test=False).search([])
        return tuple(
            (company.id, company.root_id.id, company.currency_id.id, common.id)
            for company in companies
            if company.currency_id != common
        )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        """Another currency of the first company is another one for all sums."""
        if "currency_id" not in vals:
            return super().write(vals)
        before = self._get_affinity_currency()
        result = super().write(vals)
        self.env.registry.clear_cache()
        if self._get_affinity_currency() != before:
            self.env["customer.affinity.recount"]._ask("regular")
        return result
