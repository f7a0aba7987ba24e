# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Portion:
    """How much of a request is bought of whom: one request may be bought in portions
    of several vendors. ``seller`` is the line of the vendor's list that holds for it,
    or an empty one; ``quantity`` is in the unit of the request."""

    request: Any
    vendor: Any
    seller: Any
    quantity: float

    @property
    def uom(self):
        """The unit in which the vendor sells."""
        return self.seller.product_uom_id or self.request.product_id.uom_id

    @property
    def line_key(self):
        """Portions with one key share a line of a draft."""
        return self.request.product_id, self.uom

    @property
    def draft_key(self):
        """Portions with one key share a draft."""
        return self.vendor, self._get_currency(), self.request.warehouse_id

    def _get_currency(self):
        company = self.request.company_id
        return (
            self.seller.currency_id
            or self.vendor.with_company(company).property_purchase_currency_id
            or company.currency_id
        )

    def in_unit(self, uom):
        return self.request.product_uom_id._compute_quantity(
            self.quantity, uom, round=False
        )
