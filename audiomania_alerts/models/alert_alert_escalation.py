# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..clock_ahead import set_right
from ..locking import lock_due
from ..placeholders import AlertFault
from ..states import ALERT_OPEN, ESCALATION, OPEN_STATES


class AlertAlert(models.Model):
    """ "Not done by its time, it goes to the next recipient"."""

    _inherit = "alert.alert"

    escalate_at = fields.Datetime(readonly=True)
    escalation_level = fields.Integer(
        readonly=True, help="How many levels of escalation it has passed."
    )

    _escalate_idx = models.Index(
        "(escalate_at) WHERE state = 'open' AND escalate_at IS NOT NULL"
    )

    def _plan_escalation(self, now):
        """Set when these alerts go on, those that were just opened or passed on."""
        for alert in self.filtered(lambda one: not one.escalate_at):
            level = alert._get_next_level()
            if level:
                alert.escalate_at = alert._get_escalation_moment(level, now)

    def _get_next_level(self):
        return self.type_id.escalation_ids[self.escalation_level :][:1]

    def _get_escalation_moment(self, level, now):
        """When the first of those who have not done it had his time."""
        users = self.delivery_ids.filtered(lambda one: one.state in OPEN_STATES).user_id
        presence = self.env["alert.presence"]
        moments = presence._plan(users, now, level.after, level.unit)
        return min(moments.values(), default=False)

    @api.model
    def _escalate(self, limit):
        """Pass on what is due and not done; return how many were due."""
        now = fields.Datetime.now()
        self._set_right(limit)
        due = self.search(
            [("state", "=", ALERT_OPEN), ("escalate_at", "<=", now)],
            order="escalate_at, id",
            limit=limit,
        )
        due = lock_due(due, lambda one: one._is_late(now))
        late = due - due._end_causeless()
        for alert in late.filtered(lambda one: one._get_next_level()):
            alert._pass_on(alert._get_next_level(), now)
        late._plan_again(now)
        return len(due)

    @api.model
    def _set_right(self, limit):
        """What was reported by a clock that was ahead goes on after its time from now,
        and not as late as that clock was wrong."""
        later = Domain("escalate_at", ">", fields.Datetime.now())
        waiting = later & Domain("state", "=", ALERT_OPEN)
        set_right(self, "last_at", waiting, limit, type(self)._report_sooner)

    def _report_sooner(self, by):
        self.last_at -= by
        self._plan_again(self.last_at)

    def _is_late(self, now):
        at = self.escalate_at
        return self.state == ALERT_OPEN and bool(at) and at <= now

    def _plan_again(self, now):
        self.write({"escalate_at": False})
        self._plan_escalation(now)

    def _pass_on(self, level, now):
        """Deliver to the next recipients. A level that fails or names nobody is a
        fault, and the alert goes on to the level after it."""
        self.escalation_level += 1
        open_ = self.delivery_ids.filtered(lambda one: one.state in OPEN_STATES)
        if not open_ or not self.type_id.active:
            return
        try:
            with self.env.cr.savepoint():
                users = self._find_next_recipients(level)
        except Exception as error:
            self.env["alert.outbox"]._note_fault(self.type_id.code, error)
            return
        pairs = [(self.id, user.id) for user in users - open_.user_id]
        if pairs:
            deliveries = self.env["alert.delivery"]._deliver(pairs, ESCALATION)
            deliveries.write({"escalation_id": level.id})

    def _find_next_recipients(self, level):
        record = None
        if self.res_model:
            record = self.env[self.res_model].browse(self.res_id)
        users = level._find_recipients(record)
        if not users:
            raise AlertFault(
                self.env._(
                    "Nobody is there to whom it could go when it is not done after "
                    "%(time)s.",
                    time=level._get_text(),
                )
            )
        return users
