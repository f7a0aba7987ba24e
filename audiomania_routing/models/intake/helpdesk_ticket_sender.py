# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ...names import PENDING
from .mail_intake_sender import ASIDE


class HelpdeskTicket(models.Model):
    """What somebody has said of a letter or its sender, in its conversation."""

    _inherit = "helpdesk.ticket"

    def _is_forced_letter(self, message_type):
        """A letter that somebody has called an inquiry, were it a colleague's."""
        return message_type == "email" and self.env["mail.thread"]._is_forced()

    def _is_inquiry(self, message):
        # sudo: mail.message: a portal customer may not read what the check needs
        return self._is_forced_letter(
            message.sudo().message_type
        ) or super()._is_inquiry(message)

    def _is_reply(self, message_type, subtype, author_id):
        return not self._is_forced_letter(message_type) and super()._is_reply(
            message_type, subtype, author_id
        )

    def action_never(self):
        """Set aside whatever the senders of these conversations begin from now on.

        What waits in them needs no answer.
        """
        if not self.env.user._is_routing_manager():
            raise AccessError(
                self.env._("Only helpdesk managers may set a sender's letters aside.")
            )
        self.check_access("write")
        for ticket in self:
            company = ticket.company_id or self.env.company
            self.env["mail.intake.sender"]._set(
                ticket._get_sender_email(), ASIDE, company
            )
        pending = self.filtered(lambda ticket: ticket.inquiry_state == PENDING)
        return pending.action_no_action_required() if pending else True

    def _get_sender_email(self):
        message = self.inquiry_ids[-1:].message_id
        return email_normalize(
            message.email_from or self.partner_email or self.partner_id.email or ""
        )
