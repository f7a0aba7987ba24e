# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

USUAL_HOURS = 8.0
"""Also for what has no team: a working day."""


class HelpdeskTicketTeam(models.Model):
    """How soon who gave a bad mark hears back (rule 24)."""

    _inherit = "helpdesk.ticket.team"

    followup_hours = fields.Float(
        string="Bad marks are followed up within",
        default=USUAL_HOURS,
        help="So many working hours of the team after a bad mark its supervisor has"
        " closed the follow-up; after that the one above him is told.",
    )

    _followup_hours_positive = models.Constraint(
        "CHECK(followup_hours > 0)", "A follow-up needs some time to be done in."
    )

    def _plan_followup(self, start):
        """The moment by which what begins now is to be followed up."""
        hours = self.followup_hours if self else USUAL_HOURS
        return self._plan_working_hours(start, hours)

    def _find_leader_above(self, followup, left_out):
        """The nearest leader, of this team or of one above, who is none of these and
        works with conversations of its company."""
        team = self
        while team:
            if leader := followup._filter_able(team.user_id) - left_out:
                return leader
            team = team.parent_id
        return self.env["res.users"]
