# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is known of one raw letter between its arrival and its outcome. No model."""

from dataclasses import dataclass, field
from enum import StrEnum

from ...letter.kinds import Verdict, classify

COURSE = "routing_course"
"""The key of the context under which the gateway finds the letter's course."""

IMAP, POP, PIPE, CALL = "imap", "pop", "pipe", "call"

TICKET = "helpdesk.ticket"

NEW = "new"
CONTINUED = "continued"
DUPLICATE = "duplicate"
BOUNCE = "bounce"
AUTO_REPLY = "auto_reply"
LOOP = "loop"
SPAM = "spam"
REFUSED = "refused"
FAILED = "failed"


class Cause(StrEnum):
    """Why an outcome is what it is; ``mail.intake.entry`` has a sentence for each."""

    LETTER = "letter"
    SENDER = "sender"
    COLLEAGUE = "colleague"
    ADDRESS = "address"
    KNOWN = "known"
    FORWARDED = "forwarded"
    NOTICE = "notice"
    MACHINES = "machines"
    AGAIN = "again"
    PROBE = "probe"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Reason:
    """What decided an outcome; whoever reads it, reads it in his language.

    :param detail: the header or phrase of the letter, or the sender's address
    """

    cause: Cause
    detail: str = ""


class RawLetter(bytes):
    """The bytes of a letter, with the way by which they came.

    :param source: ``imap``, ``pop``, ``pipe`` or ``call``
    :param key: what the other side calls this delivery; the same key is the same
        delivery, tried again. None: the other side has no name for it
    :param server_id: id of the ``fetchmail.server``
    """

    source = CALL
    key = None
    server_id = None
    admitted = False

    @classmethod
    def make(cls, raw, source, key=None, server_id=None):
        letter = cls(raw)
        letter.source, letter.key, letter.server_id = source, key, server_id
        return letter


@dataclass
class Course:
    """What becomes of one letter; the gateway fills it as it goes.

    :param entry_id: id of its ``mail.intake.entry``
    :param forced: somebody has said that this letter is an inquiry, whatever it seems
    :param outcome: one of the outcomes above, None as long as nobody has said
    :param reason: what decided the outcome
    :param record: what the letter became a part of
    :param message: the message that it became
    :param verdict: what kind of letter it is
    :param seen_before: whether Odoo has a message of this name
    :param joined: (model, id) of the documents that it continues
    :param insiders: address -> whether an employee writes from it, likewise
    :param recipients: its addresses in their order, once they are read
    :param hints: addresses that were meant by misspelt ones, once they are looked for
    :param sent_by: the address of the form that sent it for somebody else
    :param asks: an employee asks, and the company wants to answer him
    :param forwarded: what a colleague has sent on
    """

    entry_id: int
    forced: bool = False
    outcome: str | None = None
    reason: Reason | None = None
    record: object = None
    message: object = None
    verdict: Verdict | None = None
    seen_before: bool = False
    joined: set = field(default_factory=set)
    insiders: dict = field(default_factory=dict)
    recipients: tuple | None = None
    hints: tuple | None = None
    sent_by: str = ""
    asks: bool = False
    forwarded: object = None

    def meet(self, message):
        """See the parsed letter for the first time: what kind of letter is it?"""
        self.verdict = classify(message)

    def become(self, outcome, record=None, reason=None):
        """Say what becomes of it; what was said first stands."""
        if self.outcome is None:
            self.outcome, self.record, self.reason = outcome, record, reason

    def get_evidence(self):
        """The reason of what the letter says of itself."""
        return Reason(Cause.LETTER, self.verdict.evidence)

    def note(self, message):
        """Remember what it became: of several messages that of a conversation."""
        known = self.message and self.message.model == TICKET
        if not known and message.model and message.res_id:
            self.message = message

    def get_record(self):
        message = self.message
        return message.env[message.model].browse(message.res_id)


def get_course(env):
    """The course of the letter that is being processed, or None; nobody who calls can
    hand over one."""
    found = env.context.get(COURSE)
    return found if isinstance(found, Course) else None
