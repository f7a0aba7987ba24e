# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import html2plaintext, plaintext2html

from .purchase_journal_request import BUYERS
from .request_state import OFFER

ANSWER = object()
"""In the context: these words are the answer. Nobody who calls can hand it over."""

WORD = object()
"""Likewise: what was decided is told by whoever says it here."""


class PurchaseJournalRequest(models.Model):
    """What a buyer and a salesperson tell each other about a request."""

    _inherit = "purchase.journal.request"

    def _comment(self, body, needs_decision=False):
        """Say something on each request; it shows on the order line (rule 39).

        :param str body: plain text
        :param needs_decision: the buyer waits for the salesperson's word, who gets
            an alert (rule 40)
        """
        # As in `create`: who comments does not follow.
        for request in self.with_context(mail_post_autofollow_author_skip=True):
            request.message_post(
                body=plaintext2html(body),
                message_type="comment",
                subtype_xmlid="mail.mt_note",
            )
        if needs_decision:
            self._check_buyer()
            self.needs_decision = True
            self._alert_decision(body)

    def _message_post_after_hook(self, message, msg_values):
        res = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "comment":
            # sudo: purchase.journal.request: who may comment may not write.
            self.sudo()._keep_comment(message)
        return res

    def _keep_comment(self, message):
        """The latest words are on the order line, wherever they were written."""
        text = html2plaintext(message.body or "").strip()
        if not text:
            return
        vals = {
            "last_comment": text,
            "last_comment_date": message.date,
            "last_comment_author_id": message.author_id.id,
        }
        if self._is_answer():
            vals |= self._take_answer(text)
        self.write(vals)

    def _take_answer(self, text):
        """The buyer is told what he waited for (rule 40). An offer waits on: it is
        accepted or declined.

        :return: what becomes of the request
        """
        offered = bool(self.open_offer_id)
        if self.needs_decision and self.env.context.get("journal_word") is not WORD:
            self._alert_buyer("purchase_journal_answered", comment=text)
        return {
            "needs_decision": offered,
            "waits_for": OFFER if offered else False,
        }

    def _is_answer(self):
        """The salesperson's word is what the buyer waited for."""
        if self.env.context.get("journal_answer") is ANSWER:
            return True
        user = self.env.user
        return user == self.requested_by_id or not user.has_group(BUYERS)
