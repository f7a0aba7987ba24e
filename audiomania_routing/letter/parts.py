# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A parsed message, read without Python's header parser, which raises on real letters.

Headers are decoded from what stands in the letter, texts from their own bytes, both up
to a length, and a charset that nobody knows is guessed.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from functools import cached_property
from html import unescape
from itertools import chain
from typing import Any, TypeAlias

from .address import first_of, split

AnyMessage: TypeAlias = "Message[Any, Any]"

HEADERS = 1000
"""So many headers of a letter are read,"""
HEADER_LENGTH = 20_000
"""so many characters of each,"""
TEXT_LENGTH = 200_000
"""so many of each text,"""
PARTS = 100
"""and so many parts."""

BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NOT_BASE64 = bytes(set(range(256)) - set(BASE64))
NAMING = ("To", "Cc", "From", "Sender", "Return-Path", "Reply-To") + (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
)
NOT_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"}
WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
GAP = re.compile(r"\?=\s+(?==\?)")
TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)")
PARAMETER = r";\s*%s\s*=\s*(?:\"([^\"]*)\"|([^\s;\"]+))"
NAME = re.compile(r"(!--|[/!?]?[a-zA-Z][a-zA-Z0-9]*)")
UNSEEN = {"head", "script", "style", "title"}
BREAKS = dict.fromkeys(
    ["br", "/p", "p", "/div", "div", "/tr", "/h1", "/h2", "/h3", "li", "hr", "/table"],
    "\n",
) | {"blockquote": "\n> ", "/blockquote": "\n", "/td": " "}
QUOTED = re.compile(
    r"^\s*>"
    r"|^\W*(?:-{3,}|_{3,})?\s*(?:original message|исходное сообщение"
    r"|пересылаемое сообщение|forwarded message)\b"
    r"|^\s*(?:on|am|le|el)\b.{6,200}\b(?:wrote|schrieb|écrit|escribió)\s*:?\s*$"
    r"|^.{6,200}\b(?:написала?|пишет|писала?)(?:\(а\))?\s*:?\s*$"
    r"|^\s*\*?(?:from|от(?: кого)?)\s*:\*?\s.*@",
    re.IGNORECASE,
)


class Letter:
    """A message as it can be read, whatever is wrong with it.

    >>> from email import message_from_bytes
    >>> letter = Letter(message_from_bytes(
    ...     b"Subject: =?utf-8?b?0J/RgNC4?= =?utf-8?b?0LLQtdGC?=\\n"
    ...     b"From: \\"Anna <anna@a.example>\\" <ANNA@b.example>\\n\\nHello"))
    >>> letter.subject, letter.sender, letter.text
    ('Привет', 'anna@b.example', 'Hello')
    """

    def __init__(self, message: AnyMessage) -> None:
        self.message = message

    @cached_property
    def _headers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number, (name, value) in enumerate(self.message.raw_items()):
            if number == HEADERS:
                break
            found.setdefault(str(name).lower(), []).append(str(value)[:HEADER_LENGTH])
        return found

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._headers

    def headers(self, name: str) -> tuple[str, ...]:
        """Every header of that name, decoded, on one line."""
        return tuple(
            read_header(value) for value in self._headers.get(name.lower(), ())
        )

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        values = self._headers.get(name.lower())
        return read_header(values[0]) if values else ""

    @cached_property
    def subject(self) -> str:
        return self.header("Subject")

    @cached_property
    def sender(self) -> str:
        """The address in From, normalized."""
        return first_of(self.header("From"))

    @cached_property
    def addressed(self) -> frozenset[str]:
        """Whom the letter names itself: its recipients and its sender."""
        values = chain.from_iterable(self.headers(name) for name in NAMING)
        return frozenset(chain.from_iterable(map(split, values)))

    @cached_property
    def type(self) -> str:
        return type_of(self.message)

    @cached_property
    def parts(self) -> tuple[AnyMessage, ...]:
        """The parts of this letter itself, not of letters attached to it."""
        return tuple(_leaves(self.message))

    @cached_property
    def text(self) -> str:
        """What is read first: the texts, or the HTML where there is no text."""
        plain = [each for each in self.parts if type_of(each) == "text/plain"]
        shown = [each for each in plain if not _is_attached(each)]
        texts = [content_of(each) for each in shown]
        if any(text.strip() for text in texts):
            return "\n".join(texts)[:TEXT_LENGTH]
        html = [each for each in self.parts if type_of(each) == "text/html"]
        return "\n".join(from_html(content_of(each)) for each in html)[:TEXT_LENGTH]

    @cached_property
    def own_text(self) -> str:
        """What the sender wrote himself, above what he quotes."""
        return own_words(self.text)


def read_header(value: str) -> str:
    """Encoded words and raw bytes as text, on one line.

    >>> read_header("=?koi8-r?Q?=EF=D4=D7=C5=D4?=: =?no-such?q?=D0=B0?=\\n b")
    'Ответ: а b'
    """
    value = GAP.sub("?=", as_text(value))
    return " ".join(WORD.sub(_read_word, _join_words(value)).split())


def _join_words(value: str) -> str:
    """A character whose bytes stand in two encoded words is one again."""
    return re.sub(r"(?i)(=\?(utf-8)\?q\?[^?]*)\?==\?utf-8\?q\?", r"\1", value)


def _read_word(match: re.Match[str]) -> str:
    charset, way, content = match.groups()
    raw = content.encode("utf-8", "surrogateescape")
    if way in "bB":
        return decode(_from_base64(raw), charset)
    return decode(quopri.decodestring(raw, header=True), charset)


