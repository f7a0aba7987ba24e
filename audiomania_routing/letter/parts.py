# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A parsed message, read without Python's header parser, which raises on real letters.

Headers are decoded from what stands in the letter, texts from their own bytes, both up
to a length, and a charset that nobody knows is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from functools import cached_property
from html import unescape
from itertools import chain
from typing import Any, TypeAlias

from . import charset, coding, mime, words
from .address import first_of, split
from .headers import Block, Header

AnyMessage: TypeAlias = "Message[Any, Any]"

HEADERS = 1000
"""So many headers of a letter are read,"""
HEADER_LENGTH = 20_000
"""so many characters of each,"""
TEXT_LENGTH = 200_000
"""so many of each text,"""
PARTS = 100
"""and so many parts."""

NAMING = ("To", "Cc", "From", "Sender", "Return-Path", "Reply-To") + (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
)
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
    def _block(self) -> Block:
        return block_of(self.message)

    @cached_property
    def _values(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for header in self._block.headers:
            found.setdefault(header.key, []).append(header.value)
        return found

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._values

    def headers(self, name: str) -> tuple[str, ...]:
        """Every header of that name, decoded, on one line."""
        return tuple(map(words.decode, self._values.get(name.lower(), ())))

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        values = self._values.get(name.lower())
        return words.decode(values[0]) if values else ""

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


def block_of(part: AnyMessage) -> Block:
    """The headers of a message as they stand in it, not as Python understands them."""
    found = []
    for number, (name, value) in enumerate(part.raw_items()):
        if number == HEADERS:
            break
        octets = to_bytes(str(value)[:HEADER_LENGTH])
        found.append(Header(str(name), b" ".join(octets.splitlines())))
    return Block(tuple(found), 0)


def to_bytes(value: str) -> bytes:
    r"""The bytes of a text in which undecoded ones stand as surrogates.

    >>> to_bytes("\u0430 \udcff a\ud800")
    b'\xd0\xb0 \xff a?'
    """
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        escaped = "".join(
            "?" if "\ud800" <= sign < "\udc80" else sign for sign in value
        )
        return escaped.encode("utf-8", "surrogateescape")


def type_of(part: AnyMessage) -> str:
    r"""The content type, as it is written, or the one that is meant by none.

    >>> from email import message_from_string
    >>> type_of(message_from_string("Content-Type: Text/HTML; charset=x\n\n"))
    'text/html'
    >>> type_of(message_from_string("Content-Type: nonsense\n\n"))
    'text/plain'
    """
    return mime.content_type(block_of(part)).type


def parameter(part: AnyMessage, name: str) -> str:
    """A parameter of the content type, or nothing."""
    return words.decode(mime.content_type(block_of(part)).params.get(name, b""))


def content_of(part: AnyMessage) -> str:
    """The text of one part, decoded."""
    payload = getattr(part, "_payload", None)
    if not isinstance(payload, str):
        return ""
    block = block_of(part)
    octets = coding.decode(to_bytes(payload[: TEXT_LENGTH * 2]), mime.coding(block))
    named = mime.content_type(block).charset
    return charset.decode(octets[: TEXT_LENGTH * 2], named).text[:TEXT_LENGTH]


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
    return mime.disposition(block_of(part)) == "attachment"
