# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.models import parse_read_group_spec
from odoo.tools import SQL

from ..states import DELIVERY_STATES, SEVERITIES


class AlertReport(models.Model):
    """What becomes of the alerts of each type: a line for each delivery, with
    neither its text nor its reader."""

    _name = "alert.report"
    _description = "Statistics of alerts"
    _auto = False
    _order = "notified_at DESC, id DESC"
    _rec_name = "type_id"

    type_id = fields.Many2one("alert.type", "Alert", readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    must_do = fields.Boolean("Must be done", readonly=True)
    state = fields.Selection(DELIVERY_STATES, readonly=True)
    notified_at = fields.Datetime("Told at", readonly=True)
    is_ignored = fields.Boolean(
        "Nobody reacts",
        readonly=True,
        help="Nobody ever saw or did an alert of this type.",
    )
    sent = fields.Integer(readonly=True)
    seen = fields.Integer(readonly=True)
    done = fields.Integer(readonly=True)
    withdrawn = fields.Integer(readonly=True)
    seen_share = fields.Float(
        "Seen, %", readonly=True, aggregator="avg", help="Seen or done, of all sent."
    )
    done_share = fields.Float(
        "Done, %", readonly=True, aggregator="avg", help="Done, of all sent."
    )
    minutes_to_seen = fields.Float(
        "To seen, min (average)", readonly=True, aggregator="avg"
    )
    minutes_to_done = fields.Float(
        "To done, min (average)", readonly=True, aggregator="avg"
    )
    median_to_seen = fields.Float(
        "To seen, min (median)", readonly=True, aggregator="median"
    )
    median_to_done = fields.Float(
        "To done, min (median)", readonly=True, aggregator="median"
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT delivery.id, delivery.type_id, delivery.severity,
                   delivery.must_do, delivery.state, delivery.notified_at,
                   type.is_ignored,
                   1 AS sent,
                   (reacted_at IS NOT NULL)::int AS seen,
                   (done_at IS NOT NULL)::int AS done,
                   (state = 'withdrawn')::int AS withdrawn,
                   (reacted_at IS NOT NULL)::int * 100.0 AS seen_share,
                   (done_at IS NOT NULL)::int * 100.0 AS done_share,
                   seen.minutes AS minutes_to_seen, seen.minutes AS median_to_seen,
                   done.minutes AS minutes_to_done, done.minutes AS median_to_done
              FROM alert_delivery AS delivery
              JOIN (%s) AS type ON type.id = delivery.type_id
        CROSS JOIN LATERAL (
                   SELECT COALESCE(delivery.seen_at, delivery.done_at) AS reacted_at
                   ) AS reaction
        CROSS JOIN LATERAL (%s) AS seen
        CROSS JOIN LATERAL (%s) AS done
            """,
            self._select_types(),
            self._select_minutes(SQL("reacted_at")),
            self._select_minutes(SQL("delivery.done_at")),
        )

    @api.model
    def _select_types(self):
        return SQL(
            """
            SELECT id, NOT EXISTS (
                       SELECT 1 FROM alert_delivery AS any_delivery
                        WHERE any_delivery.type_id = alert_type.id
                          AND (seen_at IS NOT NULL OR done_at IS NOT NULL)
                   ) AS is_ignored
              FROM alert_type
            """
        )

    @api.model
    def _select_minutes(self, moment):
        """None, rather than fewer, where the clock was put back in between."""
        return SQL(
            """
            SELECT EXTRACT(EPOCH FROM CASE
                       WHEN %s < delivery.notified_at THEN interval '0'
                       ELSE %s - delivery.notified_at END) / 60.0 AS minutes
            """,
            moment,
            moment,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Knows ``median`` too, which recurs in no sum of its parts."""
        if aggregate_spec.endswith(":median"):
            name, _property, _func = parse_read_group_spec(aggregate_spec)
            return SQL(
                "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)",
                self._field_to_sql(self._table, name, query),
            )
        return super()._read_group_select(aggregate_spec, query)
