# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class MailAliasDomain(models.Model):
    """A mail domain of ours is known at once."""

    _inherit = "mail.alias.domain"

    @api.model_create_multi
    def create(self, vals_list):
        domains = super().create(vals_list)
        self.env["mail.address.book"]._forget()
        return domains

    def write(self, vals):
        result = super().write(vals)
        self.env["mail.address.book"]._forget()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["mail.address.book"]._forget()
        return result
