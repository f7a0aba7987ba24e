# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from .request_state import COMING_STATES, OPEN_STATES

BUYERS = "purchase.group_purchase_user"
UNFINISHED = OPEN_STATES + COMING_STATES
OVERDUE = "overdue"
LATE = "late"
CLOSE = "close"
URGENCIES = [
    (OVERDUE, "Overdue"),
    (LATE, "Later than promised"),
    (CLOSE, "Close to the promised date"),
]
# Moves that still bring goods.
MOVES_TO_COME = ("waiting", "confirmed", "partially_available", "assigned")


class PurchaseJournalRequest(models.Model):
    """Rule 36: what a buyer decides by, beside the request; computed for a whole page
    at once."""

    _inherit = "purchase.journal.request"

    is_late = fields.Boolean(
        string="Later Than Promised",
        compute="_compute_is_late",
        store=True,
        help="It is expected after the day that the customer was promised.",
    )
    is_close = fields.Boolean(
        string="Close to the Promised Date",
        compute="_compute_is_close",
        search="_search_is_close",
        help="The date that the customer was promised comes within the days that the "
        "settings of the company say.",
    )
    urgency = fields.Selection(URGENCIES, compute="_compute_urgency")
    incoming_date = fields.Date(
        string="Comes On",
        compute="_compute_incoming_date",
        groups=BUYERS,
        help="When the next of what is on the way arrives in the warehouse.",
    )
    vendor_price = fields.Monetary(
        string="Vendor's Price",
        currency_field="vendor_currency_id",
        compute="_compute_vendor_facts",
        groups=BUYERS,
        help="By the vendor list, for one unit that the vendor sells.",
    )
    vendor_currency_id = fields.Many2one(
        "res.currency", compute="_compute_vendor_facts", groups=BUYERS
    )
    vendor_min_qty = fields.Float(
        string="Vendor's Minimum",
        digits="Product Unit",
        compute="_compute_vendor_facts",
        groups=BUYERS,
        help="The least that the vendor sells at this price, in his unit.",
    )
    vendor_uom_id = fields.Many2one(
        "uom.uom",
        string="Vendor's Unit",
        compute="_compute_vendor_facts",
        groups=BUYERS,
    )
    vendor_delay = fields.Integer(
        string="Lead Time",
        compute="_compute_vendor_facts",
        groups=BUYERS,
        help="Days that the vendor needs.",
    )

    @api.depends("expected_date", "date_promised")
    def _compute_is_late(self):
        for request in self:
            promised = request._get_customer_day()
            expected = request.expected_date
            request.is_late = bool(promised and expected and expected > promised)

    def _get_customer_day(self):
        """The day that the customer was promised, where the company is."""
        if not self.date_promised:
            return None
        zone = pytz.timezone(self.company_id.partner_id.tz or "UTC")
        return pytz.utc.localize(self.date_promised).astimezone(zone).date()

    @api.depends("date_promised", "company_id.journal_close_days")
    def _compute_is_close(self):
        now = fields.Datetime.now()
        for request in self:
            # sudo: res.company: a number
            until = request.company_id.sudo()._get_close_until(now)
            promised = request.date_promised
            request.is_close = bool(promised) and now <= promised <= until

    @api.model
    def _search_is_close(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        # sudo: res.company: a number of each of them
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        close = Domain("date_promised", ">=", now) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_promised", "<=", company._get_close_until(now))
            for company in companies.search([])
        )
        chosen = {True: close, False: ~close | Domain("date_promised", "=", False)}
        return Domain.OR(chosen[bool(each)] for each in value)

    @api.depends("state", "date_wanted", "date_promised", "is_late", "is_close")
    def _compute_urgency(self):
        now, today = fields.Datetime.now(), fields.Date.context_today(self)
        for request in self:
            request.urgency = request._get_urgency(now, today)

    def _get_urgency(self, now, today):
        """What is worst about the dates of a request that is not finished."""
        if self.state not in UNFINISHED:
            return False
        promised, wanted = self.date_promised, self.date_wanted
        if (wanted and wanted < today) or (promised and promised < now):
            return OVERDUE
        if self.is_late:
            return LATE
        return CLOSE if self.is_close else False

    @api.depends("product_id", "warehouse_id")
    def _compute_incoming_date(self):
        for warehouse, requests in self.grouped("warehouse_id").items():
            dates = requests._get_incoming_dates(warehouse)
            for request in requests:
                request.incoming_date = dates.get(request.product_id)

    def _get_incoming_dates(self, warehouse):
        """When the next of each product arrives in the warehouse, in one query."""
        products = self.product_id.with_context(warehouse_id=warehouse.id)
        _quants, incoming, _outgoing = products._get_domain_locations()
        groups = self.env["stock.move"]._read_group(
            Domain(incoming)
            & Domain("product_id", "in", products.ids)
            & Domain("state", "in", MOVES_TO_COME),
            ["product_id"],
            ["date:min"],
        )
        return {
            product: fields.Datetime.context_timestamp(self, moment).date()
            for product, moment in groups
        }

    @api.depends("product_id", "vendor_id", "qty_to_order", "product_qty")
    def _compute_vendor_facts(self):
        for request in self:
            seller = request._select_seller()
            request.vendor_price = seller.price_discounted
            request.vendor_currency_id = seller.currency_id
            request.vendor_min_qty = seller.min_qty
            request.vendor_uom_id = seller.product_uom_id
            request.vendor_delay = seller.delay
