# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.audiomania_alerts.locking import lock_due

from .helpdesk_quality_followup import OPEN

ALERT_OVERDUE = "followup_overdue"
BATCH = 100


class HelpdeskQualityFollowup(models.Model):
    """What is not closed in time goes to the next supervisor above."""

    _inherit = "helpdesk.quality.followup"

    @api.model
    def _cron_escalate(self):
        """In batches; what one worker tells, no other one does."""
        outbox = self.env["alert.outbox"]
        outbox._drain(lambda env: env["helpdesk.quality.followup"]._escalate_due(BATCH))

    @api.model
    def _escalate_due(self, limit):
        """Hand up what is overdue; return how much it was."""
        now = fields.Datetime.now()
        found = self.search(
            [("state", "=", OPEN), ("escalate_at", "<=", now)],
            order="escalate_at, id",
            limit=limit,
        )
        due = lock_due(
            found,
            lambda one: one._is_open() and one.escalate_at and one.escalate_at <= now,
        )
        for followup in due:
            followup._escalate(now)
        return len(due)

    def _escalate(self, now):
        """Who is above is responsible from now on, and has as much time again; where
        nobody is left those who know are told that it is overdue."""
        above = self._find_supervisors()
        if not above:
            self.escalate_at = False
            self._alert(ALERT_OVERDUE, self.supervisor_ids)
            return
        self.write(
            {
                "supervisor_id": above[:1].id,
                "supervisor_ids": [fields.Command.link(user.id) for user in above],
                "escalate_at": self.team_id._plan_followup(now),
            }
        )
        self._alert(ALERT_OVERDUE, above)
