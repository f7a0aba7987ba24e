# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 8


class AlertRuleMoment(models.Model):
    """Of which moments a rule has spoken already: never twice of the same."""

    _name = "alert.rule.moment"
    _description = "Moment of which an alert rule has spoken"
    _log_access = False

    rule_id = fields.Many2one("alert.rule", required=True, ondelete="cascade")
    res_id = fields.Integer(required=True)
    moment = fields.Datetime(required=True)

    _moment_unique = models.UniqueIndex("(rule_id, res_id, moment)")
    _old_idx = models.Index("(moment)")

    @api.model
    def _remember(self, rule, moments):
        """Note these moments; return the ids of those records whose moment was not
        noted before, by whichever worker.

        :param moments: dict of record ids.
        """
        if not moments:
            return []
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO alert_rule_moment (rule_id, res_id, moment)
                     SELECT %s, res_id, moment
                       FROM unnest(%s, %s::timestamp[]) AS due (res_id, moment)
                   ORDER BY res_id
                ON CONFLICT (rule_id, res_id, moment) DO NOTHING
                  RETURNING res_id
                """,
                rule.id,
                list(moments),
                list(moments.values()),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    @api.model
    def _get_remembered(self, rule, ids):
        """Pairs (record id, moment)."""
        self.env.cr.execute(
            SQL(
                "SELECT res_id, moment FROM alert_rule_moment"
                " WHERE rule_id = %s AND res_id = ANY(%s)",
                rule.id,
                list(ids),
            )
        )
        return set(self.env.cr.fetchall())

    @api.model
    def _forget(self, limit):
        """Remove what is too old to be spoken of again; return how many."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM alert_rule_moment
                 WHERE id IN (
                    SELECT id FROM alert_rule_moment
                     WHERE moment < now() at time zone 'UTC' - %s * interval '1 day'
                     LIMIT %s
                       FOR UPDATE SKIP LOCKED)
                """,
                KEPT_DAYS,
                limit,
            )
        )
        return self.env.cr.rowcount
