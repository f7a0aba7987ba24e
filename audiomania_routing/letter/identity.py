# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What makes two deliveries one letter: what its author wrote, not how it travelled."""

from __future__ import annotations

import hashlib

from . import headers
from .glance import Glance

# What an author's program writes. Everything else is added, changed or ordered anew on
# the way (Received, DKIM-Signature, Delivered-To, X-...) or in the mailbox (Status).
WRITTEN = (
    *("from", "reply-to", "to", "cc", "subject", "date", "message-id"),
    *("in-reply-to", "references"),
    *("content-type", "content-transfer-encoding", "content-disposition"),
)


def content_hash(raw: bytes) -> str:
    r"""The same for one letter from two mailboxes, another for another text; sha256.

    Line ends, how headers are folded, the "From " line of a mailbox file and empty
    lines at the end are no difference.

    >>> content_hash(b"Received: a\r\nSubject: Hi\r\n\r\nText\r\n") == content_hash(
    ...     b"From me\nSubject: Hi\nX-Spam: 1\n\nText")
    True
    >>> content_hash(b"Subject: Hi\n\nText") == content_hash(b"Subject: Hi\n\nOther")
    False
    """
    block = headers.split(raw)
    digest = hashlib.sha256()
    for name in WRITTEN:
        for value in block.values(name):
            digest.update(b"%s:%s\n" % (name.encode(), b" ".join(value.split())))
    digest.update(b"\n" + _text(raw[block.body :]))
    return digest.hexdigest()


def identity(raw: bytes, glance: Glance) -> str | None:
    """Two deliveries with the same identity are one letter.

    Real mail repeats Message-IDs, so the content counts with it; without a Message-ID
    the date does; a letter that has neither is never the same as another.
    """
    if glance.message_id:
        return _identity("message-id", glance.message_id, raw)
    if glance.date:
        return _identity("date", glance.date, raw)
    return None


def _identity(kind: str, key: str, raw: bytes) -> str:
    text = f"{kind}\n{key}\n{content_hash(raw)}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _text(body: bytes) -> bytes:
    """The body with one kind of line end, and without the quotes of a mailbox file."""
    body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n")
    return body.replace(b"\n>From ", b"\nFrom ")
