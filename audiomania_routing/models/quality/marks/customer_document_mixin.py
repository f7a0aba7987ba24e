# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ....names import PENDING
from .helpdesk_ticket_footer import add_marks, split_for_marks


class CustomerDocumentMixin(models.AbstractModel):
    """What is answered on an order or an invoice carries the marks as any answer."""

    _inherit = "customer.document.mixin"

    def _notify_get_recipients_classify(
        self, message, recipients_data, model_description, msg_vals=False
    ):
        groups = super()._notify_get_recipients_classify(
            message, recipients_data, model_description, msg_vals=msg_vals
        )
        ticket = self._get_conversation_answered_by(message)
        if not ticket or not ticket._carries_marks(message):
            return groups
        marks = ticket._prepare_answer_marks(message)
        if not marks:
            return groups
        ids, emails = set(ticket._get_customers().ids), ticket._get_customer_addresses()
        return split_for_marks(groups, marks, ids, emails)

    def _get_conversation_answered_by(self, message):
        """The conversation that waits for what an employee writes here; no query for
        what nobody wrote as a reply."""
        # sudo: helpdesk.ticket, mail.message: whoever of the employees answers
        tickets, message = self.env["helpdesk.ticket"].sudo(), message.sudo()
        author = message.author_id
        if (
            len(self) != 1
            or not author
            or not tickets._is_reply(
                message.message_type, message.subtype_id, author.id
            )
        ):
            return tickets
        waiting = Domain("inquiry_state", "=", PENDING)
        return tickets.search(self._get_conversations_domain() & waiting, limit=1)

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        html = super()._notify_by_email_render_layout(
            message, recipients_group, msg_vals=msg_vals, render_values=render_values
        )
        return add_marks(self.env, html, recipients_group, render_values)
