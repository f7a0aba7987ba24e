# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """An employee whose contact is merged keeps the address that it had."""
        addresses = self.env["mail.former.address"]
        people = (src_partners | dst_partner)._get_people()
        before = addresses._get_addresses(**people)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        if before:
            self.env.invalidate_all()
            addresses._keep_lost(before)
        return result
