# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.audiomania_alerts.domains import check_domain, parse_domain
from odoo.addons.audiomania_alerts.placeholders import AlertFault

CONFIRMED = "confirmed"
MINIMUM = "minimum"
LIKELY = "likely"
KINDS = [
    (CONFIRMED, "An order is confirmed and its goods are short"),
    (MINIMUM, "The stock is below its minimum"),
    (LIKELY, "A quotation was sent, its goods are short and the vendor needs long"),
]
RULED_MODELS = {
    CONFIRMED: "sale.order.line",
    LIKELY: "sale.order.line",
    MINIMUM: "product.product",
}


class PurchaseJournalRule(models.Model):
    """What is asked for by itself (rule 35), and the reason that stands on the
    request."""

    _name = "purchase.journal.rule"
    _description = "Rule of the Purchase Journal"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="Of the rules that come with the journal, those for minimum stocks and "
        "likely quotations are archived until somebody wants them.",
    )
    sequence = fields.Integer(
        default=10, help="Of two rules that fit one need the first asks."
    )
    kind = fields.Selection(
        KINDS,
        string="When",
        required=True,
        default=CONFIRMED,
        tracking=True,
        help="What makes the rule ask.",
    )
    reason = fields.Char(
        required=True,
        translate=True,
        tracking=True,
        help="The words that buyer and salesperson read on the request.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: the rule holds in every company.",
    )
    model_name = fields.Char(compute="_compute_model_name")
    domain = fields.Char(
        string="Only For",
        default="[]",
        tracking=True,
        help="Order lines, or products for a minimum stock, that the rule is about.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        string="Who Is Asked",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Who answers the buyer's questions where there is no salesperson.",
    )
    vendor_days = fields.Integer(
        string="Vendor Needs at Least",
        default=14,
        help="Days of lead time in the vendor list from which on a quotation is not "
        "waited for.",
    )
    warehouse_ids = fields.Many2many(
        "stock.warehouse",
        string="Warehouses",
        check_company=True,
        help="Whose stock is watched. Empty: all warehouses of the company.",
    )
    minimum_qty = fields.Float(
        string="Own Minimum",
        digits="Product Unit",
        help="For products without a reordering rule in the warehouse, in the unit of "
        "the product. Zero: only what reordering rules say counts.",
    )
    maximum_qty = fields.Float(
        string="Fill Up To",
        digits="Product Unit",
        help="What is asked for fills the stock up to this; never below the minimum.",
    )
    rest_days = fields.Integer(
        string="Rest After a Refusal",
        default=30,
        help="Days for which a product that buyers refused is not asked for again.",
    )
    last_run_at = fields.Datetime(string="Looked Last", readonly=True, copy=False)
    request_ids = fields.One2many("purchase.journal.request", "rule_id")
    request_count = fields.Integer(compute="_compute_request_count")

    _numbers_positive = models.Constraint(
        "CHECK(vendor_days >= 0 AND minimum_qty >= 0 AND maximum_qty >= 0 "
        "AND rest_days >= 0)",
        "Days and quantities of a rule cannot be negative.",
    )

    @api.depends("kind")
    def _compute_model_name(self):
        for rule in self:
            rule.model_name = RULED_MODELS.get(rule.kind)

    def _compute_request_count(self):
        groups = self.env["purchase.journal.request"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.request_count = counts.get(rule.id, 0)

    @api.constrains("domain", "kind")
    def _check_domain(self):
        """A domain that holds no code, and by which records can be found."""
        for rule in self:
            try:
                check_domain(self.env[RULED_MODELS[rule.kind]], rule.domain)
            except AlertFault as fault:
                raise ValidationError(str(fault)) from fault

    def _get_domain(self):
        return parse_domain(self.env, self.domain)

    @api.model
    def _find_rules(self, kind, companies):
        """The active rules of a kind that hold in these companies, first come, first
        served."""
        # sudo: purchase.journal.rule: they work for everybody, managers write them.
        return self.sudo().search_fetch(
            [("kind", "=", kind), ("company_id", "in", [*companies.ids, False])],
            ["kind", "company_id", "domain", "vendor_days"],
        )

    def _holds_in(self, company):
        return self.company_id in (company, self.env["res.company"])

    def action_open_requests(self):
        """What this rule asked for."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_purchase_journal.purchase_journal_request_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}
