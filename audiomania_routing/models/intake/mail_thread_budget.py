# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import (
    decode_message_header,
    html2plaintext,
    unfold_references,
)

from ...letter.verdict import Kind
from .mail_mail import ANSWERS_LETTER, IS_AUTOMATIC

BY_MACHINE = (Kind.AUTO_REPLY, Kind.CHALLENGE, Kind.BULK)
COMPARED = 500
"""Two letters whose first characters are the same, but for digits, say the same."""

LATEST = 20


class MailThread(models.AbstractModel):
    """Two machines that answer each other end; a customer who writes often is served.

    What ends a loop is the budget of what goes out (`mail.automatic.sent`). What
    comes in is a loop only when it answers an automatic mail of ours, the budget of
    its sender is spent, and a machine wrote it.
    """

    _inherit = "mail.thread"

    @api.model
    def _is_loop(self, message, message_dict, ticket=None, verdict=None):
        """Whether a letter goes round between a machine of ours and another one.

        Never a shop form that sends from one address: it answers nothing. Never a
        customer who writes 25 times in two hours.

        :param message: the letter (email.message.EmailMessage)
        :param message_dict: what Odoo read in it
        :param ticket: the conversation that it would join, if any
        :param verdict: of `letter.kinds.classify`
        """
        sender = email_normalize(message_dict.get("email_from") or "")
        answered = unfold_references(
            f"{message_dict.get('references') or ''} "
            f"{message_dict.get('in_reply_to') or ''}"
        )
        if not sender or not answered:
            return False
        # sudo: mail.automatic.sent: the gateway asks for whoever fetched the letter
        sent = self.env["mail.automatic.sent"].sudo()
        return bool(
            sent._is_known(answered[-32:])
            and sent._is_spent(sender, ticket)
            and (
                (verdict and verdict.kind in BY_MACHINE)
                or self._says_the_same_again(message_dict)
            )
        )

    @api.model
    def _says_the_same_again(self, message_dict):
        """Whether this sender said just that before, as machines do.

        Photographs without a word are a person's.
        """
        text = _fold(message_dict.get("body"))
        if not text or message_dict.get("attachments"):
            return False
        # sudo: mail.message: the gateway asks for whoever fetched the letter
        messages = self.env["mail.message"].sudo()
        since = self.env["mail.automatic.sent"]._get_since()
        earlier = messages.search(
            [
                ("message_type", "=", "email"),
                ("email_from", "=", message_dict["email_from"]),
                ("create_date", ">", since),
            ],
            order="id desc",
            limit=LATEST,
        )
        return any(_fold(message.body) == text for message in earlier)

    # What is sent by no human's hand

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """What the system sends while it takes in a letter answers that letter."""
        answering = self.with_context(**{ANSWERS_LETTER: True})
        return super(MailThread, answering)._message_route_process(
            message, message_dict, routes
        )

    def _message_track_post_template(self, changes):
        """The letter of a stage is automatic, whoever moved the conversation there."""
        automatic = self.with_context(**{IS_AUTOMATIC: True})
        return super(MailThread, automatic)._message_track_post_template(changes)

    def _routing_create_bounce_email(
        self, email_from, body_html, message, **mail_values
    ):
        """No machine gets a notice that its letter was not accepted."""
        if self._is_from_machine(message):
            return None
        answering = self.with_context(**{ANSWERS_LETTER: True})
        return super(MailThread, answering)._routing_create_bounce_email(
            email_from, body_html, message, **mail_values
        )

    @api.model
    def _is_from_machine(self, message):
        """Whether nobody would read what we answer (RFC 3834)."""
        submitted = decode_message_header(message, "Auto-Submitted").strip().lower()
        precedence = decode_message_header(message, "Precedence").strip().lower()
        return (
            decode_message_header(message, "Return-Path").strip() == "<>"
            or submitted not in ("", "no")
            or precedence in ("bulk", "junk", "list", "auto_reply")
        )


def _fold(body):
    """What a letter says, without what it quotes and what changes in each."""
    lines = html2plaintext(body or "").splitlines()
    text = "".join(line for line in lines if not line.lstrip().startswith(">"))
    return re.sub(r"[\d\s]+", "", text)[:COMPARED].lower()
