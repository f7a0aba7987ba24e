# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from odoo import api, fields, models
from odoo.fields import Domain

from .request_state import OPEN_STATES, REFUSED
from .stock_level import get_missing, get_stock


@dataclass(frozen=True)
class Level:
    """The stock that a product is to have in a warehouse."""

    product: Any
    warehouse: Any
    minimum: float
    maximum: float
    orderpoint: Any = None

    @property
    def key(self):
        return self.product, self.warehouse

    @property
    def is_bought(self):
        """Bought rather than made or carried from elsewhere; asked of Odoo only for
        what is missing, for it finds out product by product."""
        actions = set(
            self.orderpoint.rule_ids.mapped("action") if self.orderpoint else ()
        )
        return not actions or "buy" in actions

    def round(self, quantity):
        """Up to whole packages, where the reordering rule names one."""
        if self.orderpoint:
            quantity = self.orderpoint._get_multiple_rounded_qty(quantity)
        return self.product.uom_id.round(quantity, "UP")


class PurchaseJournalRule(models.Model):
    """Rule 35: a minimum stock. Reordering rules of Odoo say what it is; those that
    Odoo carries out by itself stay Odoo's. A rule may hold a minimum of its own for
    products that have none."""

    _inherit = "purchase.journal.rule"

    @api.model
    def _find_replenished(self, products, warehouses):
        """The products that Odoo buys by itself, each with its warehouse."""
        stored = products.filtered("is_storable")
        if not stored:
            return set()
        # sudo: stock.warehouse.orderpoint: sales need not read reordering rules.
        orderpoints = self.env["stock.warehouse.orderpoint"].sudo()
        found = orderpoints.search(
            [
                ("trigger", "=", "auto"),
                ("product_id", "in", stored.ids),
                ("warehouse_id", "in", warehouses.ids),
            ]
        )
        return {(one.product_id, one.warehouse_id) for one in found}

    def _get_watched_domain(self):
        """Stored goods that the rule is about."""
        domain = self._get_domain() & Domain("is_storable", "=", True)
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        if not self.minimum_qty:
            domain &= Domain("orderpoint_ids.trigger", "=", "manual")
        return domain

    def _get_watched_warehouses(self):
        if self.warehouse_ids:
            return self.warehouse_ids
        domain = [("company_id", "=?", self.company_id.id)]
        return self.env["stock.warehouse"].search(domain)

    def _watch_products(self, products):
        """Ask for what these products lack; return the requests."""
        self.ensure_one()
        self._lock_rules()
        # sudo: purchase.journal.request: a rule asks, buyers own the journal.
        requests = self.env["purchase.journal.request"].sudo()
        for warehouse in self._get_watched_warehouses():
            levels = self._get_levels(products, warehouse)
            requests |= self._ask_for_levels(levels, warehouse)
        requests._alert_asked()
        return requests

    @api.model
    def _lock_rules(self):
        """One at a time counts the stock; who waited is run again by Odoo, for a
        watched rule is written."""
        self.flush_model()
        self.env.cr.execute(
            "SELECT id FROM purchase_journal_rule WHERE kind = 'minimum' "
            "ORDER BY id FOR NO KEY UPDATE"
        )

    # -- what is to be there ---------------------------------------------------------

    def _get_levels(self, products, warehouse):
        """The levels of these products in a warehouse: by its reordering rule, else
        by the rule's own minimum."""
        company = warehouse.company_id
        products = products.filtered(
            lambda one: not one.company_id or one.company_id == company
        )
        orderpoints = self._find_orderpoints(products, warehouse)
        levels = [
            Level(
                product=one.product_id,
                warehouse=warehouse,
                minimum=one.product_min_qty,
                maximum=one.product_max_qty,
                orderpoint=one,
            )
            for one in orderpoints
            if self._is_for_buyers(one)
        ]
        if self.minimum_qty:
            own = self.minimum_qty, self.maximum_qty
            bare = products - orderpoints.product_id
            levels += [Level(product, warehouse, *own) for product in bare]
        return levels

    def _find_orderpoints(self, products, warehouse):
        """The reordering rules of the warehouse's stock; those of a shelf in it are
        about carrying, not about buying."""
        return self.env["stock.warehouse.orderpoint"].search(
            [
                ("product_id", "in", products.ids),
                ("warehouse_id", "=", warehouse.id),
                ("location_id", "=", warehouse.lot_stock_id.id),
            ]
        )

    def _is_for_buyers(self, orderpoint):
        """Left to people, and not put off."""
        today = fields.Date.context_today(self)
        snoozed = orderpoint.snoozed_until and orderpoint.snoozed_until > today
        return orderpoint.trigger == "manual" and not snoozed

    # -- what is there and comes -----------------------------------------------------

    def _get_stocks(self, products, warehouse):
        """What counts as stock of each product; ``{product: quantity}``."""
        asked = self._get_asked(products, warehouse)
        promised = self._get_promised(products, warehouse)
        _by_location, drafts = products._get_quantity_in_progress(
            warehouse_ids=warehouse.ids
        )
        return {
            product: get_stock(
                forecast=product.virtual_available,
                drafts=drafts.get((product.id, warehouse.id), 0.0),
                asked=asked[product],
                promised=promised[product],
            )
            for product in products.with_context(warehouse_id=warehouse.id)
        }

    def _get_asked(self, products, warehouse):
        """What is asked for and on no purchase order: for the stock, and for orders,
        whose demand is in the forecast."""
        domain = ["|", ("order_id", "=", False), ("order_id.state", "=", "sale")]
        return self._sum_requests(products, warehouse, domain, ["qty_to_order"])

    def _get_promised(self, products, warehouse):
        """What is on purchase orders for quotations."""
        domain = [("order_id.state", "in", ("draft", "sent"))]
        planned = self._sum_requests(products, warehouse, domain, ["qty_planned"])
        received = self._sum_requests(products, warehouse, domain, ["qty_received"])
        left = defaultdict(float)
        for product, quantity in planned.items():
            left[product] = max(quantity - received[product], 0.0)
        return left

    @api.model
    def _sum_requests(self, products, warehouse, domain, names):
        # sudo: purchase.journal.request: whoever asked, it counts.
        groups = (
            self.env["purchase.journal.request"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", products.ids),
                    ("warehouse_id", "=", warehouse.id),
                    *domain,
                ],
                ["product_id", "product_uom_id"],
                [f"{name}:sum" for name in names],
            )
        )
        sums = defaultdict(float)
        for product, uom, *quantities in groups:
            sums[product] += uom._compute_quantity(
                sum(quantities), product.uom_id, round=False
            )
        return sums

    # -- asking ----------------------------------------------------------------------

    def _ask_for_levels(self, levels, warehouse):
        """Requests for what is missing; what is asked for and not ordered grows."""
        # sudo: purchase.journal.request: a rule asks, buyers own the journal.
        requests = self.env["purchase.journal.request"].sudo()
        products = self.env["product.product"].union(*(one.product for one in levels))
        stocks = self._get_stocks(products, warehouse)
        resting = self._find_resting(products, warehouse)
        open_ = self._find_open(products, warehouse)
        new = []
        for level in levels:
            stock = stocks[level.product]
            missing = get_missing(level.minimum, level.maximum, stock)
            if missing <= 0.0 or level.product in resting or not level.is_bought:
                continue
            missing = level.round(missing)
            if level.product in open_:
                ask = {"product_qty": missing}
                open_[level.product]._grow(ask, level.product.uom_id)
                requests |= open_[level.product]
            else:
                new.append(self._prepare_stock_request_vals(level, stock, missing))
        return requests | requests.create(new)

    def _find_open(self, products, warehouse):
        """The request for the stock that more of a product is added to."""
        # sudo: purchase.journal.request: a rule asks, buyers own the journal.
        found = (
            self.env["purchase.journal.request"]
            .sudo()
            .search(
                [
                    ("product_id", "in", products.ids),
                    ("warehouse_id", "=", warehouse.id),
                    ("order_id", "=", False),
                    ("sale_line_id", "=", False),
                    ("state", "in", OPEN_STATES),
                ],
                order="id desc",
            )
        )
        return {request.product_id: request for request in found}

    def _find_resting(self, products, warehouse):
        """Products that buyers refused to buy for the stock not long ago."""
        since = fields.Datetime.now() - timedelta(days=self.rest_days)
        # sudo: purchase.journal.request: a rule asks, buyers own the journal.
        groups = (
            self.env["purchase.journal.request"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", products.ids),
                    ("warehouse_id", "=", warehouse.id),
                    ("order_id", "=", False),
                    ("desk_state", "=", REFUSED),
                    ("refused_at", ">=", since),
                ],
                ["product_id"],
            )
        )
        return {product for (product,) in groups}

    def _prepare_stock_request_vals(self, level, stock, missing):
        """Values of a request for the stock."""
        return {
            "company_id": level.warehouse.company_id.id,
            "warehouse_id": level.warehouse.id,
            "product_id": level.product.id,
            "product_uom_id": level.product.uom_id.id,
            "product_qty": missing,
            "requested_by_id": self.responsible_id.id,
            "rule_id": self.id,
            "reason": self._get_level_reason(level, stock),
        }

    def _get_level_reason(self, level, stock):
        reader = self.with_context(lang=self.responsible_id.lang or self.env.lang)
        return reader.env._(
            "%(reason)s Here, coming and asked for: %(stock)s of at least "
            "%(minimum)s %(unit)s.",
            reason=reader.reason,
            stock=f"{stock:g}",
            minimum=f"{level.minimum:g}",
            unit=level.product.with_env(reader.env).uom_id.name,
        )
