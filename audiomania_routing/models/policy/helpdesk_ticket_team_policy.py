# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    def _is_taken_shown(self):
        """Whether its members read what its members have taken (rule 14)."""
        rules = self.env["routing.policy"]._get_rules(self.company_id, self)
        return rules.team_reads_taken
