# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..states import (
    ALERT_DONE,
    ALERT_OPEN,
    ALERT_STATES,
    ALERT_WITHDRAWN,
    OPEN_STATES,
    SEEN,
)


class AlertAlert(models.Model):
    _name = "alert.alert"
    _description = "Alert"
    _order = "last_at DESC, id DESC"
    # No text of an alert is in its name: whoever sees a delivery sees this name.
    _rec_name = "type_id"

    type_id = fields.Many2one(
        "alert.type", required=True, readonly=True, ondelete="cascade"
    )
    key = fields.Char(
        required=True,
        readonly=True,
        help="Two events of one type with the same key are one alert while it is open.",
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    title = fields.Char(required=True, readonly=True, translate=True)
    body = fields.Text(readonly=True, translate=True)
    state = fields.Selection(
        ALERT_STATES, required=True, readonly=True, default=ALERT_OPEN
    )
    event_count = fields.Integer(
        "Events", readonly=True, help="How many times it was reported while open."
    )
    first_at = fields.Datetime("First reported", required=True, readonly=True)
    last_at = fields.Datetime("Last reported", required=True, readonly=True)
    closed_at = fields.Datetime("Closed", readonly=True)
    delivery_ids = fields.One2many("alert.delivery", "alert_id", readonly=True)

    _open_key_unique = models.UniqueIndex("(type_id, key) WHERE state = 'open'")
    _open_record_idx = models.Index("(res_model, res_id) WHERE state = 'open'")

    @api.model
    def _open_or_bump(self, events):
        """Store events in one statement: rule 28, "the same event with the same key
        is one alert, however many workers report it at once".

        :param events: dicts with ``type_id``, ``key``, ``res_model``, ``res_id``,
            ``title`` and ``body`` (dicts of texts by language) and ``event_count``;
            no two with the same type and key.
        :return: the ids of the alerts by (type id, key).
        """
        now = fields.Datetime.now()
        # One order for everybody who opens several at once: no deadlock.
        events = sorted(events, key=lambda event: (event["type_id"], event["key"]))
        rows = SQL(", ").join(self._prepare_row(event, now) for event in events)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO alert_alert AS alert (
                    type_id, key, res_model, res_id, title, body, event_count,
                    state, first_at, last_at,
                    create_uid, create_date, write_uid, write_date)
                VALUES %s
                ON CONFLICT (type_id, key) WHERE state = 'open' DO UPDATE SET
                    res_model = EXCLUDED.res_model,
                    res_id = EXCLUDED.res_id,
                    title = EXCLUDED.title,
                    body = EXCLUDED.body,
                    event_count = alert.event_count + EXCLUDED.event_count,
                    last_at = EXCLUDED.last_at,
                    write_date = EXCLUDED.write_date
                RETURNING type_id, key, id
                """,
                rows,
            )
        )
        self.invalidate_model()
        return {(type_id, key): id_ for type_id, key, id_ in self.env.cr.fetchall()}

    def _prepare_row(self, event, now):
        uid = self.env.uid
        return SQL(
            "(%s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s, %s, %s, %s, %s, %s, %s)",
            event["type_id"],
            event["key"],
            event["res_model"] or None,
            event["res_id"] or None,
            json.dumps(event["title"]),
            json.dumps(event["body"]),
            event["event_count"],
            ALERT_OPEN,
            now,
            now,
            uid,
            now,
            uid,
            now,
        )

    def _withdraw_deliveries(self):
        """Close these alerts and take them back from everybody who has not yet
        done them; return the deliveries that were taken back."""
        now = fields.Datetime.now()
        self.write({"state": ALERT_WITHDRAWN, "closed_at": now})
        return self.env["alert.delivery"]._withdraw(self, now)

    def _close_finished(self):
        """Close those of these alerts that everybody has done: the next report
        of the same event opens a new one. What is reminded of while its cause stands
        stays open until the cause is gone (rule 31)."""
        if not self.ids:
            return
        self.env["alert.delivery"].flush_model(["state"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE alert_alert AS alert
                   SET state = %s, closed_at = %s
                  FROM alert_type AS type
                 WHERE alert.id = ANY(%s)
                   AND alert.state = %s
                   AND type.id = alert.type_id
                   AND NOT (COALESCE(type.repeat_every, 0) > 0
                            AND COALESCE(type.standing_domain, '[]') != '[]')
                   AND NOT EXISTS (
                        SELECT 1 FROM alert_delivery
                         WHERE alert_id = alert.id AND state = ANY(%s))
                """,
                ALERT_DONE,
                fields.Datetime.now(),
                self.ids,
                ALERT_OPEN,
                list(OPEN_STATES),
            )
        )
        self.invalidate_recordset(["state", "closed_at"])

    @api.model
    def _close_seen(self, before, limit):
        """Close alerts that were only to be seen, once everybody saw them before
        ``before`` (they left the toolbar); return how many."""
        self.env.cr.execute(
            SQL(
                """
                WITH finished AS (
                    SELECT alert.id
                      FROM alert_alert AS alert
                      JOIN alert_type AS type ON type.id = alert.type_id
                     WHERE alert.state = %s
                       AND alert.last_at < %s
                       AND type.must_do IS NOT TRUE
                       AND NOT EXISTS (
                            SELECT 1 FROM alert_delivery AS delivery
                             WHERE delivery.alert_id = alert.id
                               AND delivery.state = ANY(%s)
                               AND NOT (delivery.state = %s AND delivery.seen_at < %s))
                     LIMIT %s
                       FOR UPDATE OF alert SKIP LOCKED)
                UPDATE alert_alert AS alert
                   SET state = %s, closed_at = %s
                  FROM finished
                 WHERE alert.id = finished.id
                """,
                ALERT_OPEN,
                before,
                list(OPEN_STATES),
                SEEN,
                before,
                limit,
                ALERT_DONE,
                fields.Datetime.now(),
            )
        )
        self.invalidate_model(["state", "closed_at"])
        return self.env.cr.rowcount
