# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class PurchaseJournalDialog(models.AbstractModel):
    """A dialog in which a buyer decides about requests, many at once too."""

    _name = "purchase.journal.dialog"
    _description = "Dialog about Requests"

    request_ids = fields.Many2many("purchase.journal.request", required=True)
    comment = fields.Text(
        help="What the salesperson should know. It shows on the order line."
    )

    def _get_words(self):
        return (self.comment or "").strip()

    def _close(self):
        return {"type": "ir.actions.act_window_close"}
