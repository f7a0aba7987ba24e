# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models


class PurchaseJournalPutAside(models.TransientModel):
    _name = "purchase.journal.put.aside"
    _description = "Put Requests Aside"
    _inherit = ["purchase.journal.dialog"]

    aside_until = fields.Date(
        string="Until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=1),
    )

    def action_put_aside(self):
        """They come back by themselves on that day."""
        self.ensure_one()
        self.request_ids._put_aside(self.aside_until, self._get_words())
        return self._close()
