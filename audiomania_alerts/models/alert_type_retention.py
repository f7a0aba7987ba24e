# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .alert_outbox import BATCH


class AlertType(models.Model):
    _inherit = "alert.type"

    keep_days = fields.Integer(
        "Kept for days",
        default=365,
        help="So long after it was closed an alert is removed with all its "
        "deliveries. 0: never.",
    )

    _keep_days_positive = models.Constraint(
        "CHECK(keep_days >= 0)", "Days are counted from 0."
    )

    @api.model
    def _cron_purge(self):
        """Remove what is kept long enough, in batches that wait for nobody and keep
        nobody waiting."""
        outbox = self.env["alert.outbox"]
        outbox._drain(lambda env: env["alert.alert"]._purge(BATCH))
        outbox._drain(lambda env: env["alert.outbox"]._purge(BATCH))
        outbox._drain(lambda env: env["alert.rule.moment"]._forget(BATCH))
