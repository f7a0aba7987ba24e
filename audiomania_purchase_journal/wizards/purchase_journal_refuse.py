# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class PurchaseJournalRefuse(models.TransientModel):
    _name = "purchase.journal.refuse"
    _description = "Refuse Requests"
    _inherit = ["purchase.journal.dialog"]

    reason_id = fields.Many2one(
        "purchase.journal.refusal.reason", string="Why", required=True
    )

    def action_refuse(self):
        """Refuse with the reason; the salesperson is told."""
        self.ensure_one()
        self.request_ids._refuse(self.reason_id, self._get_words())
        return self._close()
