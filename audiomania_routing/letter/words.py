# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a header says in words: RFC 2047 as it is met, not as it was meant."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from . import charset
from .coding import NOT_BASE64, unbase64

# An encoded word; blanks and a question mark in its text are forgiven.
ENCODED = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?\r\n]|\?(?!=)){0,2000})\?=")
HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


class Word(NamedTuple):
    """Octets in one charset ("" = none is named), and whether they were encoded."""

    octets: bytes
    charset: str
    encoded: bool


def decode(value: bytes) -> str:
    """A header's value in one line, as readable as possible.

    >>> decode(b"=?utf-8?b?0JTQvtCx0YDRi9C5?= =?utf-8?q?_=D0?==?utf-8?q?=B4?=")
    'Добрый д'
    >>> decode("Заказ".encode("koi8-r"))
    'Заказ'
    >>> decode(b"no =?words?= here")
    'no =?words?= here'
    """
    texts = [charset.decode(word.octets, word.charset).text for word in _words(value)]
    return charset.one_line("".join(texts))


def _words(value: bytes) -> Iterator[Word]:
    """Neighbours of one charset are one word: characters are split between them."""
    held: Word | None = None
    for word in _single(value):
        if held and held.encoded and word.encoded and held.charset == word.charset:
            held = held._replace(octets=held.octets + word.octets)
            continue
        if held:
            yield held
        held = word
    if held:
        yield held


def _single(value: bytes) -> Iterator[Word]:
    at = 0
    for match in ENCODED.finditer(value):
        between = value[at : match.start()]
        if between and (between.strip() or not at):
            yield Word(between, "", False)
        yield Word(_octets(match[2], match[3]), _name(match[1]), True)
        at = match.end()
    if value[at:]:
        yield Word(value[at:], "", False)


def _octets(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"bB":
        return unbase64(NOT_BASE64.sub(b"", text))
    return HEX.sub(lambda match: binascii.unhexlify(match[1]), text.replace(b"_", b" "))


def _name(octets: bytes) -> str:
    """The charset without its language (RFC 2231)."""
    return octets.decode("latin-1").partition("*")[0].lower()
