# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import format_date

# A buyer who takes a request has not said anything yet.
SILENT = ("asked", "in_work")


class PurchaseJournalRequest(models.Model):
    """The buyer's answer reminds who promised the customer one (rule 42)."""

    _inherit = "purchase.journal.request"

    def _alert_what_changed(self, shown):
        result = super()._alert_what_changed(shown)
        self.filtered(lambda one: one._says_something(shown[one.id]))._keep_promises()
        return result

    def _says_something(self, was):
        """Whether the buyer, or a purchase, said what the customer can be told."""
        if self.state != was["state"] and self.state not in SILENT:
            return True
        if self.expected_date and self.expected_date != was["expected_date"]:
            return True
        # A purchase that is gone: what was on its way is not.
        if was["state"] not in SILENT and self.qty_planned < was["qty_planned"]:
            return True
        return self.last_comment != was["last_comment"] and not self._is_answer()

    def _keep_promises(self):
        """What waits for these requests comes back now, to who promised it."""
        Ticket = self.env["helpdesk.ticket"]
        if not self or not Ticket._find_waiting_for(self):
            return
        for request in self:
            waiting = Ticket._find_waiting_for(request)
            waiting._promise_kept_by(request._get_answer_words())

    def _get_answer_words(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        words = self.env._(
            "The buyer has answered on %(request)s: %(status)s",
            request=self.display_name,
            status=labels[self.state],
        )
        if self.expected_date:
            words = self.env._(
                "%(answer)s, expected %(day)s",
                answer=words,
                day=format_date(self.env, self.expected_date),
            )
        return ". ".join(filter(None, [words, self.last_comment]))
