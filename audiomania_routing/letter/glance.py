# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the headers say of a letter, before anything else is read of it."""

from __future__ import annotations

from dataclasses import dataclass

from . import charset, headers, mailboxes, words

LONGEST = 1000  # characters of a subject, a sender or a Message-ID
LONGEST_DATE = 200
RECIPIENTS = (
    *("to", "cc", "delivered-to", "x-original-to"),
    *("envelope-to", "resent-to", "resent-cc"),
)
# Who wrote, when From tells no address.
SENDERS = ("from", "sender", "reply-to", "return-path")


@dataclass(frozen=True)
class Glance:
    """The entry that every letter gets, read without parsing it.

    ``message_id`` is the header's text, None when there is none; ``sender`` is From in
    words and ``sender_email`` the address in it, "" when there is none; ``recipients``
    are addresses, To first; ``subject`` is one line; ``date`` is the header's text;
    ``size`` is in octets.
    """

    message_id: str | None
    sender: str
    sender_email: str
    recipients: tuple[str, ...]
    subject: str
    date: str
    size: int


def glance(raw: bytes) -> Glance:
    r"""Read the headers of any octets; never raises, and reads no more than it must.

    >>> seen = glance(b"From: Ivan <Ivan@shop.ru>\nTo: b@x.ru\nSubject: Hi\n\nText")
    >>> seen.sender_email, seen.recipients, seen.subject, seen.message_id
    ('ivan@shop.ru', ('b@x.ru',), 'Hi', None)
    """
    block = headers.split(raw)
    return Glance(
        message_id=_message_id(block),
        sender=words.decode(_bounded(block.value("from")))[:LONGEST],
        sender_email=next(iter(mailboxes.addresses(_senders(block), most=1)), ""),
        recipients=mailboxes.addresses(
            [_bounded(v) for v in block.values(*RECIPIENTS)]
        ),
        subject=words.decode(_bounded(block.value("subject")))[:LONGEST],
        date=_text(block.value("date"))[:LONGEST_DATE],
        size=len(raw),
    )


def _message_id(block: headers.Block) -> str | None:
    """The first that names something: ``<>`` does not."""
    texts = (_text(value) for value in block.values("message-id"))
    return next((text for text in texts if text.strip("<> ")), None)


def _senders(block: headers.Block) -> list[bytes]:
    return [_bounded(value) for value in block.values(*SENDERS)]


def _bounded(value: bytes) -> bytes:
    return value[: 32 * 1024]


def _text(value: bytes) -> str:
    """A header that is no words: a Message-ID, a date."""
    return charset.one_line(charset.decode(value[: 4 * LONGEST]).text)[:LONGEST]
