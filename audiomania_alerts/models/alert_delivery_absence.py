# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from ..states import (
    PASS,
    REASONS,
    SNOOZED,
    SUBSTITUTE,
    TELL,
)

# How long to wait for who is absent and has no day of return.
UNKNOWN_RETURN = timedelta(hours=1)


class AlertDelivery(models.Model):
    _inherit = "alert.delivery"

    reason = fields.Selection(
        REASONS,
        readonly=True,
        help="Why this employee got an alert that was meant for a colleague.",
    )
    instead_of_id = fields.Many2one(
        "res.users", readonly=True, ondelete="set null", help="The absent colleague."
    )

    @api.model
    def _deliver(self, recipients, reason=None):
        """Deliver alerts to who is concerned and is there; tell their screens.

        :param recipients: pairs (alert id, user id).
        :param reason: one of ``states.REASONS`` if it was not meant for them at
            first.
        """
        now = fields.Datetime.now()
        delivered = self.browse()
        for (until, instead_of), pairs in self._place(recipients, now).items():
            part = self._fan_out(pairs, until)
            part._note_reason(SUBSTITUTE if instead_of else reason, instead_of)
            delivered |= part
        delivered._plan_next(now)
        delivered._send_state()
        return delivered

    def _plan_next(self, now):
        """What shall happen later to these deliveries, which became new."""

    def _note_reason(self, reason, instead_of):
        """A colleague for whom it was meant himself keeps no reason."""
        changed = self.filtered(lambda one: (one.reason or None) != reason)
        changed.write({"reason": reason, "instead_of_id": instead_of and instead_of.id})

    @api.model
    def _place(self, recipients, now):
        """Pairs (alert id, user id) by (until when they wait, instead of whom)."""
        types = self._get_alert_types(recipients)
        users = self._get_users_who_may_be_absent(recipients, types)
        presence = self.env["alert.presence"]
        absent = presence._get_absent_users(users, now) if users else {}
        stand_ins = presence._get_stand_ins(absent, now) if absent else {}
        placed = {}
        for alert_id, user_id in recipients:
            user = self.env["res.users"].browse(user_id)
            policy = types[alert_id].when_absent if user in absent else TELL
            place, who = self._place_one(policy, user, absent, stand_ins, now)
            placed.setdefault(place, {})[(alert_id, who.id)] = None
        return self._leave_out_twice(placed)

    @api.model
    def _place_one(self, policy, user, absent, stand_ins, now):
        if policy == PASS and user in stand_ins:
            return (None, user), stand_ins[user]
        if policy == TELL:
            return (None, None), user
        back = absent[user]
        return (back if back and back > now else now + UNKNOWN_RETURN, None), user

    @api.model
    def _leave_out_twice(self, placed):
        """Who is told for himself is not told once more in place of another."""
        seen, parts = set(), {}
        for place in sorted(placed, key=lambda place: place[1] is not None):
            pairs = [pair for pair in placed[place] if pair not in seen]
            seen.update(pairs)
            if pairs:
                parts[place] = pairs
        return parts

    @api.model
    def _get_alert_types(self, recipients):
        alerts = self.env["alert.alert"].browse({pair[0] for pair in recipients})
        return {alert.id: alert.type_id for alert in alerts}

    @api.model
    def _get_users_who_may_be_absent(self, recipients, types):
        ids = {user for alert, user in recipients if types[alert].when_absent != TELL}
        return self.env["res.users"].browse(sorted(ids))

    @api.model
    def _wake(self, limit):
        """Who waits for his return and is absent longer waits on."""
        self._wait_on(limit)
        return super()._wake(limit)

    @api.model
    def _wait_on(self, limit):
        now = fields.Datetime.now()
        due = self.search(
            [
                ("state", "=", SNOOZED),
                ("snoozed_until", "<=", now),
                ("type_id.when_absent", "!=", TELL),
            ],
            limit=limit,
        )
        if not due:
            return
        absent = self.env["alert.presence"]._get_absent_users(due.user_id, now)
        for user, back in absent.items():
            mine = due.filtered(lambda one, user=user: one.user_id == user)
            until = back if back and back > now else now + UNKNOWN_RETURN
            mine.try_lock_for_update().write({"snoozed_until": until})

    @api.depends("reason", "instead_of_id")
    def _compute_content(self):
        """An alert that was meant for a colleague says so."""
        result = super()._compute_content()
        for delivery in self.filtered(lambda one: one.reason and not one.is_hidden):
            lines = [delivery._get_reason_text(), delivery.body]
            delivery.body = "\n".join(filter(None, lines))
        return result

    def _get_reason_text(self):
        """The sentence on why this employee got it, in his language."""
        if self.reason == SUBSTITUTE:
            # sudo: res.users: the name of a colleague
            name = self.sudo().instead_of_id.name or self.env._("a colleague")
            return self.env._("In place of %(name)s, who is absent.", name=name)
        return None
