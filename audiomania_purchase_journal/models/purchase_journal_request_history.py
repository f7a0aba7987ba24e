# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import html2plaintext

from .purchase_journal_request_talk import ASKED_HIM
from .request_state import ENDED, RECEIVED

SMALL = 12
# What an order line's reader wants to know of; the whole is in the chatter.
TOLD_FIELDS = {
    "state",
    "product_id",
    "product_qty",
    "expected_date",
    "date_wanted",
    "buyer_id",
    "refusal_reason_id",
}


class PurchaseJournalRequest(models.Model):
    """The small history behind the mark on the order line: what was said and what
    changed, latest first. The whole is in the chatter of the request, for ever."""

    _inherit = "purchase.journal.request"

    def _get_history(self):
        """What the order line's history shows of one request, as its reader may."""
        self.ensure_one()
        self.check_access("read")
        # sudo: purchase.journal.request: read as himself right above; neither vendor
        # nor price is in what is picked out.
        request = self.sudo()
        return {
            **request._get_mark(),
            "product": request.product_id.display_name,
            "offer": bool(request.open_offer_id) and request.open_offer_id._get_mark(),
            "messages": self._get_small_history(),
            "tell_me": self.env.user in request.tell_user_ids,
            "may_be_told": request.state != RECEIVED
            and request.desk_state not in ENDED,
            "may_decide": bool(self.my_word),
            "is_asked": self.my_word == ASKED_HIM,
        }

    def _get_small_history(self):
        """The latest messages that say something, latest first."""
        messages = self.env["mail.message"].search(
            [("model", "=", self._name), ("res_id", "=", self.id)],
            order="id DESC",
            limit=SMALL,
        )
        rows = [self._describe_message(message) for message in messages]
        return [row for row in rows if row["body"] or row["changes"]]

    def _describe_message(self, message):
        # sudo: mail.tracking.value, res.partner: only of fields that the reader may
        # read; and the name of a colleague.
        known = message.sudo()
        values = known.tracking_value_ids._filter_has_field_access(self.env)
        values = values.filtered(lambda value: value.field_id.name in TOLD_FIELDS)
        return {
            "id": message.id,
            "author": known.author_id.name or "",
            "date": fields.Datetime.to_string(message.date),
            "body": html2plaintext(message.body or "").strip(),
            "changes": [
                self._describe_change(change)
                for change in values._tracking_value_format()
            ],
        }

    def _describe_change(self, change):
        info = change["fieldInfo"]
        return {
            "field": info["changedField"],
            "type": info["fieldType"],
            "old": change["oldValue"],
            "new": change["newValue"],
        }
