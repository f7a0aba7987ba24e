# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .request_state import OPEN_STATES, STATES, least_advanced


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    purchase_request_ids = fields.One2many(
        "purchase.journal.request",
        "sale_line_id",
        string="Purchase Requests",
        copy=False,
        groups="sales_team.group_sale_salesman,purchase.group_purchase_user",
    )
    purchase_request_state = fields.Selection(
        STATES,
        string="Purchase Status",
        compute="_compute_purchase_request_mark",
        compute_sudo=True,
        groups="base.group_user",
        help="Where buying this position stands: of several requests, the one that "
        "is furthest from done.",
    )
    purchase_request_mark = fields.Json(
        string="Purchase",
        compute="_compute_purchase_request_mark",
        compute_sudo=True,
        groups="base.group_user",
        help="What the mark on the line shows: status, expected date and latest "
        "comment of each request. No vendor, no purchase price.",
    )
    is_buyable = fields.Boolean(
        string="Can Be Asked For",
        compute="_compute_is_buyable",
        help="Goods that buyers can be asked for: no section, note or service, and "
        "nothing that Odoo buys by itself for the order.",
    )

    @api.depends(
        "product_id",
        "purchase_request_ids.product_id",
        "purchase_request_ids.state",
        "purchase_request_ids.product_qty",
        "purchase_request_ids.expected_date",
        "purchase_request_ids.last_comment",
        "purchase_request_ids.needs_decision",
        "purchase_request_ids.date_promised",
        "purchase_request_ids.date_wanted",
    )
    @api.depends_context("lang")
    def _compute_purchase_request_mark(self):
        for line in self:
            requests = line._get_live_requests().sorted("id")
            line.purchase_request_state = least_advanced(requests.mapped("state"))
            line.purchase_request_mark = bool(requests) and {
                "state": line.purchase_request_state,
                "requests": [request._get_mark() for request in requests],
            }

    def _get_live_requests(self):
        """The requests for what the line sells now; those for a product that stood
        on it before are history."""
        # sudo: purchase.journal.request: a colleague's request counts too.
        requests = self.sudo().purchase_request_ids
        return requests.filtered(lambda r: r.product_id == self.product_id)

    @api.depends("display_type", "product_id.type", "is_expense", "is_mto", "state")
    def _compute_is_buyable(self):
        for line in self:
            line.is_buyable = not line._get_no_request_reason()

    # -- What cannot be asked for -------------------------------------------------

    def _get_no_request_reason(self):
        """The sentence that says why nothing can be asked for on this line, or an
        empty string (rule 34, and `MTO and dropship lines make no request`)."""
        if self.state == "cancel":
            return self.order_id._get_cancelled_reason()
        if self.display_type or self.is_downpayment or not self.product_id:
            return self.env._("Sections, notes and down payments are not bought.")
        if self.product_id.type != "consu" or self.is_expense:
            return self.env._(
                "%(product)s is not goods: there is nothing to buy for stock.",
                product=self.product_id.display_name,
            )
        if self.is_mto or self._is_dropshipped():
            return self.env._(
                "%(product)s is bought for the order by itself, when the order is "
                "confirmed.",
                product=self.product_id.display_name,
            )
        if self._is_kit() and self._get_products_nobody_sells():
            return self.env._(
                "%(product)s is a kit that nobody sells as a whole: put its parts on "
                "the order, and ask for those.",
                product=self.product_id.display_name,
            )
        return ""

    def _is_kit(self):
        """With manufacturing installed: a kit is bought as a whole, or not at all."""
        product = self.product_id
        return "is_kits" in product._fields and product.is_kits

    def _get_products_nobody_sells(self):
        """Products that stand on no vendor's list; who sells the others is not told."""
        bare = self.env["product.product"]
        for company, lines in self.grouped("company_id").items():
            # sudo: product.supplierinfo: whether somebody sells it, not who.
            products = lines.product_id.sudo().with_company(company)
            bare |= products.filtered(lambda p: not p._prepare_sellers())
        return self.env["product.product"].browse(bare.ids)

    def _is_dropshipped(self):
        """Whether a route of the line has the vendor deliver to the customer."""
        product = self.product_id
        routes = self.route_ids or product.route_ids | product.categ_id.total_route_ids
        # sudo: stock.rule: a salesperson need not read how goods are moved.
        return any(
            rule.action == "buy" and rule.location_dest_id.usage == "customer"
            for rule in routes.sudo().rule_ids
        )

    # -- How much is short --------------------------------------------------------

    def _get_purchase_short(self):
        """What nobody has, brings or was asked to buy: ordered, minus free stock and
        what is on the way, minus what is asked already (rule 34).

        Stock is given to the lines of an order in their order.

        :return: ``{line: quantity}`` in the unit of the line, for each line of
            ``self`` that can be asked for
        """
        lines = self.order_id.order_line.filtered("is_buyable")
        pools = lines._get_purchase_pools()
        short = {}
        for line in lines:
            missing = max(line._get_purchase_askable(), 0.0)
            key = line._get_purchase_pool_key()
            share = min(missing, max(pools[key], 0.0))
            pools[key] -= share
            short[line] = line._from_product_unit(missing - share)
        return {line: short[line] for line in self if line in short}

    def _get_purchase_pool_key(self):
        """Lines with one key share stock; what is not stored is the line's own."""
        if self.product_id.is_storable:
            return self.product_id, self.warehouse_id
        return self.product_id, self

    def _get_purchase_askable(self):
        """The most that may still be asked for, in the unit of the product:
        what is not delivered and not asked for already."""
        asked = sum(
            request._in_product_unit(request._get_qty_awaited())
            for request in self._get_live_requests()
        )
        return self._get_purchase_need() - asked

    def _get_purchase_need(self):
        """What is ordered and not delivered, in the unit of the product."""
        return max(
            self._in_product_unit(self.product_uom_qty - self.qty_delivered), 0.0
        )

    def _get_purchase_pools(self):
        """The stock that each key of ``self`` may draw on, in units of the products:
        what is here and comes, without what was bought for a quotation."""
        pools = defaultdict(float)
        storable = self.filtered(lambda line: line.product_id.is_storable)
        for warehouse, lines in storable.grouped("warehouse_id").items():
            for product in lines.product_id.with_context(warehouse_id=warehouse.id):
                pools[product, warehouse] += product.virtual_available
        for line in storable:
            pools[line._get_purchase_pool_key()] += line._get_purchase_demand()
        for key, quantity in storable._get_promised_quantities().items():
            pools[key] -= quantity
        for line in self - storable:
            pools[line._get_purchase_pool_key()] += line._get_received_not_delivered()
        return pools

    def _get_purchase_demand(self):
        """What the forecast has already taken off for this very line."""
        if any(move.state not in ("done", "cancel") for move in self.move_ids):
            return self._get_purchase_need()
        return 0.0

    def _get_promised_quantities(self):
        """What is on the way for requests of this order or of quotations: the
        forecast counts it as free, for their demand is not in it."""
        # sudo: purchase.journal.request: what colleagues were promised is not free.
        groups = (
            self.env["purchase.journal.request"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", self.product_id.ids),
                    ("qty_ordered", ">", 0.0),
                    "|",
                    ("order_id", "in", self.order_id.ids),
                    ("order_id.state", "in", ("draft", "sent")),
                ],
                ["product_id", "warehouse_id", "product_uom_id"],
                ["qty_ordered:sum", "qty_received:sum"],
            )
        )
        promised = defaultdict(float)
        for product, warehouse, uom, ordered, received in groups:
            promised[product, warehouse] += uom._compute_quantity(
                max(ordered - received, 0.0), product.uom_id
            )
        return promised

    def _get_received_not_delivered(self):
        """For goods without stock keeping: what came for the line and is here."""
        received = sum(
            request._in_product_unit(request.qty_received)
            for request in self._get_live_requests()
        )
        return max(received - self._in_product_unit(self.qty_delivered), 0.0)

    def _in_product_unit(self, quantity):
        return self.product_uom_id._compute_quantity(
            quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _from_product_unit(self, quantity):
        return self.product_id.uom_id._compute_quantity(quantity, self.product_uom_id)

    # -- Asking -------------------------------------------------------------------

    def action_buy(self):
        """Ask buyers for what is short on these lines (rule 34)."""
        reasons = {line._get_no_request_reason() for line in self} - {""}
        if reasons:
            raise UserError("\n".join(sorted(reasons)))
        askable = any(line._get_purchase_askable() > 0.0 for line in self)
        if not askable and not self._get_asked_without_a_word():
            return self._notify_nothing_to_ask()
        return self._open_ask_dialog()

    def _get_asked_without_a_word(self):
        """What a rule asked for, and nobody has said anything on yet: Buy adds the
        salesperson's comment to that request."""
        return self.filtered(
            lambda line: any(
                request.rule_id and not request.last_comment
                for request in line._get_open_request()
            )
        )

    def _open_ask_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask to buy"),
            "res_model": "purchase.journal.ask",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_sale_line_ids": self.ids},
        }

    @api.model
    def _notify_nothing_to_ask(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Nothing to ask for: everything is in stock, on the way, or "
                    "asked for already."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _ask_to_buy(self, asks):
        """Make or extend the requests of ``self``; asking twice for one need is
        impossible, also from two browsers (rule 34).

        :param dict asks: ``{line: {"product_qty", "date_wanted", "comment"}}``, the
            quantity in the unit of the line; a rule names itself too: ``rule_id``,
            ``reason``, ``requested_by_id``
        :return: the requests that were made or grew
        """
        self.check_access("write")
        self._lock_to_ask()
        words = {line: asks[line].get("comment") for line in self}
        asks = self._cap_asks(asks)
        grown = self._grow_open_requests(asks)
        new = self.filtered(lambda line: line in asks) - grown.sale_line_id
        # sudo: purchase.journal.request: a salesperson asks, buyers own the journal.
        made = grown.create(
            [line._prepare_purchase_request_vals(asks[line]) for line in new]
        )
        requests = grown | made
        for line in self.filtered(lambda line: words[line]):
            line._get_awaited_request()._comment(words[line])
        requests._alert_asked()
        return self.env["purchase.journal.request"].browse(requests.ids)

    def _lock_to_ask(self):
        """Let one transaction at a time ask for these lines.

        The rows are written, not only locked: whoever waited for us gets a
        serialisation failure, is run again by Odoo, and reads what we asked for.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH locked AS (
                    SELECT id FROM sale_order_line WHERE id IN %s
                     ORDER BY id FOR NO KEY UPDATE
                )
                UPDATE sale_order_line line SET write_date = line.write_date
                  FROM locked WHERE locked.id = line.id
                """,
                tuple(self.ids) or (None,),
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["purchase_request_ids"])

    def _cap_asks(self, asks):
        """No more than is ordered, not delivered and not asked for already; lines
        that are asked for already are left out."""
        capped = {}
        for line in self:
            reason = line._get_no_request_reason()
            if reason:
                raise UserError(reason)
            askable = line._from_product_unit(max(line._get_purchase_askable(), 0.0))
            quantity = min(asks[line]["product_qty"], askable)
            if line.product_uom_id.compare(quantity, 0.0) > 0:
                capped[line] = dict(asks[line], product_qty=quantity)
        return capped

    def _grow_open_requests(self, asks):
        """Add to the requests of ``asks`` that nobody has ordered yet; return them."""
        # sudo: purchase.journal.request: a salesperson asks, buyers own the journal.
        grown = self.env["purchase.journal.request"].sudo()
        for line, ask in asks.items():
            open_request = line._get_open_request()
            if open_request:
                open_request._grow(ask, line.product_uom_id)
                grown |= open_request
        return grown

    def _get_open_request(self):
        return self._get_live_requests().filtered(
            lambda request: request.state in OPEN_STATES
        )[:1]

    def _get_awaited_request(self):
        """The request that a word on the line is about: the open one, else the latest
        that somebody still waits for."""
        awaited = self._get_live_requests().filtered(lambda r: r._is_awaited())
        return self._get_open_request() or awaited.sorted("id")[-1:]

    def _prepare_purchase_request_vals(self, ask):
        """Values of the request for this line."""
        return {
            "sale_line_id": self.id,
            "order_id": self.order_id.id,
            "partner_id": self.order_id.partner_id.id,
            "company_id": self.company_id.id,
            "warehouse_id": self.warehouse_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "product_qty": ask["product_qty"],
            "requested_by_id": ask.get("requested_by_id") or self.env.user.id,
            "rule_id": ask.get("rule_id"),
            "reason": ask.get("reason"),
            "date_wanted": ask.get("date_wanted") or self._get_date_wanted(),
        }

    def _get_date_wanted(self):
        """The day that the customer was promised, else the day that Odoo expects."""
        moment = self.order_id.commitment_date or self._expected_date()
        return fields.Datetime.context_timestamp(self, moment).date()

    # -- What sales take back -----------------------------------------------------

    def write(self, vals):
        changed = self.browse()
        if "product_id" in vals:
            changed = self.filtered(
                lambda line: line.product_id.id != vals["product_id"]
            )
        res = super().write(vals)
        if changed:
            changed._drop_purchase_requests(
                self.env._("The product of the order line was changed.")
            )
        return res

    def unlink(self):
        self._drop_purchase_requests(self.env._("The order line was deleted."))
        return super().unlink()

    def _drop_purchase_requests(self, reason):
        # sudo: purchase.journal.request: sales end what they asked for.
        self.sudo().purchase_request_ids._cancel_by_sales(reason)
