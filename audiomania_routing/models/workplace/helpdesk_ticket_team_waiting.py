# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

USUAL_DAYS = 14
"""Also for what has no team."""


class HelpdeskTicketTeam(models.Model):
    """After how many days without a word of the customer a conversation closes (16)."""

    _inherit = "helpdesk.ticket.team"

    close_after_days = fields.Integer(
        string="Closes after",
        default=USUAL_DAYS,
        help="So many days after the last answer a conversation closes by itself, if "
        "the customer has not written. He is not told; his next letter opens it again. "
        "0: it stays open until somebody closes it.",
    )

    @api.constrains("close_after_days")
    def _check_close_after_days(self):
        if any(team.close_after_days < 0 for team in self):
            raise ValidationError(
                self.env._("A conversation closes after a number of days, or never: 0.")
            )

    def _get_closing_stage(self):
        """The first stage of the team that closes: hook."""
        return self._get_applicable_stages().filtered("closed")[:1]
