# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError

from ...names import PENDING

NAMED = 10
"""So many are named in a sentence."""


class HelpdeskTicket(models.Model):
    """A conversation in which something waits is closed in no way (rule 16): whoever
    tries it with many reads which of them refuse."""

    _inherit = "helpdesk.ticket"

    @api.constrains("stage_id", "active")
    def _check_closing(self):
        refusing = self.filtered(
            lambda ticket: (
                ticket.inquiry_state == PENDING
                and (ticket.stage_id.closed or not ticket.active)
            )
        )
        if len(refusing) < 2:
            return super()._check_closing()
        raise ValidationError(
            self.env._(
                "%(count)s conversations cannot be closed: a message of the customer "
                "is not worked out yet in each of them. Answer it, or press "
                "'No action required'.\n%(tickets)s",
                count=len(refusing),
                tickets=refusing._list_names(),
            )
        )

    def _list_names(self):
        """Their names, a line for each, as far as they fit in a dialog."""
        names = self[:NAMED].mapped("display_name")
        if more := len(self) - len(names):
            names.append(self.env._("and %(count)s more", count=more))
        return "\n".join(names)

    def _compute_stage_id(self):
        """Another team closes nothing that waits: its first open stage holds."""
        result = super()._compute_stage_id()
        for ticket in self:
            if ticket.inquiry_state == PENDING and ticket.stage_id.closed:
                stages = ticket.team_id._get_applicable_stages()
                if opened := stages.filtered(lambda stage: not stage.closed)[:1]:
                    ticket.stage_id = opened
        return result
