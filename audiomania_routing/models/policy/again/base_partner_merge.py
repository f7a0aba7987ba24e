# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Who wrote is somebody else now, whom other facts are known of."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["routing.again"]._note(
            Cause.CUSTOMER,
            partners=(dst_partner | dst_partner.commercial_partner_id).ids,
        )
        return result
