# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    @api.constrains("closed")
    def _check_nothing_pending(self):
        """A stage cannot become a closed one over waiting conversations (rule 16)."""
        closed = self.filtered("closed")
        if closed:
            # sudo: helpdesk.ticket: the rule holds for conversations nobody shows him
            tickets = self.env["helpdesk.ticket"].sudo()
            tickets.search(
                [("stage_id", "in", closed.ids), ("inquiry_state", "=", "pending")]
            )._check_closing()
