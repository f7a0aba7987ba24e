# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """The customer that stays has the conversations of both."""
        affinity = self.env["conversation.affinity"]
        affected = src_partners | src_partners.commercial_partner_id | dst_partner
        affinity._forget(src_partners)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self._follow_company(dst_partner)
        affinity._rebuild(affected)
        return result

    def _follow_company(self, partner):
        """His conversations are of his company, not of that of who is gone."""
        # sudo: helpdesk.ticket: all of them, whoever merges customers
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        mine = tickets.search([("partner_id", "=", partner.id)])
        self.env.add_to_compute(tickets._fields["commercial_partner_id"], mine)
