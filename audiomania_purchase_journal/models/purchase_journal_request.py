# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .request_state import (
    ASKED,
    CANCELLED,
    DESK_STATES,
    ENDED,
    IN_WORK,
    STATES,
    WAITS_FOR,
    derive_state,
)

BUYERS = "purchase.group_purchase_user"


class PurchaseJournalRequest(models.Model):
    """One position that a salesperson asks buyers to buy.

    People decide ``desk_state``; ``state`` follows from it and from the purchase
    orders (rule 38), so nothing has to be told to the journal.
    """

    _name = "purchase.journal.request"
    _description = "Purchase Request"
    _inherit = ["mail.thread"]
    _order = "date_wanted, id"
    _mail_post_access = "read"
    _rec_names_search = ["product_id", "order_name"]

    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        index="btree_not_null",
        ondelete="set null",
        help="Stays when the order line is deleted: the history of a position is kept.",
    )
    order_name = fields.Char(
        related="order_id.name",
        string="Order Number",
        help="For buyers, who find a request by the number of an order that they need "
        "not be allowed to read.",
    )
    partner_id = fields.Many2one("res.partner", string="Customer", index=True)
    company_id = fields.Many2one("res.company", required=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        help="Where the goods are to arrive, and whose stock counts.",
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, tracking=True
    )
    product_qty = fields.Float(
        string="Quantity", digits="Product Unit", required=True, tracking=True
    )
    product_uom_id = fields.Many2one("uom.uom", string="Unit", required=True)
    requested_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        index=True,
        help="The salesperson who asked, and who is told when there is something to "
        "decide.",
    )
    buyer_id = fields.Many2one(
        "res.users",
        compute="_compute_buyer_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        help="Who is in charge: the buyer of the product category, else of the vendor; "
        "then whoever took it.",
    )
    date_wanted = fields.Date(
        string="Wanted", tracking=True, help="The day that the salesperson needs it."
    )
    date_promised = fields.Datetime(
        string="Promised",
        related="order_id.commitment_date",
        store=True,
        help="The delivery date that the customer was promised on the order.",
    )
    buyer_expected_date = fields.Date(
        string="Expected by the Buyer",
        help="The buyer's own estimate; it counts until the goods are ordered.",
    )
    expected_date = fields.Date(
        string="Expected",
        compute="_compute_progress",
        inverse="_inverse_expected_date",
        store=True,
        tracking=True,
        help="When the last of it arrives by the confirmed purchase orders; before, "
        "the buyer's own estimate.",
    )
    desk_state = fields.Selection(
        DESK_STATES,
        string="Decided",
        default=ASKED,
        required=True,
        help="What people decided; the status follows from it and from the purchases.",
    )
    waits_for = fields.Selection(
        WAITS_FOR,
        string="Waits for",
        tracking=True,
        help="What the buyer waits for: the salesperson's answer to a question, or his "
        "word on another product.",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        compute="_compute_progress",
        store=True,
        tracking=True,
        group_expand=True,
    )
    allocation_ids = fields.One2many(
        "purchase.journal.allocation", "request_id", string="Purchases", groups=BUYERS
    )
    purchase_line_ids = fields.Many2many(
        "purchase.order.line",
        compute="_compute_purchase_line_ids",
        search="_search_purchase_line_ids",
        groups=BUYERS,
    )
    qty_planned = fields.Float(
        string="On Purchase Orders",
        digits="Product Unit",
        compute="_compute_progress",
        store=True,
        help="What stands on purchase orders, drafts included.",
    )
    qty_ordered = fields.Float(
        string="Ordered",
        digits="Product Unit",
        compute="_compute_progress",
        store=True,
        help="What stands on confirmed purchase orders.",
    )
    qty_received = fields.Float(
        string="Received",
        digits="Product Unit",
        compute="_compute_progress",
        store=True,
    )
    qty_to_order = fields.Float(
        string="To Order",
        digits="Product Unit",
        compute="_compute_progress",
        store=True,
        help="What is asked for and stands on no purchase order yet.",
    )
    last_comment = fields.Text(string="Latest Comment")
    last_comment_date = fields.Datetime(string="Commented on")
    last_comment_author_id = fields.Many2one("res.partner", string="Commented by")
    needs_decision = fields.Boolean(
        string="Needs a Decision",
        tracking=True,
        help="The buyer waits for the salesperson's word.",
    )
    came_back = fields.Boolean(
        string="Purchase Cancelled",
        help="It stood on a purchase order that was cancelled or cut, and is to be "
        "ordered again.",
    )
    batch_request_id = fields.Many2one(
        "purchase.journal.request",
        index="btree_not_null",
        ondelete="set null",
        help="The first of the requests that were asked for with one press: the alert "
        "of the whole batch is about it.",
    )
    vendor_id = fields.Many2one(
        "res.partner",
        compute="_compute_vendor_id",
        store=True,
        readonly=False,
        groups=BUYERS,
        help="Whom to buy from: the vendor list's choice, unless a buyer chose.",
    )
    qty_free = fields.Float(
        string="In Stock",
        digits="Product Unit",
        compute="_compute_stock",
        groups=BUYERS,
        help="Free stock of the warehouse, in the unit of the request.",
    )
    qty_incoming = fields.Float(
        string="On the Way",
        digits="Product Unit",
        compute="_compute_stock",
        groups=BUYERS,
        help="What comes into the warehouse, in the unit of the request.",
    )
    last_vendor_id = fields.Many2one(
        "res.partner",
        compute="_compute_last_purchase",
        groups=BUYERS,
        help="Who sold this product last.",
    )
    last_price = fields.Monetary(
        currency_field="last_currency_id",
        compute="_compute_last_purchase",
        groups=BUYERS,
        help="For how much, for one unit of the product.",
    )
    last_currency_id = fields.Many2one(
        "res.currency", compute="_compute_last_purchase", groups=BUYERS
    )

    _product_qty_positive = models.Constraint(
        "CHECK(product_qty > 0)",
        "The quantity of a request must be positive.",
    )
    _one_asked_for_a_line = models.UniqueIndex(
        "(sale_line_id) WHERE desk_state = 'asked'",
        "This order line is asked for already.",
    )
    _open = models.Index(
        "(date_wanted, id) WHERE state IN ('asked', 'in_work', 'question', 'offer')",
    )

    # -- Computes -----------------------------------------------------------------

    @api.depends("product_id", "product_qty", "order_id.name")
    def _compute_display_name(self):
        for request in self:
            # sudo: sale.order: buyers read the number of the order, not the order.
            number = request.order_id.sudo().name
            name = request.product_id.display_name or ""
            request.display_name = f"{name} ({number})" if number else name

    @api.depends("product_id")
    def _compute_vendor_id(self):
        for request in self:
            request.vendor_id = request._select_seller().partner_id

    @api.depends(
        "desk_state",
        "waits_for",
        "product_qty",
        "qty_from_stock",
        "buyer_expected_date",
        "allocation_ids.qty_planned",
        "allocation_ids.qty_ordered",
        "allocation_ids.qty_received",
        "allocation_ids.purchase_line_id.date_planned",
        "allocation_ids.purchase_line_id.journal_date_known",
        "allocation_ids.purchase_line_id.order_id.acknowledged",
    )
    def _compute_progress(self):
        for request in self:
            allocations, uom = request.allocation_ids, request.product_uom_id
            for name in ("qty_planned", "qty_ordered", "qty_received"):
                request[name] = uom.round(sum(allocations.mapped(name)))
            request.qty_to_order = request._get_qty_to_order()
            request.expected_date = request._get_expected_date()
            request.state = derive_state(
                request.desk_state,
                uom.round(request.product_qty),
                request.qty_ordered,
                uom.round(request.qty_received + request.qty_from_stock),
                waits_for=request.waits_for,
                dated=request._is_dated(),
            )

    def _get_qty_to_order(self):
        if self.desk_state in ENDED:
            return 0.0
        covered = max(self.qty_planned, self.qty_received) + self.qty_from_stock
        return self.product_uom_id.round(max(self.product_qty - covered, 0.0))

    def _get_qty_awaited(self):
        """What still comes of it: all that was asked for; of one that is refused or
        cancelled, what a buyer left on purchase orders."""
        ended = self.desk_state in ENDED
        awaited = self.qty_planned if ended else self.product_qty
        return max(awaited - self.qty_received - self.qty_from_stock, 0.0)

    def _get_expected_date(self):
        """The last arrival by the confirmed orders, else the buyer's estimate."""
        lines = self.allocation_ids.filtered("qty_ordered").purchase_line_id
        days = [
            pytz.utc.localize(line.date_planned)
            .astimezone(line.order_id.get_order_timezone())
            .date()
            for line in lines
            if line.date_planned
        ]
        return max(days, default=self.buyer_expected_date)

    def _is_dated(self):
        """Whether the vendors gave their word on the day: they acknowledged their
        orders, or told a day after that."""
        lines = self.allocation_ids.filtered("qty_ordered").purchase_line_id
        return bool(lines) and all(
            line.date_planned
            and (line.journal_date_known or line.order_id.acknowledged)
            for line in lines
        )

    def _inverse_expected_date(self):
        for request in self:
            request.buyer_expected_date = request.expected_date

    @api.depends("allocation_ids.purchase_line_id")
    def _compute_purchase_line_ids(self):
        for request in self:
            request.purchase_line_ids = request.allocation_ids.purchase_line_id

    def _search_purchase_line_ids(self, operator, value):
        return [("allocation_ids.purchase_line_id", operator, value)]

    @api.depends("product_id", "warehouse_id", "product_uom_id")
    def _compute_stock(self):
        for warehouse, requests in self.grouped("warehouse_id").items():
            products = requests.product_id.with_context(warehouse_id=warehouse.id)
            stock = {product.id: product for product in products}
            for request in requests:
                product = stock.get(request.product_id.id, request.product_id)
                request.qty_free = request._from_product_unit(product.free_qty)
                request.qty_incoming = request._from_product_unit(product.incoming_qty)

    @api.depends("product_id", "company_id")
    def _compute_last_purchase(self):
        last = self._get_last_purchase_lines()
        for request in self:
            line = last.get((request.company_id.id, request.product_id.id))
            request.last_vendor_id = line and line.partner_id
            request.last_price = line and line.price_unit_product_uom
            request.last_currency_id = line and line.currency_id

    def _get_last_purchase_lines(self):
        """The latest confirmed purchase line of each product, in one query."""
        self.env["purchase.order.line"].flush_model()
        self.env["purchase.order"].flush_model(["state", "date_approve"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT last.id
                  FROM unnest(%s::integer[]) AS wanted(product),
                       unnest(%s::integer[]) AS place(company),
                       LATERAL (
                           SELECT line.id
                             FROM purchase_order_line line
                             JOIN purchase_order po ON po.id = line.order_id
                            WHERE po.state = 'purchase'
                              AND line.product_id = wanted.product
                              AND line.company_id = place.company
                              AND line.date_approve IS NOT NULL
                            ORDER BY line.date_approve DESC, line.id DESC
                            LIMIT 1
                       ) AS last
                """,
                self.product_id.ids,
                self.company_id.ids,
            )
        )
        lines = self.env["purchase.order.line"].browse(row[0] for row in rows)
        return {(line.company_id.id, line.product_id.id): line for line in lines}

    def _in_product_unit(self, quantity):
        return self.product_uom_id._compute_quantity(
            quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _from_product_unit(self, quantity):
        return self.product_id.uom_id._compute_quantity(
            quantity, self.product_uom_id, rounding_method="DOWN"
        )

    # -- Asking and taking back ---------------------------------------------------

    def _grow(self, ask, uom):
        """More of the same: the request grows, and is wanted by the earlier day."""
        self.product_qty += uom._compute_quantity(
            ask["product_qty"], self.product_uom_id
        )
        days = [day for day in (self.date_wanted, ask.get("date_wanted")) if day]
        self.date_wanted = min(days, default=False)

    def _end(self, desk_state):
        """Nobody buys it any more, and nobody has to say anything about it."""
        self.write(
            {"desk_state": desk_state, "needs_decision": False, "waits_for": False}
        )

    def _cancel_by_sales(self, reason):
        """Sales no longer need it, and it is not bought again. What stands on a
        purchase order stays there: the buyer in charge decides what becomes of it."""
        requests = self.filtered(
            lambda r: r.desk_state not in ENDED and r.state != "received"
        )
        worked_on = requests.filtered(lambda r: r.desk_state == IN_WORK)
        requests._end(CANCELLED)
        for request in requests:
            request.message_post(body=reason, subtype_xmlid="mail.mt_note")
        worked_on._alert_by_user(
            "purchase_journal_sales_cancelled",
            lambda r: r.buyer_id - r.env.user,
            reason=reason,
        )

    # -- Actions ------------------------------------------------------------------

    def _check_buyer(self):
        if not self.env.user.has_group(BUYERS):
            raise AccessError(self.env._("Only buyers work requests."))
        self.check_access("write")

    def action_take(self):
        """Take requests into work (rule 37). Who comes second reads who has it."""
        self._check_buyer()
        self._lock_to_work()
        taken = self.filtered(
            lambda r: r.desk_state == IN_WORK and r.buyer_id != self.env.user
        )
        if taken:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(buyer)s has %(request)s in work already.",
                        buyer=request.buyer_id.name or self.env._("Somebody"),
                        request=request.display_name,
                    )
                    for request in taken
                )
            )
        self.filtered(lambda r: r.desk_state == ASKED)._take()

    def _take(self):
        self.write({"desk_state": IN_WORK, "buyer_id": self.env.user.id})

    def _lock_to_work(self):
        """One buyer at a time; as :meth:`sale.order.line._lock_to_ask`."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH locked AS (
                    SELECT id FROM purchase_journal_request WHERE id IN %s
                     ORDER BY id FOR NO KEY UPDATE
                )
                UPDATE purchase_journal_request request
                   SET write_date = request.write_date
                  FROM locked WHERE locked.id = request.id
                """,
                tuple(self.ids) or (None,),
            ),
            log_exceptions=False,
        )

    def action_comment(self):
        """Open the dialog in which one comments on these requests."""
        return self._open_dialog(
            "purchase.journal.comment",
            self.env._("Comment"),
            default_request_ids=self.ids,
        )

    def _open_dialog(self, model, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    def action_cancel(self):
        """Give up on requests: the buyer, or the salesperson who no longer needs it.
        The other one is told."""
        self.check_access("read")
        # sudo: purchase.journal.request: a salesperson may end what he asked for.
        requests = self.sudo()
        requests._check_not_planned()
        ended = requests.filtered(lambda r: r.desk_state not in ENDED)
        worked_on = ended.filtered(lambda r: r.desk_state == IN_WORK)
        ended._end(CANCELLED)
        ended._alert_cancelled(worked_on)

    def action_open_order(self):
        """Open the sales order of the request."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
