# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..locking import lock_due
from ..states import ALERT_DONE, ALERT_OPEN, OPEN_STATES


class AlertAlert(models.Model):
    """An alert whose cause is gone withdraws itself; nothing is withdrawn while its
    cause stands."""

    _inherit = "alert.alert"

    def _end_causeless(self):
        """End those of these open alerts whose record is deleted, archived, or no
        longer fits the conditions of the type; return them."""
        ended = self._find_causeless()
        if ended:
            open_ = self._lock_open(ended)
            finished = open_.filtered(lambda one: one._is_done_by_all())
            finished.write({"state": ALERT_DONE, "closed_at": fields.Datetime.now()})
            (open_ - finished)._withdraw_deliveries()._send_state()
        return ended

    @api.model
    def _lock_open(self, alerts):
        """Those of these alerts that nobody else has ended, in one order for
        everybody who ends several at once: no deadlock."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM alert_alert WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
                alerts.ids,
            )
        )
        alerts.invalidate_recordset(["state"])
        return alerts.filtered(lambda one: one.state == ALERT_OPEN)

    def _is_done_by_all(self):
        states = set(self.delivery_ids.mapped("state"))
        return bool(states) and states.isdisjoint(OPEN_STATES)

    def _find_causeless(self):
        about = self.filtered(lambda one: one.state == ALERT_OPEN and one.res_model)
        kept = self.browse()
        for (type_, model), alerts in about.grouped(
            lambda one: (one.type_id, one.res_model)
        ).items():
            ids = self._find_living(model, set(alerts.mapped("res_id")))
            ids &= alerts._ask_type(type_, model, ids)
            kept |= alerts.filtered(lambda one, ids=ids: one.res_id in ids)
        return about - kept

    @api.model
    def _find_living(self, model, ids):
        """Those of these records that exist and are not archived."""
        if model not in self.env:
            return set()
        records = self.env[model].browse(sorted(ids)).exists()
        if records._active_name:
            records = records.filtered(records._active_name)
        return set(records.ids)

    def _ask_type(self, type_, model, ids):
        """Those of these records for which the conditions of the type hold. What
        cannot be asked is a fault, and stands."""
        if not ids or not type_._has_cause() or type_.model_name != model:
            return ids
        try:
            with self.env.cr.savepoint():
                return type_._find_standing(sorted(ids))
        except Exception as error:
            self.env["alert.outbox"]._note_fault(type_.code, error)
            return ids

    @api.model
    def _expire(self, limit):
        """Take back what was last reported so long ago that its type lets it expire;
        return how many."""
        types = self.env["alert.type"].with_context(active_test=False)
        expired = self.browse()
        for type_ in types.search([("expire_after", ">", 0)]):
            age = timedelta(**{type_.expire_unit: type_.expire_after})
            domain = [
                ("type_id", "=", type_.id),
                ("state", "=", ALERT_OPEN),
                ("last_at", "<=", fields.Datetime.now() - age),
            ]
            expired |= self.search(domain, order="id", limit=limit - len(expired))
            if len(expired) >= limit:
                break
        expired = lock_due(expired, lambda one: one.state == ALERT_OPEN)
        if expired:
            expired._withdraw_deliveries()._send_state()
        return len(expired)

    # -- as soon as a record that alerts stand on is changed

    @api.model
    def _end_causeless_of(self, model, ids):
        """End the alerts about these records whose cause a change took away."""
        self.search(
            [
                ("res_model", "=", model),
                ("res_id", "in", list(ids)),
                ("state", "=", ALERT_OPEN),
            ]
        )._end_causeless()
