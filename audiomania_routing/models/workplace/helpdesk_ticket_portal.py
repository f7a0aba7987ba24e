# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskTicket(models.Model):
    """What a customer may do with his own conversation in the portal."""

    _inherit = "helpdesk.ticket"

    def _is_of_customer(self, partner):
        """Whether a contact is its customer, or of the same company; whoever is in copy
        may read it, and closes nothing."""
        customer = self.commercial_partner_id
        return bool(customer) and partner.commercial_partner_id == customer

    def _get_portal_stages(self):
        """Those by which its customer may close it."""
        stages = self.team_id.with_company(self.company_id)._get_applicable_stages()
        return stages.filtered(lambda one: one.closed and one.close_from_portal)
