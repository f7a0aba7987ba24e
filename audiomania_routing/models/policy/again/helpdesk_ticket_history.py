# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from markupsafe import Markup

from odoo import models

from ....engine.reasons import Code

TOLD = {
    Code.WINDOW_LOST,
    Code.WINDOW_ENDED,
    Code.WINDOW_CUT,
    Code.SUBSTITUTE,
    Code.TEAM_EMPTY,
    Code.TEAM_CANNOT_ACT,
    Code.DEPARTMENT_CANNOT_ACT,
    Code.AUDIENCE_KNOWN,
    Code.AUDIENCE_UNKNOWN,
    Code.AUDIENCE_WITHOUT_TEAM,
}
"""What the history says of a decision; the rest stands in its explanation."""


class HelpdeskTicket(models.Model):
    """The line in the history that says why it was decided again."""

    _inherit = "helpdesk.ticket"

    def _log_decided_again(self, decision, cause):
        """An internal note, so only for who may read the conversation."""
        company = self.company_id
        ticket = self.with_context(
            lang=company.partner_id.lang or self.env.lang,
            tz=company.resource_calendar_id.tz or self.env.user.tz,
        )
        sentences = [cause, *ticket._tell_reasons(decision)]
        if rungs := ticket._describe_rungs():
            sentences.append(ticket.env._("Who sees it: %(rungs)s.", rungs=rungs))
        self._message_log(body=Markup("<br/>").join(sentences))

    def _tell_reasons(self, decision):
        """Sentences without anything that only who reads ratings may know."""
        told = tuple(one for one in decision.reasons if one.code in TOLD)
        return self.env["routing.facts"]._explain_reasons(
            replace(decision, reasons=told)
        )
