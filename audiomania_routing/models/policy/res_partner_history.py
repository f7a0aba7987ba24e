# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Conversations of a contact who joins or leaves a company go with him."""
        if not {"parent_id", "is_company"} & vals.keys():
            return super().write(vals)
        before = self.commercial_partner_id
        result = super().write(vals)
        if self.commercial_partner_id != before:
            affected = before | self.commercial_partner_id
            self.env["conversation.affinity"]._rebuild(affected)
        return result
