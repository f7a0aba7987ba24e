# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CustomerAudienceSource(models.AbstractModel):
    """Something whose fields say to which audience a product belongs."""

    _name = "customer.audience.source"
    _description = "What puts a product into an audience"

    _audience_fields = frozenset()

    def write(self, vals):
        """A product that moves to another audience takes its past orders along."""
        watched = sorted(self._audience_fields & vals.keys())
        if not watched or not self.env["customer.audience"]._get_definitions():
            return super().write(vals)
        products = self._get_audience_products()
        before = [self._get_audience_values(record, watched) for record in self]
        result = super().write(vals)
        after = [self._get_audience_values(record, watched) for record in self]
        if before != after:
            self._count_products_anew(products | self._get_audience_products())
        return result

    def _get_audience_values(self, record, names):
        # sudo: product.template, product.tag: compared, shown to nobody
        return [sorted(record.sudo()[name].ids) for name in names]

    def _get_audience_products(self):
        """Ids of the products that may belong elsewhere when these records change."""
        raise NotImplementedError

    def _count_products_anew(self, product_ids):
        if product_ids and self.env["customer.audience"]._get_definitions():
            self.env["customer.affinity.recount"]._ask("product", sorted(product_ids))

    def _find_products(self, *domain):
        # sudo: product.product: archived ones of every company were bought too
        products = self.env["product.product"].sudo().with_context(active_test=False)
        return set(products.search(list(domain)).ids)
