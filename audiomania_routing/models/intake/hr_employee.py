# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

NAMING = {"work_email", "work_contact_id", "user_id"}


class HrEmployee(models.Model):
    """The address of an employee is kept when it changes and when he goes."""

    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        self.env["mail.address.book"]._forget()
        return employees

    def write(self, vals):
        if not NAMING & vals.keys():
            return super().write(vals)
        addresses = self.env["mail.former.address"]
        before = addresses._get_addresses(employees=self)
        result = super().write(vals)
        addresses._keep_lost(before)
        return result

    def unlink(self):
        addresses = self.env["mail.former.address"]
        for owner, emails in addresses._get_addresses(employees=self).items():
            addresses._keep(owner, emails)
        result = super().unlink()
        self.env["mail.address.book"]._forget()
        return result
