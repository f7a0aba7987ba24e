# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class PurchaseJournalExpect(models.TransientModel):
    _name = "purchase.journal.expect"
    _description = "Day on Which Requests Are Expected"
    _inherit = ["purchase.journal.dialog"]

    expected_date = fields.Date(string="Expected on", required=True)

    def action_expect(self):
        """Show the day on the order lines."""
        self.ensure_one()
        self.request_ids._expect(self.expected_date, self._get_words())
        return self._close()
