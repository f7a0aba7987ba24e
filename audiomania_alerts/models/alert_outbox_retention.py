# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 365


class AlertOutbox(models.Model):
    _inherit = "alert.outbox"

    @api.model
    def _purge(self, limit):
        """Remove faults that nobody looked after for a year; return how many."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM alert_outbox
                 WHERE id IN (
                    SELECT id FROM alert_outbox
                     WHERE state = 'failed'
                       AND create_date < %s::timestamp - %s * interval '1 day'
                     LIMIT %s
                       FOR UPDATE SKIP LOCKED)
                """,
                fields.Datetime.now(),
                KEPT_DAYS,
                limit,
            )
        )
        removed = self.env.cr.rowcount
        self.env.invalidate_all()
        return removed
