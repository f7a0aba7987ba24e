# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What Odoo does to read a letter, step by step, to see whether it gets through.

The steps are those of ``message_parse`` of Odoo's mail gateway: the same parser, the
same policy, the same order. Only for letters that :mod:`bounds` finds nothing in.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

POLICY = email.policy.SMTP
PEOPLE = ("From", "Cc", "Delivered-To", "To", "Resent-To", "Resent-Cc")
WORDS = ("Message-Id", "Subject", "References", "In-Reply-To", "Date")
RETURNED = ("Message-Id", "X-Microsoft-Original-Message-ID")


def why_not(raw: bytes) -> str:
    r"""The error that Odoo's own reading ends with, "" when it gets through.

    >>> why_not(b"From: a@b.ru\n\nText")
    ''
    >>> why_not(b"Content-Type: font/woff\n\nText")
    "KeyError: 'font/woff'"
    """
    try:
        for text in _read(raw):
            text.encode()
            if "\0" in text:
                return "ValueError: NUL"
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    return ""


def header(name: str, value: bytes) -> str:
    """A header as Python's parser reads it; raises what that raises."""
    text = value.decode("ascii", "surrogateescape")
    return str(POLICY.header_fetch_parse(name, text))


def addresses(text: str) -> list[tuple[str, str]]:
    """Names and addresses as Odoo finds them in a header that was read."""
    return [(name, address) for name, address in getaddresses([text]) if "@" in address]


def _read(raw: bytes) -> Iterator[str]:
    """Every text that would be stored; raises where Odoo's reading does."""
    message = email.message_from_bytes(raw, policy=POLICY)
    yield from _headers(message)
    _report(message)
    if message.get_content_maintype() == "text":
        yield message.get_content()
        return
    for part in message.walk():
        if part.get_content_maintype() != "multipart":
            yield from _part(part)


def _headers(message: EmailMessage) -> Iterator[str]:
    for name in PEOPLE:
        text = ",".join(each for each in message.get_all(name, []) if each)
        yield text
        for person, address in addresses(text):
            yield person
            yield address
    for name in WORDS:
        yield " ".join(each for each in message.get_all(name, []) if each)


def _part(part: EmailMessage) -> Iterator[str]:
    filename = part.get_filename()
    is_text = part.get_content_type().startswith("text/")
    if is_text and not part.get_param("charset"):
        part.set_charset("utf-8")
    part.get_content_charset()
    part.get("Content-Type", "").startswith("pdf;")
    content = part.get_content()
    yield str(part.get("content-id", ""))
    disposition = part.get("content-disposition", "").strip()
    yield filename or ""
    if isinstance(content, EmailMessage):
        content.as_bytes()
    elif is_text and not filename and not disposition.startswith("attachment"):
        yield content


def _report(message: EmailMessage) -> None:
    """What Odoo looks for in a report on delivery."""
    returned: Any = _first(message, "message/rfc822", "text/rfc822-headers")
    status: Any = _first(message, "message/delivery-status")
    if status is not None and len(status.get_payload()) > 1:
        status.get_payload()[1].get_all("Final-Recipient", [])
    if returned is None:
        returned = _first(message, "multipart/report")
    if returned is None:
        return
    if returned.get_content_type() == "text/rfc822-headers":
        returned = email.message_from_string(returned.get_content(), policy=POLICY)
    else:
        returned = returned.get_payload()[0]
    for name in RETURNED:
        " ".join(each for each in returned.get_all(name, []) if each)


def _first(message: EmailMessage, *types: str) -> Any:
    parts = (part for part in message.walk() if part.get_content_type() in types)
    return next(parts, None)
