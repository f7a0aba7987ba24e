# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..models.purchase_journal_request import BUYERS


class PurchaseJournalComment(models.TransientModel):
    """The dialog in which one comments on requests, many at once too."""

    _name = "purchase.journal.comment"
    _description = "Comment on Requests"

    request_ids = fields.Many2many("purchase.journal.request", required=True)
    body = fields.Text(string="Comment", required=True)
    needs_decision = fields.Boolean(
        string="Needs the salesperson's decision",
        help="The salesperson gets an alert, and the mark on his order line turns red.",
    )
    is_buyer = fields.Boolean(compute="_compute_is_buyer")

    @api.depends("request_ids")
    @api.depends_context("uid")
    def _compute_is_buyer(self):
        self.is_buyer = self.env.user.has_group(BUYERS)

    def action_post(self):
        """Post the comment on each request; it shows on the order line."""
        self.ensure_one()
        self.request_ids.check_access("read")
        self.request_ids._comment(self.body, needs_decision=self.needs_decision)
        return {"type": "ir.actions.act_window_close"}
