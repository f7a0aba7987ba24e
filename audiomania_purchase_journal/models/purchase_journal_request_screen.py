# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models

from .request_state import (
    OPEN_STATES,
)

SHOWN = "purchase_journal.shown"
# The order line's mark follows these, and buyers and salespeople hear of them.
SHOWN_FIELDS = (
    "state",
    "product_qty",
    "qty_planned",
    "qty_to_order",
    "expected_date",
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
        return {name: self[name] for name in SHOWN_FIELDS}

    @api.model
    def _announce_changes(self):
        """Refresh the screens and tell of what was lost, once for a transaction."""
        shown = self.env.cr.precommit.data.pop(SHOWN, {})
        # sudo: purchase.journal.request: what changed a purchase or a receipt need
        # not be allowed to read the journal.
        requests = self.sudo().browse(shown).exists()
        changed = requests.filtered(lambda r: r._get_shown() != shown[r.id])
        changed._send_changed()
        lost = changed.filtered(
            lambda r: r.qty_planned < shown[r.id]["qty_planned"] and r.qty_to_order > 0
        )
        lost.came_back = True
        lost._alert_lost_purchase(
            lost.filtered(lambda r: shown[r.id]["state"] not in OPEN_STATES)
        )
        changed._withdraw_alerts(shown)

    def _send_changed(self):
        """Wake the open order forms; they read the new state by themselves."""
        lines_of = defaultdict(set)
        for request in self.filtered("sale_line_id"):
            for user in request.requested_by_id | request.order_id.user_id:
                lines_of[user].add(request.sale_line_id.id)
        for user, line_ids in lines_of.items():
            user._bus_send("purchase_journal/changed", {"line_ids": sorted(line_ids)})

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
        }
