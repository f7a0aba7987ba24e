# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from .portion import Portion
from .request_state import ASKED


class PurchaseJournalRequest(models.Model):
    """Rule 37: one click puts requests on draft purchase orders of their vendors."""

    _inherit = "purchase.journal.request"

    def action_order(self):
        """Put the requests on draft purchase orders, one for each vendor. What nobody
        sells is named, and the rest is ordered all the same."""
        self._check_buyer()
        self._lock_to_work()
        self._check_to_order()
        requests = self.filtered("qty_to_order")
        portions = requests._get_portions()
        orphans = requests.browse(p.request.id for p in portions if not p.vendor)
        if orphans == requests:
            raise UserError(orphans._get_orphans_sentence())
        orders = self._put_on_drafts([p for p in portions if p.vendor])
        action = self._open_purchase_orders(orders)
        return orphans._notify_orphans(action) if orphans else action

    def _check_to_order(self):
        if not any(request.qty_to_order for request in self):
            raise UserError(self.env._("Nothing to order: it is ordered already."))

    def _get_portions(self):
        """What is still to order of each request, of its one vendor."""
        portions = []
        for request in self:
            seller = request._select_seller()
            vendor = request.vendor_id or seller.partner_id
            portions.append(Portion(request, vendor, seller, request.qty_to_order))
        return portions

    def _select_seller(self, vendor=None, quantity=None):
        """The line of the vendor list that Odoo would buy by; of the vendor whom the
        buyer chose, if he chose one. An empty one if nobody sells it.

        :param vendor: another vendor than that of the request
        :param quantity: another quantity than what is to order, in its unit
        """
        product = self.product_id.with_company(self.company_id)
        if vendor is None:
            vendor = self.vendor_id if self._origin else self.env["res.partner"]
        seller = product._select_seller(
            partner_id=vendor,
            quantity=quantity or self.qty_to_order or self.product_qty,
            uom_id=self.product_uom_id,
        )
        # As replenishment does: the vendor's minimum is bought rather than nothing.
        return (
            seller
            or product._prepare_sellers().filtered(
                lambda s: not vendor or s.partner_id == vendor
            )[:1]
        )

    def _get_vendors(self):
        """Who sells it: the vendor of the request first, then those of the list."""
        sellers = self.product_id.with_company(self.company_id)._get_filtered_sellers(
            quantity=None
        )
        return self.vendor_id | sellers.partner_id

    # -- what nobody sells ---------------------------------------------------------

    def _get_orphans_sentence(self):
        return self.env._(
            "Nobody sells %(products)s: choose a vendor in the request, or add one to "
            "the product.",
            products=", ".join(self.product_id.mapped("display_name")),
        )

    def _notify_orphans(self, action):
        """Name what was left out, and go on with what was ordered."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self._get_orphans_sentence(),
                "next": action,
            },
        }

    # -- drafts --------------------------------------------------------------------

    @api.model
    def _put_on_drafts(self, portions):
        """Put portions on the open drafts of their vendors, or on new ones; whoever
        orders has the requests in work.

        :return: the purchase orders
        """
        by_draft = defaultdict(list)
        for portion in portions:
            by_draft[portion.draft_key].append(portion)
        orders = self.env["purchase.order"]
        for (vendor, currency, warehouse), shares in by_draft.items():
            company = warehouse.company_id
            order = orders.with_company(company)._get_journal_draft(
                vendor, currency, warehouse, self._get_origins(shares)
            )
            self.env["purchase.order.line"]._add_journal_portions(order, shares)
            orders |= order
        self.browse(dict.fromkeys(p.request.id for p in portions))._note_ordered()
        return orders

    def _note_ordered(self):
        self.filtered(lambda r: r.desk_state == ASKED)._take()
        self.filtered(lambda r: not r.buyer_id).buyer_id = self.env.user
        self._bring_back()

    @api.model
    def _get_origins(self, portions):
        requests = self.browse(portion.request.id for portion in portions)
        # sudo: sale.order: buyers read the numbers of the orders, not the orders.
        return list(dict.fromkeys(requests.order_id.sudo().mapped("name")))

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
