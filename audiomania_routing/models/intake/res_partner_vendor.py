# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ...addresses import get_company_domain


class ResPartner(models.Model):
    """Who is a vendor, as facts say it: we buy from him and he buys nothing."""

    _inherit = "res.partner"

    _vendor_email_idx = models.Index("(email_normalized) WHERE supplier_rank > 0")

    def _is_vendor(self):
        company = self.commercial_partner_id
        if company.supplier_rank <= 0:
            return False
        return not self.env["sale.order"].search_count(
            [
                ("partner_id.commercial_partner_id", "=", company.id),
                ("state", "=", "sale"),
            ],
            limit=1,
        )

    @api.model
    def _is_domain_of_vendor(self, email):
        """Whether a stranger writes from the mail domain of a vendor's own company."""
        domain = get_company_domain(email or "")
        if not domain:
            return False
        literal = domain.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        known = self.search(
            [("supplier_rank", ">", 0), ("email_normalized", "=like", f"%@{literal}")],
            limit=1,
        )
        return bool(known) and known._is_vendor()
