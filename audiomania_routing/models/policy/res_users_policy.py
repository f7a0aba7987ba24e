# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_changeable_policies_domain(self):
        """The common policy is changed by who works in every company."""
        self.ensure_one()
        # sudo: res.company: how many there are
        companies = self.env["res.company"].sudo().search([])
        if companies <= self.company_ids:
            return Domain.TRUE
        return Domain("company_id", "!=", False)
