# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """The customer that stays has the orders of both, so he has their sums."""
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["customer.affinity"]._rebuild(dst_partner)
        return result
