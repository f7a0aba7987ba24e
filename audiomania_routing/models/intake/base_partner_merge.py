# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_reference_fields(self, src_partners, dst_partner):
        """A conversation about a contact is about the one that stays."""
        # sudo: helpdesk.ticket: whoever merges contacts may not read all of them
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        tickets.search(
            [
                ("document_model", "=", "res.partner"),
                ("document_id", "in", src_partners.ids),
            ]
        ).document_id = dst_partner.id
        return super()._update_reference_fields(src_partners, dst_partner)
