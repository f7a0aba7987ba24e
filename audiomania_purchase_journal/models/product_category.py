# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

BUYERS = "purchase.group_purchase_user"


class ProductCategory(models.Model):
    """Who buys what: the work of buyers is cut by product category."""

    _inherit = "product.category"

    journal_buyer_id = fields.Many2one(
        "res.users",
        string="Buyer",
        company_dependent=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(BUYERS).ids)],
        help="Who buys what sales ask for in this category and in the categories "
        "below it that name no buyer of their own. Nobody named: it is everybody's. "
        "While he is away his substitute has it in his journal.",
    )

    def write(self, vals):
        """Requests that nobody took follow their category to another buyer."""
        if vals.keys().isdisjoint({"journal_buyer_id", "parent_id"}):
            return super().write(vals)
        # sudo: purchase.journal.request: who may change categories need not buy.
        requests = self.env["purchase.journal.request"].sudo()
        untaken = requests._find_untaken(self)
        was = untaken._get_category_buyers()
        res = super().write(vals)
        buyers = untaken._get_category_buyers()
        for request in untaken:
            if request.buyer_id in (was[request], request.vendor_id.buyer_id):
                request.buyer_id = buyers[request] or request.vendor_id.buyer_id
        return res

    def _get_journal_buyers(self):
        """The buyer of each of these categories in the company of the environment:
        its own, else that of the nearest category above it that names one.

        :return: ``{category: user}``, an empty user where nobody is named
        """
        lines = {category: category._get_line() for category in self}
        above = self.browse({id_ for line in lines.values() for id_ in line})
        # sudo: res.users: whoever left buys nothing; everybody may ask who does.
        named = {
            category.id: category.sudo().journal_buyer_id.filtered("active")
            for category in above
        }
        nobody = self.env["res.users"]
        return {
            category: next((named[i] for i in reversed(line) if named[i]), nobody)
            for category, line in lines.items()
        }

    def _get_line(self):
        """The ids from the root down to the category."""
        path = self.parent_path or f"{self._origin.id or ''}/"
        return [int(id_) for id_ in path.split("/") if id_]

    @api.model
    def _get_journal_categories(self, user):
        """What is this user's to buy in the company of the environment: categories of
        his own, those of who is away and has him as substitute (or nobody), and
        those that are nobody's."""
        categories = self.search([])
        buyers = categories._get_journal_buyers()
        away = self._get_away(self.env["res.users"].union(*buyers.values()))
        nobody = self.env["res.users"]
        return categories.filtered(
            lambda category: (
                buyers[category] in (nobody, user)
                or away.get(buyers[category]) in (nobody, user)
            )
        )

    @api.model
    def _get_away(self, buyers):
        """Who of these buyers is away now, each with who is there instead of him."""
        # sudo: alert.presence: who is away is known where employees are managed.
        presence = self.env["alert.presence"].sudo()
        now = fields.Datetime.now()
        absent = presence._get_absent_users(buyers, now)
        if not absent:
            return {}
        instead = presence._get_stand_ins(absent, now)
        nobody = self.env["res.users"]
        return {user: instead.get(user, nobody) for user in absent}
