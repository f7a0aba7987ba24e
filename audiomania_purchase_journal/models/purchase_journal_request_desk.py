# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .request_state import ASKED, ENDED, IN_WORK, OPEN_STATES, REFUSED


class PurchaseJournalRequest(models.Model):
    """Rule 37: what a buyer decides about requests, one or many at once."""

    _inherit = "purchase.journal.request"

    aside_until = fields.Date(
        string="Put Aside Until",
        tracking=True,
        copy=False,
        help="Not among what is to do before this day; it comes back by itself, or "
        "as soon as the salesperson answers or asks for more, or its purchase is "
        "cancelled.",
    )
    refusal_reason_id = fields.Many2one(
        "purchase.journal.refusal.reason",
        string="Refused Because",
        ondelete="restrict",
        readonly=True,
        tracking=True,
        copy=False,
    )
    refused_at = fields.Datetime(string="Refused on", readonly=True, copy=False)

    # -- what brings it back ---------------------------------------------------------

    def write(self, vals):
        if vals.get("came_back"):
            vals = {**vals, "aside_until": False}
        return super().write(vals)

    def _take(self):
        res = super()._take()
        self._bring_back()
        return res

    def _grow(self, ask, uom):
        res = super()._grow(ask, uom)
        self._bring_back()
        return res

    def _keep_comment(self, message):
        res = super()._keep_comment(message)
        if self._is_answer():
            self._bring_back()
        return res

    def _bring_back(self):
        self.filtered("aside_until").aside_until = False

    # -- dialogs ---------------------------------------------------------------------

    def action_refuse(self):
        """Refuse to buy, with a reason."""
        return self._open_many("purchase.journal.refuse", self.env._("Refuse"))

    def action_expect(self):
        """Say when it is expected, before it is ordered."""
        return self._open_many("purchase.journal.expect", self.env._("Expected on"))

    def action_put_aside(self):
        """Put requests aside until a day."""
        return self._open_many("purchase.journal.put.aside", self.env._("Put aside"))

    def action_split(self):
        """Buy a request in portions of several vendors."""
        self.ensure_one()
        self._check_buyer()
        self._check_to_order()
        return self._open_dialog(
            "purchase.journal.split",
            self.env._("Split over vendors"),
            default_request_id=self.id,
        )

    def _open_many(self, model, name):
        """A buyer's dialog about these requests."""
        self._check_buyer()
        return self._open_dialog(model, name, default_request_ids=self.ids)

    # -- decisions -------------------------------------------------------------------

    def _check_open(self):
        """Only what is neither ordered nor ended is still to be decided."""
        closed = self.filtered(lambda r: r.state not in OPEN_STATES)
        if closed:
            raise UserError(
                self.env._(
                    "Ordered or ended already: %(requests)s.",
                    requests=", ".join(closed.mapped("display_name")),
                )
            )

    def _check_not_planned(self):
        planned = self.filtered("qty_planned")
        if planned:
            raise UserError(
                self.env._(
                    "On a purchase order already, take it off there first: "
                    "%(requests)s.",
                    requests=", ".join(planned.mapped("display_name")),
                )
            )

    def _refuse(self, reason, comment=""):
        """It is not bought; the salesperson gets an alert with the reason (rule 40)."""
        self._check_buyer()
        self._lock_to_work()
        self._check_not_planned()
        requests = self.filtered(lambda r: r.desk_state not in ENDED)
        requests.write(
            {
                "desk_state": REFUSED,
                "refusal_reason_id": reason.id,
                "refused_at": fields.Datetime.now(),
                "buyer_id": self.env.user.id,
                "aside_until": False,
                "needs_decision": False,
                "waits_for": False,
            }
        )
        words = reason.name + (f": {comment}" if comment else "")
        requests._comment(words)
        return requests

    def _expect(self, day, comment=""):
        """The buyer's own estimate; the salesperson sees it on his order line."""
        self._check_buyer()
        self._lock_to_work()
        self._check_open()
        self.expected_date = day
        self._say(comment)

    def _put_aside(self, day, comment=""):
        """Not to do before this day."""
        self._check_buyer()
        self._lock_to_work()
        self._check_open()
        if day <= fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day to come."))
        self.aside_until = day
        self._say(comment)

    def _say(self, comment):
        if comment:
            self._comment(comment)

    def action_bring_back(self):
        """What was put aside is to do again."""
        self._check_buyer()
        self._bring_back()

    def action_give_back(self):
        """Out of one's own work again: whoever buys the category may take it."""
        self._check_buyer()
        self._lock_to_work()
        self._check_open()
        self._check_not_planned()
        mine = self.filtered(
            lambda r: r.desk_state == IN_WORK and r.buyer_id == self.env.user
        )
        mine.write({"desk_state": ASKED, "waits_for": False, "needs_decision": False})
        buyers = mine._get_category_buyers()
        for request in mine:
            request.buyer_id = buyers[request] or request.vendor_id.buyer_id
