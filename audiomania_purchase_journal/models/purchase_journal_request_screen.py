# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models

from .ir_websocket import SUBCHANNEL
from .request_state import ENDED, OPEN_STATES, RECEIVED, REFUSED

CHANGED = "purchase_journal/changed"
SHOWN = "purchase_journal.shown"
# The order line's mark follows these, and buyers and salespeople hear of them.
SHOWN_FIELDS = (
    "state",
    "desk_state",
    "waits_for",
    "product_id",
    "product_qty",
    "qty_planned",
    "qty_to_order",
    "expected_date",
    "date_promised",
    "last_comment",
    "needs_decision",
)


class PurchaseJournalRequest(models.Model):
    """Screens that show a request are woken when it changes, whoever changed it."""

    _inherit = "purchase.journal.request"

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody follows a request by himself: alerts tell, mails would tell twice."""
        quiet = self.with_context(mail_create_nosubscribe=True)
        return super(PurchaseJournalRequest, quiet).create(vals_list)

    def write(self, vals):
        if not vals.keys().isdisjoint(SHOWN_FIELDS):
            self._remember_shown()
        return super().write(vals)

    def _compute_field_value(self, field):
        if field.name in SHOWN_FIELDS:
            self._remember_shown()
        return super()._compute_field_value(field)

    def _remember_shown(self):
        """Keep what is shown now, so that the end of the transaction can tell what
        changed, whichever document changed it, and in which order."""
        precommit = self.env.cr.precommit
        if SHOWN not in precommit.data:
            precommit.data[SHOWN] = {}
            precommit.add(self.env[self._name].browse()._announce_changes)
        shown = precommit.data[SHOWN]
        for request in self.browse(self.ids):
            if request.id not in shown:
                shown[request.id] = request._get_shown()

    def _get_shown(self):
        shown = {name: self[name] for name in SHOWN_FIELDS}
        return {**shown, "is_late": self._is_late()}

    def _get_promised_day(self):
        """The day that the customer was promised, if he was."""
        if not self.date_promised:
            return False
        return fields.Datetime.context_timestamp(self, self.date_promised).date()

    def _is_awaited(self):
        return self.state != RECEIVED and self.desk_state not in ENDED

    def _is_late(self):
        """Whether it is expected later than promised, and not here yet."""
        promised = self._get_promised_day()
        return bool(
            promised
            and self.expected_date
            and self.expected_date > promised
            and self._is_awaited()
        )

    @api.model
    def _announce_changes(self):
        """Refresh the screens and tell of what was lost, once for a transaction."""
        shown = self.env.cr.precommit.data.pop(SHOWN, {})
        # sudo: purchase.journal.request: what changed a purchase or a receipt need
        # not be allowed to read the journal.
        requests = self.sudo().browse(shown).exists()
        requests._withdraw_stale_offers()
        changed = requests.filtered(lambda r: r._get_shown() != shown[r.id])
        changed._send_changed()
        lost = changed.filtered(
            lambda r: r.qty_planned < shown[r.id]["qty_planned"] and r.qty_to_order > 0
        )
        lost.came_back = True
        lost._alert_lost_purchase(
            lost.filtered(lambda r: shown[r.id]["state"] not in OPEN_STATES)
        )
        changed._alert_what_changed(shown)
        changed._withdraw_alerts(shown)

    def _alert_what_changed(self, shown):
        """Who is told of what became of the requests (rule 40); ``shown``: before."""
        was = {request: shown[request.id] for request in self}
        self.filtered(
            lambda r: r.desk_state == REFUSED != was[r]["desk_state"]
        )._alert_refused()
        self.filtered(lambda r: r._is_later_than(was[r]))._alert_later()
        self.filtered(
            lambda r: r.date_promised != was[r]["date_promised"] and r._is_awaited()
        )._alert_moved_promise()
        self.filtered(lambda r: r.state == RECEIVED != was[r]["state"])._alert_arrived()

    def _is_later_than(self, was):
        """Whether the day of arrival moved, and now is beyond what was promised; where
        the customer was promised none, beyond the day that sales were shown and want
        it on. That sales promise an earlier day is their own doing."""
        before, now = was["expected_date"], self.expected_date
        if not before:
            return self._is_late() and bool(now)
        limit = self._get_promised_day() or self.date_wanted
        return bool(
            now and now > before and limit and now > limit and self._is_awaited()
        )

    def _is_later_no_more(self, was):
        """Whether what came later than promised is here, sooner, or not awaited."""
        before, now = was["expected_date"], self.expected_date
        if not before or (was["is_late"] and self._is_late()):
            return False
        return not now or now < before or not self._is_awaited()

    def _send_changed(self):
        """Wake the open order forms; they read the new state by themselves."""
        lines_of = defaultdict(set)
        for request in self.filtered("sale_line_id"):
            for user in request._get_watchers():
                lines_of[user].add(request.sale_line_id.id)
        for user, line_ids in lines_of.items():
            user._bus_send(CHANGED, {"line_ids": sorted(line_ids)})
        # Whoever else has the order open: see ``ir.websocket``.
        of_orders = self.filtered(lambda r: r.sale_line_id and r.order_id)
        for order, requests in of_orders.grouped("order_id").items():
            payload = {"line_ids": sorted(requests.sale_line_id.ids)}
            self.env["bus.bus"]._sendone((order, SUBCHANNEL), CHANGED, payload)

    def _get_watchers(self):
        """Whose open order forms show the request."""
        return self.requested_by_id | self.order_id.user_id | self.tell_user_ids

    def _get_mark(self):
        """What the order line's mark shows of one request; for salespeople, so
        neither vendor nor price."""
        return {
            "id": self.id,
            "state": self.state,
            "quantity": self.product_qty,
            "unit": self.product_uom_id.name,
            "expected_date": fields.Date.to_string(self.expected_date) or False,
            "comment": self.last_comment or "",
            "comment_by": self.last_comment_author_id.name or "",
            "needs_decision": self.needs_decision,
            "is_late": self._is_late(),
        }
