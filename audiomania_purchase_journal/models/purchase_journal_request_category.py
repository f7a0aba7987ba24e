# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .request_state import ASKED


class PurchaseJournalRequest(models.Model):
    """Buyers are segmented by product category."""

    _inherit = "purchase.journal.request"

    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        related="product_id.categ_id",
        store=True,
        index=True,
    )
    in_my_categories = fields.Boolean(
        compute="_compute_in_my_categories",
        search="_search_in_my_categories",
        help="A category of mine, of somebody who is away and whose substitute I am, "
        "or one that is nobody's.",
    )

    @api.depends("vendor_id", "categ_id", "company_id")
    def _compute_buyer_id(self):
        buyers = self._get_category_buyers()
        for request in self:
            request.buyer_id = (
                request.buyer_id or buyers[request] or request.vendor_id.buyer_id
            )

    def _get_category_buyers(self):
        """Who buys what each request is about, by its category; ``{request: user}``,
        an empty user where the category is nobody's."""
        found = {}
        for company, requests in self.grouped("company_id").items():
            categories = requests.categ_id.with_company(company)
            buyers = categories._get_journal_buyers()
            for request in requests:
                found[request] = buyers.get(request.categ_id, self.env["res.users"])
        return found

    @api.model
    def _find_untaken(self, categories):
        """What is asked for in these categories and below, and nobody has taken."""
        return self.search(
            [("desk_state", "=", ASKED), ("categ_id", "child_of", categories.ids)]
        )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("categ_id", "company_id")
    def _compute_in_my_categories(self):
        mine = self.filtered_domain(self._search_in_my_categories("in", [True]))
        mine.in_my_categories = True
        (self - mine).in_my_categories = False

    @api.model
    def _search_in_my_categories(self, operator, value):
        if operator != "in":
            return NotImplemented
        parts = [self._get_my_domain(company) for company in self.env.companies]
        if all(part.is_true() for part in parts):
            return Domain.TRUE
        return Domain.OR(
            Domain("company_id", "=", company.id) & part
            for company, part in zip(self.env.companies, parts, strict=True)
        )

    @api.model
    def _get_my_domain(self, company):
        """What is mine of one company; where nobody has a category, everything."""
        Category = self.env["product.category"].with_company(company)
        mine = Category._get_journal_categories(self.env.user)
        if len(mine) == Category.search_count([]):
            return Domain.TRUE
        return Domain("categ_id", "in", [*mine.ids, False])
