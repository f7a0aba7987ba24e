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

    invites_to_rate = fields.Boolean(
        string="Invites to rate",
        help="After an answer the customer gets one letter that asks for his marks, if "
        "he has given none, nothing of his waits and he was not asked lately.",
    )
    invite_after_hours = fields.Integer(
        string="Invites after",
        default=24,
        help="In hours after the answer.",
    )

    _invite_after_check = models.Constraint(
        "CHECK (invite_after_hours >= 0)", "A customer is invited after the answer."
    )

    def _is_asking_for_marks(self):
        """What has no team asks, too."""
        return not self or self.asks_for_marks
