# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header, email_normalize_all

from .course import TICKET

NAMED = ("To", "Cc")
DELIVERED = ("X-Original-To", "Envelope-To", "Delivered-To", "Resent-To", "Resent-Cc")
"""What mail servers write of the envelope, the nearest to the sender first."""


class MailThread(models.AbstractModel):
    """Whose address an address is: a team's, an employee's, the company's, nobody's."""

    _inherit = "mail.thread"

    @api.model
    def _detect_write_to_catchall(self, msg_dict):
        """The catchall is an address of ours like any other: answered, not bounced."""
        return False

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """What Odoo itself sends from an address of ours opens no conversation.

        Its letters to employees come back where one mailbox holds all of the
        company's domain; an answer in a conversation still finds it.
        """
        if super()._detect_loop_sender(message, message_dict, routes):
            return True
        opens = not any(thread_id for _model, thread_id, *_rest in routes or ())
        sender = email_normalize(message_dict["email_from"])
        return bool(
            opens
            and self._is_written_by_odoo(message, message_dict)
            and self._is_address_of_desk(sender)
            and not self._is_allowed_to_loop(sender)
        )

    @api.model
    def _is_written_by_odoo(self, message, message_dict):
        """Every letter of Odoo has its mark in the Message-ID, most have a header."""
        return "X-Odoo-Objects" in message or "-openerp-" in message_dict["message_id"]

    @api.model
    def _is_allowed_to_loop(self, email):
        # sudo: mail.gateway.allowed: the gateway asks for whoever fetched it
        allowed = self.env["mail.gateway.allowed"].sudo()
        return bool(allowed.search_count([("email_normalized", "=", email)], limit=1))

    @api.model
    def _is_address_of_desk(self, email):
        """Whether it is an alias of ours, or what Odoo itself sends from."""
        email = email_normalize(email)
        book = self.env["mail.address.book"]
        return bool(email) and book._is_ours(email) and book._is_place(email)

    def _alias_get_error(self, message, message_dict, alias):
        """No customer is refused by a team's address, whom it was meant for (rule 1).

        Addresses of other applications keep their limits.
        """
        # sudo: mail.alias, ir.model: the gateway asks for whoever fetched the letter
        is_desk = alias.sudo().alias_model_id.model == TICKET
        if is_desk and self._get_course() is not None:
            return False
        return super()._alias_get_error(message, message_dict, alias)

    # Who is inside

    @api.model
    def _is_colleague(self, email):
        """Whether an employee writes from this address; asked once for a letter."""
        if not email:
            return False
        course = self._get_course()
        known = course.insiders if course else {}
        if email not in known:
            # sudo: mail.former.address: the same for whoever fetched the letter
            addresses = self.env["mail.former.address"].sudo()
            known[email] = addresses._is_inside(email)
        return known[email]

    # To whom it was sent

    @api.model
    def _get_letter_recipients(self, message):
        """Normalized addresses, To before Cc, in the order of the letter, once each.

        Where they name nobody of ours, a blind copy or a list has brought it: then the
        address counts to which it was delivered.
        """
        named = _read_addresses(message, NAMED)
        delivered = _read_addresses(message, DELIVERED)
        if set(delivered) - set(named):
            is_ours = self.env["mail.address.book"]._is_ours
            if not any(map(is_ours, named)):
                named += filter(is_ours, delivered)
        return ",".join(dict.fromkeys(named))

    @api.model
    def _read_recipients(self, message):
        """The same as a tuple, read once for a letter."""
        course = self._get_course()
        if course is None or course.recipients is None:
            found = self._get_letter_recipients(message)
            recipients = tuple(filter(None, found.split(",")))
            if course is None:
                return recipients
            course.recipients = recipients
        return course.recipients


def _read_addresses(message, names):
    headers = (decode_message_header(message, name, separator=",") for name in names)
    return [email for header in headers for email in email_normalize_all(header)]
