# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

BUYERS = "purchase.group_purchase_user"


class PurchaseJournalRequest(models.Model):
    """Rule 35: what was asked for by itself says why."""

    _inherit = "purchase.journal.request"

    rule_id = fields.Many2one(
        "purchase.journal.rule",
        string="Made by Rule",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        groups=BUYERS,
        help="Empty: a salesperson asked.",
    )
    reason = fields.Char(
        readonly=True, help="Why it was asked for by itself, in words."
    )

    _one_asked_for_stock = models.UniqueIndex(
        "(product_id, warehouse_id) WHERE desk_state = 'asked' "
        "AND sale_line_id IS NULL AND order_id IS NULL",
        "This product is asked for in this warehouse already.",
    )

    def _get_alert_values(self):
        """A rule asks in its own name, and what is for no order is for the stock of
        its warehouse."""
        # sudo: purchase.journal.request: the rule is named to buyers alone.
        requests = self.sudo()
        rules = requests.rule_id
        by_rule = len(rules) == 1 and all(one.rule_id for one in requests)
        values = super()._get_alert_values()
        if by_rule:
            values["salesperson"] = rules
        if not values["orders"]:
            values["orders"] = requests.warehouse_id
        return values
