# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import ast

from odoo import api, fields, models
from odoo.tools import email_normalize

from ...addresses import can_be_answered
from .course import TICKET

BY_HAND = ("comment", "email")
IS_AUTOMATIC = "routing_automatic"
"""In the context: what is sent now is sent by no human's hand."""

ANSWERS_LETTER = "routing_answers_letter"
"""In the context: a letter is being processed, and what is sent now answers it."""

SUBMITTED = "Auto-Submitted"


class MailMail(models.Model):
    """What leaves can be answered (rule 21); what leaves by itself says so."""

    _inherit = "mail.mail"

    is_automatic = fields.Boolean(
        string="Automatic",
        readonly=True,
        help="Sent by no human's hand. Such mails to one address are limited.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # sudo: mail.message: whoever sends, it was written by the same
        messages = self.env["mail.message"].sudo()
        for vals in vals_list:
            message = messages.browse(vals.get("mail_message_id") or [])
            if "is_automatic" not in vals:
                vals["is_automatic"] = self._is_sent_by_itself(vals, message)
            if vals["is_automatic"] and message.message_type not in BY_HAND:
                vals["headers"] = self._add_automatic_headers(vals.get("headers"))
        mails = super().create(vals_list)
        # sudo: mail.mail: whoever writes, no letter says what cannot be answered
        mails.sudo()._make_answerable()
        return mails

    # What is automatic

    @api.model
    def _is_sent_by_itself(self, vals, message):
        """Whether no employee wrote it.

        What a customer wrote and the system hands on to others counts too. It bears
        no mark of being automatic: a human wrote it.

        :param message: the posted message of which it is a notification, if any
        """
        if message and message.message_type in BY_HAND:
            return not message._is_written_by_employee()
        headers = _read_headers(vals.get("headers")) or {}
        if SUBMITTED in headers:
            return str(headers[SUBMITTED]).strip().lower() != "no"
        return bool(message) or self._is_nobody_at_work()

    @api.model
    def _is_nobody_at_work(self):
        """Whether no employee has just pressed a button."""
        context, user = self.env.context, self.env.user
        # sudo: res.users: whether the one who acts is an employee
        by_user = user.active and user.sudo()._is_internal()
        return not by_user or any(
            context.get(name) for name in (IS_AUTOMATIC, ANSWERS_LETTER, "cron_id")
        )

    @api.model
    def _add_automatic_headers(self, text):
        """The headers with those that keep other machines from answering (RFC 3834)."""
        headers = _read_headers(text)
        if headers is None:
            return text
        answers = self.env.context.get(ANSWERS_LETTER)
        headers.setdefault(SUBMITTED, "auto-replied" if answers else "auto-generated")
        headers.setdefault("X-Auto-Response-Suppress", "All")
        return repr(headers)

    # What can be answered

    def _make_answerable(self):
        """No address that nobody reads stands in From or Reply-To."""
        for mail in self:
            if not mail.reply_to and mail.model == TICKET and mail.res_id:
                ticket = mail.env[TICKET].browse(mail.res_id)
                mail.reply_to = ticket._notify_get_reply_to(mail.email_from)[ticket.id]
            if mail.email_from and not mail._is_read(mail.email_from):
                senders = (mail.reply_to, *mail._get_own_senders(), mail.email_from)
                mail.email_from = next(filter(mail._is_read, senders), mail.email_from)
            if mail.reply_to and not mail._is_read(mail.reply_to):
                senders = (*mail._get_own_senders(), mail.email_from)
                mail.reply_to = next(filter(mail._is_read, senders), False)

    def _get_own_senders(self):
        """The company's own addresses."""
        company = self.record_company_id or self.env.company
        return company.catchall_formatted, company.email_formatted

    def _is_read(self, address):
        """Whether an address, with a name or without, is read for all we know.

        What is sent to the bounce address is taken for a report.
        """
        email = email_normalize(address or "")
        if not email:
            return False
        company = self.record_company_id or self.env.company
        bounces = {company.bounce_email, self.record_alias_domain_id.bounce_email}
        return can_be_answered(email) and email not in bounces


def _read_headers(text):
    """The headers of a mail as a dictionary, or None: Odoo cannot read them either."""
    if isinstance(text, dict):
        return dict(text)
    try:
        headers = ast.literal_eval(text or "{}")
    except (ValueError, SyntaxError):
        return None
    return headers if isinstance(headers, dict) else None
