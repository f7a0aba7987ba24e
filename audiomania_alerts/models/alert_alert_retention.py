# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class AlertAlert(models.Model):
    _inherit = "alert.alert"

    _closed_idx = models.Index("(type_id, closed_at) WHERE state != 'open'")

    @api.model
    def _purge(self, limit):
        """Remove closed alerts that are old enough; return how many."""
        self.env.cr.execute(
            SQL(
                """
                WITH old AS (
                    SELECT alert.id
                      FROM alert_type AS type
                      JOIN alert_alert AS alert ON alert.type_id = type.id
                     WHERE alert.state != 'open'
                       AND type.keep_days > 0
                       AND alert.closed_at < %s::timestamp
                                             - type.keep_days * interval '1 day'
                     LIMIT %s
                       FOR UPDATE OF alert SKIP LOCKED)
                DELETE FROM alert_alert WHERE id IN (SELECT id FROM old)
                """,
                fields.Datetime.now(),
                limit,
            )
        )
        removed = self.env.cr.rowcount
        self.env.invalidate_all()
        return removed
