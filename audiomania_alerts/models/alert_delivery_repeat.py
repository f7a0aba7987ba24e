# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..clock_ahead import get_sooner, set_right
from ..locking import lock_due
from ..states import ALERT_OPEN, DONE, NEW, SNOOZED, TELL, WITHDRAWN

SENT_AT = ("digest_at", "push_at")


class AlertDelivery(models.Model):
    """Rule 31: "a reminder repeats until the thing itself is done (not until the
    alert was read), and then withdraws itself"."""

    _inherit = "alert.delivery"

    remind_at = fields.Datetime(
        readonly=True, help="When this employee is reminded if it is not done."
    )

    _remind_idx = models.Index("(remind_at) WHERE remind_at IS NOT NULL")

    @api.model
    def _plan_next(self, now):
        result = super()._plan_next(now)
        self._plan_reminders(now)
        return result

    def _plan_reminders(self, now):
        for type_, mine in self.grouped("type_id").items():
            moments = {}
            if type_.repeat_every:
                moments = self.env["alert.presence"]._plan(
                    mine.user_id, now, type_.repeat_every, type_.repeat_unit
                )
            mine._write_moments(moments)

    def _write_moments(self, moments):
        """The moment of each employee, one statement for each different one."""
        changed = self.filtered(
            lambda one: one.remind_at != moments.get(one.user_id, False)
        )
        parts = changed.grouped(lambda one: moments.get(one.user_id, False))
        for moment, mine in parts.items():
            mine.write({"remind_at": moment})

    @api.model
    def _remind(self, limit):
        """Make new again what is due and not done; return how many were due."""
        now = fields.Datetime.now()
        self._set_right(limit)
        found = self.search(
            [("remind_at", "<=", now)], order="remind_at, id", limit=limit
        )
        # Alerts are locked before deliveries, as everywhere: no deadlock.
        found._end_causeless()
        due = lock_due(found, lambda one: one.remind_at and one.remind_at <= now)
        finished = due.filtered(lambda one: one._is_finished())
        finished.write({"remind_at": False})
        waiting = due - finished
        waiting -= waiting._put_off(now)
        waiting._make_new(now)
        return len(due)

    @api.model
    def _set_right(self, limit):
        """What was told by a clock that was ahead counts as told now: its reminder,
        its e-mail and its push message come after their time, and not as late as that
        clock was wrong."""
        planned = Domain.OR([(name, "!=", False)] for name in ("remind_at", *SENT_AT))
        set_right(self, "notified_at", planned, limit, type(self)._tell_sooner)

    def _tell_sooner(self, by):
        self.write(get_sooner(self, ("notified_at", *SENT_AT), by))
        if self.remind_at:
            self._plan_reminders(self.notified_at)

    @api.model
    def _wake(self, limit):
        """What was snoozed by a clock that was ahead is hidden for as long as its
        employee said; if he said until when, that moment stays."""
        snoozed = Domain("state", "=", SNOOZED)
        set_right(self, "snoozed_at", snoozed, limit, type(self)._wake_sooner)
        return super()._wake(limit)

    def _wake_sooner(self, by):
        self.write(get_sooner(self, ("snoozed_at", "snoozed_until"), by))

    def _is_finished(self):
        """Whether there is nothing to remind of. An employee who says that he did it
        is believed, unless the cause can be asked."""
        return (
            self.state == WITHDRAWN
            or self.alert_id.state != ALERT_OPEN
            or not self.type_id.active
            or not self.type_id.repeat_every
            or (self.state == DONE and not self.type_id._has_cause())
        )

    def _end_causeless(self):
        """End the alerts of these deliveries that lost their cause meanwhile."""
        open_ = self.alert_id.filtered(lambda one: one.state == ALERT_OPEN)
        open_._end_causeless()

    def _put_off(self, now):
        """Those of these deliveries that rest: snoozed, or their owner is absent and
        the type does not remind who is."""
        asked = self.filtered(lambda one: one.type_id.when_absent != TELL).user_id
        absent = self.env["alert.presence"]._get_absent_users(asked, now)
        resting = self.filtered(
            lambda one: (
                one.state == SNOOZED
                or (one.user_id in absent and one.type_id.when_absent != TELL)
            )
        )
        resting._plan_reminders(now)
        return resting

    def _make_new(self, now):
        values = {"state": NEW, "notified_at": now, "seen_at": False, "done_at": False}
        if not self:
            return
        self.write(values)
        self._plan_reminders(now)
        self._send_by_ways()
        self._send_state()
