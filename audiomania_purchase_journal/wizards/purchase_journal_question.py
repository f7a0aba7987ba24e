# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class PurchaseJournalQuestion(models.TransientModel):
    """The dialog in which a buyer asks salespeople, about many positions too."""

    _name = "purchase.journal.question"
    _description = "Question to the Salesperson"

    request_ids = fields.Many2many("purchase.journal.request", required=True)
    body = fields.Text(string="Question", required=True)

    def action_ask(self):
        """Each salesperson gets an alert, and answers on his order line."""
        self.ensure_one()
        self.request_ids.check_access("write")
        self.request_ids._ask_question(self.body)
        return {"type": "ir.actions.act_window_close"}
