# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class RoutingFacts(models.AbstractModel):
    """Which policy the engine is asked with."""

    _inherit = "routing.facts"

    @api.model
    def _get_policy(self, company=None, team=None):
        """What a company, or a team of it, wants: the engine's ``Policy``.

        Asking costs no query. Without a company, what is common to all.
        """
        return self.env["routing.policy"]._get_rules(company, team).engine

    @api.model
    def _get_case_policy(self, inquiry, case):
        """The policy by which an inquiry is decided: that of the team that serves the
        customer's audience, else of the team it came to.

        :param case: what ``_gather`` knows of the inquiry
        """
        # sudo: helpdesk.inquiry: whoever wrote need not read it
        inquiry = inquiry.sudo()
        team = inquiry.ticket_id.team_id
        if case.customer.audience_team_id:
            team = team.browse(case.customer.audience_team_id)
        return self._get_policy(inquiry.company_id, team)
