# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResPartner(models.Model):
    """The contact of an employee holds his address."""

    _inherit = "res.partner"

    def write(self, vals):
        if "email" not in vals or not (people := self._get_people()):
            return super().write(vals)
        addresses = self.env["mail.former.address"]
        before = addresses._get_addresses(**people)
        result = super().write(vals)
        addresses._keep_lost(before)
        return result

    def _get_people(self):
        """The employees whose contacts these are; nothing if they are nobody's."""
        # sudo: res.users, hr.employee: whoever changes a contact
        env = self.sudo().with_context(active_test=False).env
        users = env["res.users"].search(
            [("partner_id", "in", self.ids), ("share", "=", False)]
        )
        employees = env["hr.employee"].search([("work_contact_id", "in", self.ids)])
        return {"users": users, "employees": employees} if users or employees else {}
