# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskTicketTeam(models.Model):
    """Whether a team asks its customers what they think of its answers."""

    _inherit = "helpdesk.ticket.team"

    asks_for_marks = fields.Boolean(
        string="Marks in answers",
        default=True,
        help="Every answer by e-mail carries two marks, for its quality and its speed, "
        "one click each, and a way to write to the manager.",
    )

    def _is_asking_for_marks(self):
        """What has no team asks, too."""
        return not self or self.asks_for_marks
