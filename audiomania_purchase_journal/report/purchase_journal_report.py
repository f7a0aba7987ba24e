# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from ..models.purchase_journal_rule import KINDS
from ..models.request_state import ENDED, STATES

ASKED_BY_HAND = "asked"


class PurchaseJournalReport(models.Model):
    """How the journal works: one row for each request.

    It holds vendors, so it is for those who buy. It holds no price.
    """

    _name = "purchase.journal.report"
    _description = "Purchase Journal Analysis"
    _auto = False
    _rec_name = "request_id"
    _order = "requested_at desc, id desc"
    _depends = {
        "purchase.journal.request": [
            "bought_from_id",
            "buyer_id",
            "categ_id",
            "company_id",
            "create_date",
            "date_wanted",
            "desk_state",
            "order_id",
            "ordered_at",
            "partner_id",
            "product_id",
            "received_at",
            "refusal_reason_id",
            "requested_by_id",
            "rule_id",
            "state",
            "vendor_id",
        ],
        "purchase.journal.rule": ["kind"],
        "res.company": ["partner_id"],
        "res.partner": ["tz"],
    }

    request_id = fields.Many2one("purchase.journal.request", readonly=True)
    requested_at = fields.Datetime(string="Asked on", readonly=True)
    ordered_at = fields.Datetime(
        string="Ordered on",
        readonly=True,
        help="When the last of it came on a confirmed purchase order.",
    )
    received_at = fields.Datetime(
        string="Received on", readonly=True, help="When the last of it was received."
    )
    date_wanted = fields.Date(string="Wanted", readonly=True)
    hours_to_order = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Hours by the clock, nights and weekends included, from asking until "
        "all of it stood on confirmed purchase orders.",
    )
    hours_to_receipt = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Hours by the clock, nights and weekends included, from asking until "
        "all of it was received.",
    )
    punctuality = fields.Selection(
        [("on_time", "On time"), ("late", "Late"), ("open", "Not due yet")],
        readonly=True,
        help="On time: all of it was received on the day wanted or before. Late: "
        "received later, or that day is over. Days are those of the company. Empty: "
        "no day was wanted, or nobody buys it any more.",
    )
    on_time = fields.Float(
        string="On Time, %",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of those that are on time or late: the share that is on time.",
    )
    state = fields.Selection(STATES, string="Status", readonly=True)
    asked_because = fields.Selection(
        [(ASKED_BY_HAND, "A salesperson asked"), *KINDS],
        string="Why It Was Asked",
        readonly=True,
    )
    rule_id = fields.Many2one(
        "purchase.journal.rule", string="Made by Rule", readonly=True
    )
    refusal_reason_id = fields.Many2one(
        "purchase.journal.refusal.reason", string="Refused Because", readonly=True
    )
    requested_by_id = fields.Many2one("res.users", string="Asked by", readonly=True)
    buyer_id = fields.Many2one("res.users", readonly=True)
    vendor_id = fields.Many2one(
        "res.partner",
        readonly=True,
        help="From whom it was bought, of several the last; else whom it was to be "
        "bought from.",
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT measured.*,
                   CASE punctuality WHEN 'on_time' THEN 100 WHEN 'late' THEN 0 END
                       AS on_time
              FROM (%s) AS measured
            """,
            self._measure(),
        )

    def _measure(self):
        """Each request with its times, judged at the moment of the query."""
        return SQL(
            """
            SELECT request.id, request.id AS request_id,
                   request.create_date AS requested_at, request.ordered_at,
                   request.received_at, request.date_wanted, request.state,
                   request.requested_by_id, request.buyer_id, request.partner_id,
                   request.product_id, request.categ_id, request.order_id,
                   request.company_id, request.rule_id, request.refusal_reason_id,
                   COALESCE(rule.kind, %(by_hand)s) AS asked_because,
                   COALESCE(request.bought_from_id, request.vendor_id) AS vendor_id,
                   %(hours_to_order)s AS hours_to_order,
                   %(hours_to_receipt)s AS hours_to_receipt,
                   %(punctuality)s AS punctuality
              FROM purchase_journal_request request
              JOIN res_company company ON company.id = request.company_id
              JOIN res_partner place ON place.id = company.partner_id
              LEFT JOIN purchase_journal_rule rule ON rule.id = request.rule_id
            """,
            by_hand=ASKED_BY_HAND,
            hours_to_order=self._get_hours_until(SQL("request.ordered_at")),
            hours_to_receipt=self._get_hours_until(SQL("request.received_at")),
            punctuality=self._judge(),
        )

    def _get_hours_until(self, moment):
        """None, rather than fewer, where the clock was put back in between."""
        return SQL(
            """
            EXTRACT(EPOCH FROM CASE
                WHEN %(moment)s < request.create_date THEN interval '0'
                ELSE %(moment)s - request.create_date END) / 3600
            """,
            moment=moment,
        )

    def _judge(self):
        """On time or late, by the calendar of the company."""
        now = fields.Datetime.now()
        return SQL(
            """
            CASE WHEN request.date_wanted IS NULL THEN NULL
                 WHEN request.received_at IS NULL AND request.desk_state IN %(ended)s
                 THEN NULL
                 WHEN %(day)s > request.date_wanted THEN 'late'
                 WHEN request.received_at IS NULL THEN 'open'
                 ELSE 'on_time' END
            """,
            ended=ENDED,
            day=SQL(
                "(COALESCE(request.received_at, %s) AT TIME ZONE 'UTC'"
                " AT TIME ZONE COALESCE(place.tz, 'UTC'))::date",
                now,
            ),
        )

    def action_open_request(self):
        """Open the request behind a row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "purchase.journal.request",
            "res_id": self.request_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
