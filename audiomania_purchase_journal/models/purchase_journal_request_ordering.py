# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import models
from odoo.exceptions import UserError

from .request_state import (
    ASKED,
)


class PurchaseJournalRequest(models.Model):
    """Rule 37: one click puts requests on draft purchase orders of their vendors."""

    _inherit = "purchase.journal.request"

    def action_order(self):
        """Put the requests on draft purchase orders, one for each vendor."""
        self._check_buyer()
        self._lock_to_work()
        requests = self.filtered("qty_to_order")
        if not requests:
            raise UserError(self.env._("Nothing to order: it is ordered already."))
        sellers = {request: request._select_seller() for request in requests}
        requests._check_vendors(sellers)
        orders = self.env["purchase.order"]
        for requests_of_order in requests._group_by_order(sellers):
            orders |= requests_of_order._put_on_draft(sellers)
        requests.filtered(lambda r: r.desk_state == ASKED)._take()
        requests.filtered(lambda r: not r.buyer_id).buyer_id = self.env.user
        return self._open_purchase_orders(orders)

    def _select_seller(self):
        """The line of the vendor list that Odoo would buy by; of the vendor whom the
        buyer chose, if he chose one. An empty one if nobody sells it."""
        product = self.product_id.with_company(self.company_id)
        vendor = self.vendor_id if self._origin else self.env["res.partner"]
        seller = product._select_seller(
            partner_id=vendor,
            quantity=self.qty_to_order or self.product_qty,
            uom_id=self.product_uom_id,
        )
        # As replenishment does: rather below the minimum than not at all.
        return (
            seller
            or product._prepare_sellers().filtered(
                lambda s: not vendor or s.partner_id == vendor
            )[:1]
        )

    def _check_vendors(self, sellers):
        orphans = self.filtered(lambda r: not r._get_vendor(sellers))
        if orphans:
            raise UserError(
                self.env._(
                    "Nobody sells %(products)s: choose a vendor in the request, or add "
                    "one to the product.",
                    products=", ".join(orphans.product_id.mapped("display_name")),
                )
            )

    def _get_vendor(self, sellers):
        return self.vendor_id or sellers[self].partner_id

    def _get_purchase_currency(self, sellers):
        vendor = self._get_vendor(sellers).with_company(self.company_id)
        return (
            sellers[self].currency_id
            or vendor.property_purchase_currency_id
            or self.company_id.currency_id
        )

    def _group_by_order(self, sellers):
        """Requests that go on one draft: same vendor, currency and warehouse."""
        return self.grouped(
            lambda r: (
                r._get_vendor(sellers),
                r._get_purchase_currency(sellers),
                r.warehouse_id,
            )
        ).values()

    def _put_on_draft(self, sellers):
        first = self[0]
        orders = self.env["purchase.order"].with_company(first.company_id)
        order = orders._get_journal_draft(
            first._get_vendor(sellers),
            first._get_purchase_currency(sellers),
            first.warehouse_id,
            self._get_origins(),
        )
        demands = self.grouped(
            lambda r: (
                r.product_id,
                sellers[r].product_uom_id or r.product_id.uom_id,
            )
        )
        self.env["purchase.order.line"]._add_journal_requests(order, demands)
        return order

    def _sum_to_order(self, uom):
        """What is to order of all of them, not rounded: the sum is, once."""
        return sum(
            request.product_uom_id._compute_quantity(
                request.qty_to_order, uom, round=False
            )
            for request in self
        )

    def _get_origins(self):
        # sudo: sale.order: buyers read the numbers of the orders, not the orders.
        return list(dict.fromkeys(self.order_id.sudo().mapped("name")))

    def _open_purchase_orders(self, orders):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Requests for quotation"),
            "res_model": "purchase.order",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", orders.ids)],
        }
        if len(orders) == 1:
            action.update(res_id=orders.id, view_mode="form", views=[(False, "form")])
        return action
