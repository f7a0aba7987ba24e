# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ResUsers(models.Model):
    """The addresses of an employee are kept when they change and when he goes."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env["mail.address.book"]._forget()
        return users

    def write(self, vals):
        if "login" not in vals:
            return super().write(vals)
        addresses = self.env["mail.former.address"]
        before = addresses._get_addresses(users=self)
        result = super().write(vals)
        addresses._keep_lost(before)
        return result

    def unlink(self):
        addresses = self.env["mail.former.address"]
        for owner, emails in addresses._get_addresses(users=self).items():
            addresses._keep(owner, emails)
        result = super().unlink()
        self.env["mail.address.book"]._forget()
        return result
