# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_rules(self):
        """What is in force for this conversation: the ``Rules`` of its team or company.

        ``_get_rules().take_away_by`` says who may take it from its assignee (rule 10).
        """
        self.ensure_one()
        # sudo: helpdesk.ticket: also for who may not read it
        ticket = self.sudo()
        return self.env["routing.policy"]._get_rules(ticket.company_id, ticket.team_id)

    def action_show_decision(self):
        """Why the latest decision of this conversation is what it is."""
        self.ensure_one()
        self.check_access("read")
        inquiry = self._get_decided_inquiry()
        return bool(inquiry) and inquiry.action_show_decision()
