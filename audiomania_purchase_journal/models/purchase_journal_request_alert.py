# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import Command, api, models
from odoo.tools import format_date

from odoo.addons.audiomania_alerts.inside import get_inside

from .request_state import ASKED

BUYERS = "purchase.group_purchase_user"
ASKED_BY_RULES = "purchase_journal.asked_by_rules"


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
        """One alert for all that one press asked for, or rules in one transaction."""
        if get_inside(self.env, "journal_alerts_at_the_end"):
            self._alert_asked_at_the_end()
        elif self:
            self._alert_batch()

    def _alert_batch(self):
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

    def _alert_asked_at_the_end(self):
        """Odoo launches the lines of a changed order one by one: what rules ask for
        is one batch for a transaction."""
        precommit = self.env.cr.precommit
        if ASKED_BY_RULES not in precommit.data:
            precommit.data[ASKED_BY_RULES] = set()
            requests = self.browse().with_context(journal_alerts_at_the_end=None)
            precommit.add(requests._alert_asked_by_rules)
        precommit.data[ASKED_BY_RULES].update(self.ids)

    @api.model
    def _alert_asked_by_rules(self):
        asked = self.env.cr.precommit.data.pop(ASKED_BY_RULES, ())
        # sudo: purchase.journal.request: a rule asked, buyers own the journal.
        requests = self.sudo().browse(sorted(asked)).exists()
        requests.filtered("qty_to_order")._alert_asked()

    # -- the salesperson ----------------------------------------------------------

    def _get_salespeople(self):
        """Who asked; where he has left, who has the order."""
        # sudo: sale.order, res.users: a buyer reads neither orders nor who has left.
        request = self.sudo()
        users = request.requested_by_id.filtered("active")
        return users or request.order_id.user_id.filtered("active")

    def _alert_salesperson(self, code, **values):
        """Tell who asked; nobody is told what he did himself."""
        self._alert_by_user(code, lambda r: r._get_salespeople() - r.env.user, **values)

    def _alert_decision(self, body):
        self._alert_salesperson("purchase_journal_decision", comment=body)

    def _alert_cancelled(self, worked_on):
        """Whoever did not do it is told: the salesperson, and the buyer of what was
        ``worked_on``."""
        self._alert_salesperson("purchase_journal_cancelled")
        worked_on._alert_by_user(
            "purchase_journal_sales_cancelled",
            lambda r: r.buyer_id - self.env.user,
            reason=self.env["alert.type"]._tell_in_languages(
                self, lambda requests: requests._describe_cancelled()
            ),
        )

    def _describe_cancelled(self):
        return self.env._("%(user)s cancelled it.", user=self.env.user.name)

    def _alert_refused(self):
        """Nobody buys it: the salesperson has to find another way."""
        for request in self:
            request._alert_salesperson(
                "purchase_journal_refused", reason=request._get_refusal_words()
            )

    def _get_refusal_words(self):
        reason, comment = self.refusal_reason_id.name or "", self.last_comment or ""
        # Whoever refuses in the dialog says the reason with his words.
        words = [comment] if reason in comment else [reason, comment]
        return "\n".join(filter(None, words))

    def _alert_later(self):
        """The goods come later than the customer was promised, or it is wanted."""
        for request in self:
            request._alert_salesperson(
                "purchase_journal_later",
                expected=request.expected_date,
                promised=request._get_promised_day() or request.date_wanted,
            )

    def _alert_arrived(self):
        """Success is told to who asked to be told, once (rule 40)."""
        self._alert_by_user(
            "purchase_journal_arrived", lambda r: r.tell_user_ids - r.env.user
        )
        self.filtered("tell_user_ids").tell_user_ids = [Command.clear()]

    # -- the buyer ----------------------------------------------------------------

    def _alert_buyer(self, code, **values):
        """Tell the buyer in charge, unless he did it himself."""
        # sudo: purchase.journal.request: salespeople need not know the buyers.
        self.sudo()._alert_by_user(
            code, lambda r: r._get_buyers_in_charge() - r.env.user, **values
        )

    def _alert_changed(self, tell):
        """Sales changed what the buyer works on.

        :param tell: a function of the requests that says what, in their language
        """
        if self:
            reason = self.env["alert.type"]._tell_in_languages(self, tell)
            self._alert_buyer("purchase_journal_changed", reason=reason)

    def _alert_moved_promise(self):
        """Sales promised the customer another day: who works on it is told."""
        worked_on = self.filtered(lambda r: r._is_worked_on())
        by_day = worked_on.grouped(lambda r: r._get_promised_day())
        for day, requests in by_day.items():
            requests._alert_changed(lambda one, day=day: one._describe_promised(day))

    def _describe_promised(self, day):
        if not day:
            return self.env._("The customer is promised no day any more.")
        return self.env._(
            "The customer is promised another day: %(day)s.",
            day=format_date(self.env, day),
        )

    def _alert_lost_purchase(self, promised):
        """A purchase was cancelled or cut: back in the journal, and in the journal's
        alerts until it is ordered again, whoever did it. The salesperson is told of
        those that were ``promised``, for he was shown a date."""
        self._alert_by_user(
            "purchase_journal_back", lambda r: r._get_buyers_in_charge()
        )
        promised._alert_salesperson("purchase_journal_cancelled")

    # -- one alert for each -------------------------------------------------------

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
        for request in self:
            for code in request._get_ended_causes(was[request]):
                AlertType._withdraw(code, request)
        for request in self.filtered(lambda r: r.came_back and not r.qty_to_order):
            request.came_back = False
            AlertType._withdraw("purchase_journal_back", request)

    def _get_ended_causes(self, was):
        """The codes of alerts about this request whose cause has gone since it looked
        as ``was``."""
        codes = set()
        if was["needs_decision"] and not self.needs_decision:
            codes.add("purchase_journal_decision")
        if was["waits_for"] and self.waits_for != was["waits_for"]:
            codes.add(f"purchase_journal_{was['waits_for']}")
        if self._is_later_no_more(was):
            codes.add("purchase_journal_later")
        if was["qty_to_order"] and not self.qty_to_order:
            codes.add("purchase_journal_answered")
        return codes

    def _withdraw_asked(self, waiting):
        """Take back the alerts about the batches of which nothing waits any more.

        :param self: the first requests of the batches
        :param list waiting: the domain of what waits
        """
        waiting = [("batch_request_id", "in", self.ids), *waiting]
        for first in self - self.search(waiting).batch_request_id:
            self.env["alert.type"]._withdraw("purchase_journal_asked", first)
