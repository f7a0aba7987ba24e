# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..locking import lock_due
from ..states import (
    DELIVERY_STATES,
    DONE,
    NEW,
    OPEN_STATES,
    SEEN,
    SEVERITIES,
    SNOOZED,
    URGENCY,
    WITHDRAWN,
)

NOTIFICATION = "audiomania_alerts/changed"
SNOOZE = timedelta(hours=1)
# What was only to be seen stays in the dropdown for this long after it was seen.
SEEN_SHOWN_FOR = timedelta(days=1)


class AlertDelivery(models.Model):
    """One employee's copy of an alert, with its own state.

    It holds no text: title, body and record are computed for its owner at each
    reading, and only as long as he may read the record.
    """

    _name = "alert.delivery"
    _description = "Alert of an employee"
    _log_access = False
    _order = "notified_at DESC, id DESC"
    # Searched by the name of the type only: texts are not searchable.
    _rec_name = "type_id"

    alert_id = fields.Many2one(
        "alert.alert",
        required=True,
        readonly=True,
        ondelete="cascade",
        exportable=False,
    )
    user_id = fields.Many2one(
        "res.users", "Employee", required=True, readonly=True, ondelete="cascade"
    )
    type_id = fields.Many2one(
        "alert.type", required=True, readonly=True, ondelete="cascade"
    )
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    urgency = fields.Integer(
        required=True, readonly=True, help="The severity as a number, for sorting."
    )
    must_do = fields.Boolean(
        "Must be done",
        readonly=True,
        help="Seeing this alert is not enough: it stays until it is done.",
    )
    state = fields.Selection(DELIVERY_STATES, required=True, readonly=True, default=NEW)
    notified_at = fields.Datetime(
        "Told at", required=True, readonly=True, help="When it last became new."
    )
    seen_at = fields.Datetime("Seen", readonly=True)
    snoozed_at = fields.Datetime(
        "Snoozed",
        readonly=True,
        help="From when on it was to be hidden for some time. Empty: the employee "
        "chose himself until when.",
    )
    snoozed_until = fields.Datetime(readonly=True)
    done_at = fields.Datetime("Done", readonly=True)
    withdrawn_at = fields.Datetime("Withdrawn", readonly=True)

    title = fields.Char(compute="_compute_content")
    body = fields.Text(compute="_compute_content")
    event_count = fields.Integer(
        "Times", compute="_compute_content", help="How many times it was reported."
    )
    res_model = fields.Char("Model", compute="_compute_content")
    res_id = fields.Integer("Record ID", compute="_compute_content")
    record_name = fields.Char("Record", compute="_compute_content")
    is_hidden = fields.Boolean(
        compute="_compute_content",
        help="The employee may not read the record (any more), or it is gone.",
    )

    _alert_user_unique = models.UniqueIndex("(alert_id, user_id)")
    _user_idx = models.Index("(user_id, notified_at DESC, id DESC)")
    _snoozed_idx = models.Index("(snoozed_until) WHERE state = 'snoozed'")

    # -- what may be shown ---------------------------------------------------

    @api.depends("alert_id", "user_id")
    @api.depends_context("lang")
    def _compute_content(self):
        """Title, body and record, for who may read the record at this moment."""
        self.check_access("read")
        readable = self._get_readable_records()
        for delivery in self:
            # sudo: alert.alert: nobody may read it; its text is handed out here,
            # to the owner of the delivery, after the check of the record
            alert = delivery.sudo().alert_id
            record = readable.get((delivery.user_id.id, alert.res_model, alert.res_id))
            shown = not alert.res_model or record is not None
            delivery.is_hidden = not shown
            delivery.title = alert.title if shown else False
            delivery.body = alert.body if shown else False
            delivery.event_count = alert.event_count
            delivery.res_model = shown and alert.res_model
            delivery.res_id = shown and alert.res_id
            delivery.record_name = record.display_name if record else False

    def _get_readable_records(self):
        """The records of these alerts which their owners may read now, by
        (user id, model, record id): one check for each user and model."""
        groups = {}
        # sudo: alert.alert: only model and id are used, for the check
        for delivery in self.sudo():
            alert = delivery.alert_id
            if alert.res_model in self.env and alert.res_id:
                ids = groups.setdefault((delivery.user_id, alert.res_model), set())
                ids.add(alert.res_id)
        return {
            (user.id, model, record.id): record
            for (user, model), ids in groups.items()
            for record in self._find_readable(user, model, ids)
        }

    def _find_readable(self, user, model, ids):
        """Those that this user may read, with their names, in one statement."""
        reader = self._as_reader(user, model)
        if not reader.has_access("read"):
            return reader
        domain = [("id", "in", list(ids))]
        return reader.search_fetch(domain, ["display_name"], order="id")

    def _as_reader(self, user, model):
        """The model as this user reads it, in any of his companies: an alert does
        not depend on which of them is switched on in the tab."""
        return (
            self.env[model]
            .with_user(user)
            .with_context(
                allowed_company_ids=list(user._get_company_ids()), active_test=False
            )
        )

    @api.model
    def _get_unseen_domain(self):
        """What makes the icon blink: new, or snoozed and due again."""
        due = Domain("state", "=", SNOOZED) & Domain(
            "snoozed_until", "<=", fields.Datetime.now()
        )
        return Domain("state", "=", NEW) | due

    # -- what the employee does ----------------------------------------------

    def action_seen(self):
        """The employee saw these alerts: the icon stops blinking for them."""
        self._change(
            self._get_unseen_domain(), state=SEEN, seen_at=fields.Datetime.now()
        )
        return True

    def action_done(self):
        """The employee did what these alerts are about, or needs them no more."""
        changed = self._change(
            Domain("state", "in", OPEN_STATES),
            state=DONE,
            done_at=fields.Datetime.now(),
        )
        # sudo: alert.alert: closed when this was the last delivery of it
        changed.sudo().alert_id._close_finished()
        return True

    def action_snooze(self, until=None):
        """Hide these alerts until then; by default for an hour.

        :param until: UTC, a datetime or its text.
        """
        now = fields.Datetime.now()
        if until:
            return self._snooze(now, self._parse_moment(until), since=False)
        return self._snooze(now, now + SNOOZE, since=now)

    @api.model
    def _parse_moment(self, until):
        try:
            return fields.Datetime.to_datetime(until)
        except (KeyError, TypeError, ValueError) as error:
            raise self._get_no_moment() from error

    @api.model
    def _get_no_moment(self):
        return UserError(self.env._("Snooze an alert until a moment to come."))

    def _snooze(self, now, until, since):
        """Hide them until then.

        :param since: from when on it was said for how long, if it was said so: then a
            clock that is put back moves the end too
        """
        if until <= now:
            raise self._get_no_moment()
        changed = self._change(
            Domain("state", "in", OPEN_STATES),
            state=SNOOZED,
            snoozed_at=since,
            snoozed_until=until,
        )
        if changed:
            # sudo: ir.cron: wake it at its moment, whoever snoozes
            self.env.ref("audiomania_alerts.ir_cron_sweep").sudo()._trigger(until)
        return True

    def action_open(self):
        """Mark as seen and open the record."""
        self.ensure_one()
        self.action_seen()
        if self.is_hidden or not self.res_model:
            return self._get_nothing_to_open()
        record = self.env[self.res_model].browse(self.res_id)
        return {**record.get_formview_action(), "target": "current"}

    def _get_nothing_to_open(self):
        message = self.env._("This alert is about no particular record.")
        if self.is_hidden:
            message = self.env._(
                "You cannot read the record of this alert, or it no longer exists."
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "info"},
        }

    def _change(self, domain, **values):
        """Write on those of these deliveries that the domain allows, after a check
        that they are the caller's own; return them."""
        self.check_access("read")
        changed = self.filtered_domain(domain)
        if changed:
            # sudo: alert.delivery: read access means that it is his own; the fields
            # are written by these methods only
            changed.sudo().write(values)
            changed._send_state()
        return changed

    # -- what the bus does ---------------------------------------------------

    @api.model
    def _fan_out(self, recipients, until=None):
        """Deliver alerts to employees in one statement.

        A report of an alert that is still open makes what was seen new again. What
        is snoozed stays so until its moment. What is done stays done, unless the
        type must be done: then the report says that the thing itself still waits
        (rule 31).

        :param recipients: pairs (alert id, user id).
        :param until: they come snoozed until that moment (UTC), not new.
        :return: the deliveries that became new.
        """
        alert_ids, user_ids = zip(*recipients, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO alert_delivery AS delivery (
                    alert_id, user_id, type_id, severity, urgency, must_do,
                    state, notified_at, snoozed_until)
                SELECT alert.id, recipient.user_id, type.id, type.severity,
                       (%s::jsonb ->> type.severity)::int, type.must_do, %s, %s,
                       %s::timestamp
                  FROM unnest(%s, %s) AS recipient (alert_id, user_id)
                  JOIN alert_alert AS alert ON alert.id = recipient.alert_id
                  JOIN alert_type AS type ON type.id = alert.type_id
              ORDER BY alert.id, recipient.user_id
                ON CONFLICT (alert_id, user_id) DO UPDATE SET
                    severity = EXCLUDED.severity,
                    urgency = EXCLUDED.urgency,
                    must_do = EXCLUDED.must_do,
                    state = EXCLUDED.state,
                    notified_at = EXCLUDED.notified_at,
                    snoozed_until = EXCLUDED.snoozed_until,
                    seen_at = NULL,
                    done_at = NULL
                WHERE delivery.state IN ('new', 'seen')
                   OR (delivery.state = 'done' AND EXCLUDED.must_do)
                RETURNING id
                """,
                self._urgency_json,
                SNOOZED if until else NEW,
                fields.Datetime.now(),
                until,
                list(alert_ids),
                list(user_ids),
            )
        )
        self.invalidate_model()
        return self.browse(row[0] for row in self.env.cr.fetchall())

    @property
    def _urgency_json(self):
        return json.dumps(URGENCY)

    @api.model
    def _withdraw(self, alerts, now):
        deliveries = self.search(
            [("alert_id", "in", alerts.ids), ("state", "in", OPEN_STATES)]
        )
        deliveries.write({"state": WITHDRAWN, "withdrawn_at": now})
        return deliveries

    @api.model
    def _wake(self, limit):
        """Make what was snoozed and is due new again; return how many."""
        now = fields.Datetime.now()
        due = self.search(
            [("state", "=", SNOOZED), ("snoozed_until", "<=", now)],
            order="snoozed_until",
            limit=limit,
        )
        due = lock_due(
            due, lambda one: one.state == SNOOZED and one.snoozed_until <= now
        )
        due.write({"state": NEW, "notified_at": now, "snoozed_until": False})
        due._send_state()
        return len(due)

    def _send_state(self):
        """Wake the screens of the owners. The message holds own ids and counters,
        no text: any client may subscribe to a channel."""
        owners = self._get_owners()
        if not owners:
            return
        # sudo: alert.delivery, alert.inbox: counters of the owners themselves
        env = self.sudo().env
        users = env["res.users"].browse(user_id for user_id, _, _ in owners)
        versions = env["alert.inbox"]._bump(users)
        unseen = env["alert.delivery"]._count_unseen(users)
        for user, (_, partner_id, ids) in zip(users, owners, strict=True):
            payload = {
                "version": versions[user.id],
                "unseen": unseen.get(user, 0),
                "delivery_ids": ids,
            }
            # _sendone: the channel is a record, as in user._bus_send
            partner = env["res.partner"].browse(partner_id)
            env["bus.bus"]._sendone(partner, NOTIFICATION, payload)

    def _get_owners(self):
        """Whose these deliveries are: (user id, partner id, ids), in one statement."""
        if not self.ids:
            return []
        self.env.cr.execute(
            SQL(
                """
                SELECT delivery.user_id, owner.partner_id,
                       ARRAY_AGG(delivery.id ORDER BY delivery.id)
                  FROM alert_delivery AS delivery
                  JOIN res_users AS owner ON owner.id = delivery.user_id
                 WHERE delivery.id = ANY(%s)
              GROUP BY delivery.user_id, owner.partner_id
              ORDER BY delivery.user_id
                """,
                list(self.ids),
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _count_unseen(self, users):
        domain = Domain("user_id", "in", users.ids) & self._get_unseen_domain()
        return dict(self._read_group(domain, ["user_id"], ["__count"]))
