# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import email.message
import re
from dataclasses import dataclass, field
from email import policy
from hashlib import sha256

from markupsafe import Markup

from odoo import api, models
from odoo.tools import email_normalize, formataddr
from odoo.tools.mail import decode_message_header, email_split_and_format

from ...letter.bounds import exceeded
from ...letter.forward import Forwarded, original_of, sends_on
from ...letter.kinds import Kind, classify
from ...letter.mending import find_defects, mend
from ...letter.wording import FORWARDED
from .course import CONTINUED, REFUSED, TICKET, Cause, Reason
from .mail_thread_route import ASIDE


@dataclass
class Original:
    """A letter that a colleague has sent on, ready to be a letter of its sender.

    :param sender: formatted address of whom it is
    :param message_id: its own name, or one that the same letter has again; None: the
        forward does not tell
    :param attachments: what came with the letter itself
    :param added: what the colleague has added
    :param forward_id: the name of the colleague's letter
    """

    by: str
    sender: str
    subject: str
    body: str
    comment: str
    forward_id: str
    message_id: str | None = None
    references: str = ""
    in_reply_to: str = ""
    attachments: list = field(default_factory=list)
    added: list = field(default_factory=list)


class MailThread(models.AbstractModel):
    """A colleague's forward of a customer's letter is the customer's (rule 1)."""

    _inherit = "mail.thread"

    @api.model
    def _settle_routes(self, course, message, message_dict, routes):
        original = self._find_original(course, message, message_dict, routes)
        if original is None:
            return super()._settle_routes(course, message, message_dict, routes)
        course.forwarded = original
        known = self._find_known(original, message_dict)
        if known:
            self._note_known(course, known)
            return [route for route in routes if route[0] != TICKET]
        routes = self._route_original(course, message, message_dict, routes)
        return super()._settle_routes(course, message, message_dict, routes)

    # What was sent on

    @api.model
    def _find_original(self, course, message, message_dict, routes):
        """The customer's letter in a colleague's; None: it is no such letter.

        What an outsider sends on stays his own letter, and a letter of ours that is
        sent on is no customer's.
        """
        ours = any(route[0] == TICKET for route in routes)
        if not ours or course.forced or course.verdict.kind in ASIDE:
            return None
        found = original_of(message)
        by = email_normalize(message_dict["email_from"])
        if found is None or not self._is_colleague(by):
            return None
        sender = email_normalize(found.sender_email)
        if not sender or self._is_colleague(sender) or self._is_address_of_desk(sender):
            return None
        return self._read_original(found, by, message, message_dict)

    @api.model
    def _read_original(self, found, by, message, message_dict):
        """The letter with its own text and attachments, as far as they were kept."""
        original = Original(
            by=by,
            sender=formataddr((found.sender_name, found.sender_email)),
            subject=_strip_forward(found.subject or message_dict.get("subject") or ""),
            body=Markup("<pre>%s</pre>") % found.text,
            comment=found.comment,
            forward_id=message_dict["message_id"],
        )
        if found.attached is None:
            original.message_id = _identify(found)
            original.attachments = message_dict.get("attachments") or []
            return original
        original.added = _get_added(message, message_dict)
        return self._read_attached(original, found.attached)

    @api.model
    def _read_attached(self, original, raw):
        """A letter that was attached whole is as good as the letter itself."""
        if exceeded(raw) or find_defects(raw):
            raw = mend(raw).raw
        inner = email.message_from_bytes(raw, policy=policy.SMTP)
        payload = self._message_parse_extract_payload(inner, {})
        original.body = payload["body"]
        original.attachments = payload["attachments"]
        original.message_id = (inner.get("Message-ID") or "").strip() or None
        original.references = decode_message_header(inner, "References")
        original.in_reply_to = decode_message_header(inner, "In-Reply-To").strip()
        replies = email_split_and_format(decode_message_header(inner, "Reply-To"))
        if replies and classify(inner).kind is Kind.GENERATED:
            original.sender = replies[0]
        return original

    # Where it goes

    @api.model
    def _find_known(self, original, message_dict):
        """The inquiry that this letter is already; or nothing.

        It was forwarded before, or has come itself: the forward bears its name, or
        answers the very letter that it sends on.
        """
        names = [original.message_id, message_dict.get("in_reply_to")]
        # sudo: helpdesk.inquiry, mail.message: for whoever fetched the letter
        env = self.sudo().env
        messages = env["mail.message"].search(
            [("message_id", "in", list(filter(None, names)))]
        )
        sender = email_normalize(original.sender)
        mine = messages.filtered(
            lambda one: (
                one.message_id == original.message_id
                or email_normalize(one.email_from or "") == sender
            )
        )
        return env["helpdesk.inquiry"].search(
            [
                "|",
                ("message_id", "in", mine.ids),
                ("source_message_id", "in", mine.ids),
            ],
            limit=1,
        )

    @api.model
    def _note_known(self, course, inquiry):
        """What is here already asks nothing again; the colleague's words are a note."""
        ticket = inquiry.ticket_id._get_continued()
        reason = Reason(Cause.FORWARDED)
        course.become(CONTINUED, ticket.with_env(self.env), reason)
        ticket._note_forwarded(course.forwarded)

    @api.model
    def _route_original(self, course, message, message_dict, routes):
        """Let the gateway take the forward for the letter itself."""
        original = course.forwarded
        parent = self._find_continued(original, message_dict, routes)
        message_dict.update(
            subject=original.subject,
            body=original.body,
            attachments=original.attachments,
            message_id=self._name_original(course, original),
            parent_id=parent.id,
            is_internal=False,
        )
        self._set_sender(message_dict, original.sender)
        if parent:
            ours = self._prepare_ticket_route(message_dict, parent.res_id)
            return [*_get_others(routes), ours]
        if any(route[1] for route in routes if route[0] == TICKET):
            ours = self._find_ticket_routes(message, message_dict)
            return [*_get_others(routes), *ours]
        return [
            (model, thread_id, values, self.env.uid, alias)
            for model, thread_id, values, _colleague, alias in routes
        ]

    @api.model
    def _find_continued(self, original, message_dict, routes):
        """The message of a conversation that the customer's letter answers.

        The headers of an attached letter say so; those of the forward only where the
        conversation is his.
        """
        # sudo: mail.message, helpdesk.ticket: for whoever fetched the letter
        gateway = self.sudo()
        answered = {
            "in_reply_to": original.in_reply_to,
            "references": original.references,
        }
        parent = gateway._get_parent_message(answered) or gateway.env["mail.message"]
        if parent.model == TICKET:
            return parent
        sender = email_normalize(original.sender)
        parent = gateway._get_parent_message(message_dict) or parent.browse()
        ticket = gateway.env[TICKET].browse(parent.res_id or [])
        is_his = parent.model == TICKET and ticket.exists()._is_customer(sender)
        return parent if is_his else parent.browse()

    @api.model
    def _name_original(self, course, original):
        """The Message-ID under which the letter is kept.

        The colleague's own is his note's: what answers it is internal.
        """
        # sudo: mail.message: the gateway asks whether it is known
        messages = self.env["mail.message"].sudo()
        name = original.message_id
        if name and not messages.search_count([("message_id", "=", name)], limit=1):
            return name
        return f"<{course.entry_id}.{original.forward_id.strip('<>')}>"

    # What the conversation says of it

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        letter = super()._prepare_letter(course, message, message_dict)
        if course.forwarded is None:
            return letter
        return {**letter, "forwarded_by_id": self._find_user(course.forwarded.by).id}

    @api.model
    def _find_user(self, address):
        """The account of the employee who writes from this address; or nothing."""
        # sudo: routing.facts, res.users: for whoever fetched the letter
        owners = self.env["routing.facts"].sudo()._get_owners({address})[address]
        users = self.env["res.users"].sudo()
        return users.browse([key for key in owners if key > 0][:1])

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """The colleague's own words follow the letter as an internal note."""
        thread_id = super()._message_route_process(message, message_dict, routes)
        course = self._get_course()
        if course and course.forwarded and course.message:
            record = course.get_record()
            if routes and record._name == TICKET:
                # sudo: helpdesk.ticket: for whoever fetched the letter
                record.sudo()._note_forwarded(course.forwarded)
        return thread_id

    @api.model
    def _judge(self, course, message, message_dict):
        """A forward that does not tell whose letter it is, is a colleague's question:
        he knows who asks."""
        outcome, reason = super()._judge(course, message, message_dict)
        sender = email_normalize(message_dict["email_from"])
        if outcome != REFUSED or not self._is_colleague(sender):
            return outcome, reason
        if original_of(message) or not sends_on(message):
            return outcome, reason
        course.asks = True
        return None, None


def _get_others(routes):
    return [route for route in routes if route[0] != TICKET]


def _get_added(message, message_dict):
    """The files that stand beside the attached letter, not in it."""
    letter = "message/rfc822"
    parts = message.iter_attachments()
    names = {part.get_filename() for part in parts if part.get_content_type() != letter}
    return [
        one
        for one in message_dict.get("attachments") or []
        if one[0] in names and not isinstance(one[1], email.message.Message)
    ]


def _strip_forward(subject):
    while found := FORWARDED.match(subject):
        subject = subject[found.end() :].strip()
    return subject


def _identify(found: Forwarded):
    """The same name for the same letter, where its date tells it from another one."""
    if not found.date:
        return None
    words = (found.sender_email, found.date, found.subject, found.text)
    text = re.sub(r"\s+", " ", "\n".join(words)).strip()
    return f"<{sha256(text.encode()).hexdigest()}@forwarded.invalid>"
