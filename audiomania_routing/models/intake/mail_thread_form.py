# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header, email_split_and_format

from ...addresses import can_be_answered
from ...letter.kinds import Kind
from .course import TICKET
from .mail_intake_sender import ASIDE


class MailThread(models.AbstractModel):
    """A form or a marketplace writes for somebody: whoever answers reaches him by
    Reply-To, so he is the customer."""

    _inherit = "mail.thread"

    @api.model
    def _settle_routes(self, course, message, message_dict, routes):
        """What joins a thread is his who wrote it."""
        joins = any(thread_id for _model, thread_id, *_rest in routes)
        ours = any(route[0] == TICKET for route in routes)
        if ours and not joins:
            if asker := self._find_asker(course, message, message_dict):
                course.sent_by = email_normalize(message_dict["email_from"]) or ""
                self._set_sender(message_dict, asker)
        return super()._settle_routes(course, message, message_dict, routes)

    @api.model
    def _set_sender(self, message_dict, sender):
        """From now on the letter is of this sender; who he is, is looked up again."""
        message_dict.update({"email_from": sender, "from": sender, "author_id": False})

    @api.model
    def _find_asker(self, course, message, message_dict):
        """The formatted address of whom a letter was sent for; or nothing.

        The form has an address of ours or is a program. What Odoo itself writes is no
        form, whatever Reply-To says; a Reply-To to ourselves is nobody who asks.
        """
        replies = decode_message_header(message, "Reply-To", separator=",")
        if not replies:
            return None
        asker = next(iter(email_split_and_format(replies)), "")
        address = email_normalize(asker)
        sender = email_normalize(message_dict["email_from"])
        if not address or address == sender or not can_be_answered(address):
            return None
        if self.env["mail.address.book"]._is_ours(address):
            return None
        if sender and not self._is_form(course, message, message_dict, sender):
            return None
        return asker

    @api.model
    def _is_form(self, course, message, message_dict, sender):
        is_ours = self.env["mail.address.book"]._is_ours(sender)
        if is_ours and self._is_written_by_odoo(message, message_dict):
            return False
        is_program = course.verdict.kind is Kind.GENERATED
        if not is_program and not (is_ours and not self._is_colleague(sender)):
            return False
        return not self._is_set_aside(sender, message_dict)

    @api.model
    def _is_set_aside(self, sender, message_dict):
        """Whether somebody has said that he wants no letters of this form."""
        company = self._get_letter_company(message_dict)
        rule = self.env["mail.intake.sender"]._find(sender, company)
        return rule.treatment == ASIDE