def as_text(value: str) -> str:
    """Text whose undecoded bytes (surrogates) are read as UTF-8 or what it looks like.

    >>> as_text("\\udcd0\\udcb0"), as_text("\\udce0"), as_text("a\\ud800")
    ('а', 'а', 'a?')
    """
    if value.isascii():
        return value
    return decode(to_bytes(value), "utf-8")


def to_bytes(value: str) -> bytes:
    """The bytes of a text in which undecoded ones stand as surrogates."""
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace")


def decode(raw: bytes, charset: str) -> str:
    """The text of these bytes; a wrong or unknown charset is guessed.

    >>> decode(b"\\xcf\\xf0\\xe8\\xe2\\xe5\\xf2", "x-unknown")
    'Привет'
    """
    for name in (charset.strip().lower(), "utf-8", "cp1251"):
        if name.replace("-", "_") in NOT_CHARSETS:
            continue
        try:
            return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def type_of(part: AnyMessage) -> str:
    """The content type, as it is written, or the one that is meant by none.

    >>> from email import message_from_string
    >>> type_of(message_from_string("Content-Type: Text/HTML; charset=x\\n\\n"))
    'text/html'
    >>> type_of(message_from_string("Content-Type: nonsense\\n\\n"))
    'text/plain'
    """
    match = TYPE.match(_raw(part, "content-type"))
    return match[1].lower() if match else "text/plain"


def parameter(part: AnyMessage, name: str, header: str = "content-type") -> str:
    """A parameter of the content type, or nothing."""
    match = re.search(PARAMETER % re.escape(name), _raw(part, header), re.IGNORECASE)
    return (match[1] or match[2] or "").strip() if match else ""


def content_of(part: AnyMessage) -> str:
    """The text of one part, decoded."""
    payload = getattr(part, "_payload", None)
    if not isinstance(payload, str):
        return ""
    way = _raw(part, "content-transfer-encoding").strip().lower()
    if way not in ("base64", "quoted-printable"):
        return _plain(payload[:TEXT_LENGTH], parameter(part, "charset"))
    raw = to_bytes(payload[: TEXT_LENGTH * 2])
    raw = _from_base64(raw) if way == "base64" else quopri.decodestring(raw)
    return decode(raw, parameter(part, "charset") or "utf-8")[:TEXT_LENGTH]


def from_html(html: str) -> str:
    """The words of a page, its lines where the page breaks them.

    >>> from_html("<style>p {}</style><p>Hello,<br>a &lt; b</p><a@b.example>")
    'Hello,\\na < b\\n<a@b.example>'
    """
    first, *pieces = re.sub(r"\s+", " ", html[:TEXT_LENGTH]).split("<")
    found, unseen = [first], ""
    for piece in pieces:
        tag, _closed, rest = piece.partition(">")
        match = NAME.match(piece)
        name = match[1].lower() if match else ""
        if unseen:
            ends = "-->" in piece if unseen == "!--" else name == f"/{unseen}"
            unseen = "" if ends else unseen
            found.append(rest if ends else "")
        elif name in UNSEEN or (name == "!--" and "-->" not in piece):
            unseen = name
        elif not match or ("@" in tag and "=" not in tag and " " not in tag):
            found.append(f"<{piece}")
        else:
            found.append(BREAKS.get(name, "") + rest)
    lines = (" ".join(line.split()) for line in unescape("".join(found)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str) -> str:
    """What stands above the first quotation.

    >>> own_words("Yes, please.\\n\\nOn Monday, Anna <a@b.example> wrote:\\n> Do you?")
    'Yes, please.'
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if QUOTED.search(line[:500]):
            return "\n".join(lines[:number]).strip()
    return text.strip()


def attached_letters(message: AnyMessage) -> Iterator[AnyMessage]:
    """The letters attached to it, one level deep."""
    for part in _leaves(message):
        payload = getattr(part, "_payload", None)
        if type_of(part) == "message/rfc822" and isinstance(payload, list):
            yield from (each for each in payload if isinstance(each, Message))


def _leaves(message: AnyMessage) -> Iterator[AnyMessage]:
    waiting, seen = [message], 0
    while waiting and seen < PARTS:
        part, seen = waiting.pop(), seen + 1
        payload = getattr(part, "_payload", None)
        if isinstance(payload, list) and not type_of(part).startswith("message/"):
            inner = [each for each in payload[:PARTS] if isinstance(each, Message)]
            waiting.extend(reversed(inner))
        else:
            yield part


def _is_attached(part: AnyMessage) -> bool:
    return _raw(part, "content-disposition").strip().lower().startswith("attachment")


def _raw(part: AnyMessage, name: str) -> str:
    for number, (key, value) in enumerate(part.raw_items()):
        if str(key).lower() == name:
            return str(value)[:HEADER_LENGTH]
        if number == HEADERS:
            break
    return ""


def _plain(payload: str, charset: str) -> str:
    """A text that came without an encoding: already text, or bytes as surrogates."""
    try:
        payload.encode("utf-8")
        if payload.isascii() and charset.lower() in ("iso-2022-jp", "utf-7", "hz"):
            return decode(payload.encode("ascii"), charset)
        return payload
    except UnicodeEncodeError:
        return decode(to_bytes(payload), charset or "utf-8")


def _from_base64(raw: bytes) -> bytes:
    """What can be read of it: other characters and a missing end are left out."""
    kept = raw.translate(None, NOT_BASE64)
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""
