# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

BUYERS = "purchase.group_purchase_user"


class PurchaseOrder(models.Model):
    """A purchase order leads to the requests that it serves."""

    _inherit = "purchase.order"

    journal_request_count = fields.Integer(
        string="Requests", compute="_compute_journal_request_count", groups=BUYERS
    )

    def _compute_journal_request_count(self):
        groups = self.env["purchase.journal.allocation"]._read_group(
            [("purchase_line_id.order_id", "in", self.ids)],
            ["purchase_line_id"],
            ["request_id:recordset"],
        )
        requests = dict.fromkeys(self, self.env["purchase.journal.request"])
        for line, served in groups:
            requests[line.order_id] |= served
        for order in self:
            order.journal_request_count = len(requests[order])

    def action_open_journal_requests(self):
        """The requests on this order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_purchase_journal.purchase_journal_request_action"
        )
        domain = [("allocation_ids.purchase_line_id.order_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}
