# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import models

from .request_state import (
    ASKED,
)

BUYERS = "purchase.group_purchase_user"


class PurchaseJournalRequest(models.Model):
    """Rules 38 and 40: whom a request disturbs, and with what."""

    _inherit = "purchase.journal.request"

    def _get_buyers_in_charge(self):
        """Who is to hear of the requests: their buyers; where one has none, all
        buyers of the company."""
        buyers = self.buyer_id
        orphans = self.filtered(lambda r: not r.buyer_id)
        if orphans:
            # sudo: res.users: a salesperson need not know who the buyers are.
            buyers |= (
                self.env["res.users"]
                .sudo()
                .search(
                    [
                        ("all_group_ids", "in", self.env.ref(BUYERS).ids),
                        ("company_ids", "in", orphans.company_id.ids),
                    ]
                )
            )
        return buyers

    def _alert_asked(self):
        """One alert for all that one press asked for."""
        if not self:
            return
        # sudo: purchase.journal.request: buyers' own fields. What is still to be
        # taken comes first: the alert is about it.
        requests = self.sudo().sorted(lambda r: r.desk_state != ASKED)
        batch = requests.filtered(lambda r: r.desk_state == ASKED) or requests
        left = batch.batch_request_id - requests[0]
        batch.batch_request_id = requests[0]
        left._withdraw_asked([("state", "=", ASKED)])
        requests._alert(
            "purchase_journal_asked",
            requests._get_buyers_in_charge() - self.env.user,
        )

    def _alert_decision(self, body):
        self._alert_by_user(
            "purchase_journal_decision", lambda r: r.requested_by_id, comment=body
        )

    def _alert_cancelled(self, worked_on):
        """Whoever did not do it is told: the salesperson, and the buyer of what was
        ``worked_on``."""
        self._alert_by_user(
            "purchase_journal_cancelled",
            lambda r: r.requested_by_id - self.env.user,
        )
        worked_on._alert_by_user(
            "purchase_journal_sales_cancelled",
            lambda r: r.buyer_id - self.env.user,
            reason=self.env._("%(user)s cancelled it.", user=self.env.user.name),
        )

    def _alert_lost_purchase(self, promised):
        """A purchase was cancelled or cut: back in the journal. The salesperson is
        told of those that were ``promised``, for he was shown a date."""
        self._alert_by_user(
            "purchase_journal_back", lambda r: r._get_buyers_in_charge()
        )
        promised._alert_by_user(
            "purchase_journal_cancelled", lambda r: r.requested_by_id
        )

    def _alert_by_user(self, code, get_users, **values):
        """One alert for each employee, however many requests it is about."""
        requests_of = defaultdict(self.browse)
        for request in self:
            for user in get_users(request):
                requests_of[user] |= request
        for user, requests in requests_of.items():
            requests._alert(code, user, **values)

    def _alert(self, code, users, **values):
        if users:
            self.env["alert.type"]._alert(
                code, self[0], users=users, **self._get_alert_values(), **values
            )

    def _get_alert_values(self):
        """What the texts of the alert types may name."""
        return {
            "products": self.product_id,
            "orders": self.order_id,
            "count": len(self),
            "salesperson": self[0].requested_by_id,
            "user": self.env.user,
        }

    def _withdraw_alerts(self, shown):
        """What is done needs no reminder (rule 31). ``shown``: what was before."""
        AlertType = self.env["alert.type"]
        was = {request: shown[request.id] for request in self}
        taken = self.filtered(lambda r: was[r]["state"] == ASKED != r.state)
        taken.batch_request_id._withdraw_asked([("state", "=", ASKED)])
        bought = (self - taken).filtered(
            lambda r: was[r]["qty_to_order"] and not r.qty_to_order
        )
        bought.batch_request_id._withdraw_asked([("qty_to_order", ">", 0.0)])
        for request in self.filtered(lambda r: not r.needs_decision):
            if was[request]["needs_decision"]:
                AlertType._withdraw("purchase_journal_decision", request)
        for request in self.filtered(lambda r: r.came_back and not r.qty_to_order):
            request.came_back = False
            AlertType._withdraw("purchase_journal_back", request)

    def _withdraw_asked(self, waiting):
        """Take back the alerts about the batches of which nothing waits any more.

        :param self: the first requests of the batches
        :param list waiting: the domain of what waits
        """
        waiting = [("batch_request_id", "in", self.ids), *waiting]
        for first in self - self.search(waiting).batch_request_id:
            self.env["alert.type"]._withdraw("purchase_journal_asked", first)
