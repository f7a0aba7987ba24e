# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize


class HelpdeskTicket(models.Model):
    """Letters of vendors belong to purchasing, whichever address they came to."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _prepare_place_vals(self, msg, values):
        """The team that the company has chosen for them; without one, as for
        customers. The employee who is named is asked first all the same."""
        values = super()._prepare_place_vals(msg, values)
        # sudo: res.company: a setting, whoever fetched the letter
        company = self.env["res.company"].sudo().browse(values["company_id"])
        team = company.vendor_team_id
        if team and self._is_from_vendor(msg) and team.active:
            return {**values, "team_id": team.id}
        return values

    @api.model
    def _is_from_vendor(self, msg):
        # sudo: res.partner: whether the sender is a vendor, for the gateway
        partners = self.env["res.partner"].sudo()
        author = partners.browse(msg.get("author_id") or [])
        if author:
            return author._is_vendor()
        return partners._is_domain_of_vendor(
            email_normalize(msg.get("email_from") or "")
        )
