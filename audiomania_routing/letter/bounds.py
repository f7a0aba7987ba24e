# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What would hang or swell whoever reads a letter, found before it is parsed.

Python's parser needs time that grows with the square of the signs in a header, and with
lines times enclosures in a body. What is counted here is what that time depends on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from . import headers, reading
from .defects import Code, Defect
from .headers import Block, Header
from .reading import Part

MARGIN = 4  # times the limit of all headers: how far they are looked for to be cut
ADDRESSES = {
    *("from", "sender", "reply-to", "to", "cc", "bcc", "return-path", "delivered-to"),
    *("resent-from", "resent-sender", "resent-to", "resent-cc", "resent-bcc"),
    *("disposition-notification-to", "errors-to"),
}
REFERENCES = {"references", "in-reply-to", "message-id", "resent-message-id"}
# Everything but these may go when the headers are too long.
KEPT = {
    *("from", "sender", "reply-to", "to", "cc", "return-path", "delivered-to"),
    *("subject", "date", "message-id", "in-reply-to", "references"),
    *("auto-submitted", "precedence", "x-original-to", "envelope-to"),
    *("mime-version", "content-type", "content-transfer-encoding"),
    "content-disposition",
}
# What says how a part is read: it is parsed again and again.
OF_PARTS = {
    *("content-type", "content-transfer-encoding", "content-disposition"),
    *("content-id", "mime-version", "message-id"),
}
SIGNS = re.compile(rb"[\"()<>\[\]\\,:;.]|\s+")
BLANK_LINE = re.compile(rb"\n\n|\r\n\r\n|\r\r")
MOST_OF_NAME = 100  # octets of a header's name
# Enclosures that are opened to find the words at their bottom, never by Python.
DEEPEST = 100
TRIES = 10
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# What Odoo's reader of pages stumbles along: tags that begin again before they end.
UNENDING = re.compile(r"<[^<>]*(?:<|\sencoding=)[^>]*", re.IGNORECASE)
ID = re.compile(rb"<[^<>]{0,2000}>")


@dataclass(frozen=True)
class Limits:
    """How much of a letter is read. The defaults are far above what people send.

    ``letter``: octets of the whole; ``headers``: octets of all headers, those of the
    parts too; ``header``: octets of one; ``part_header``: octets of one that says what
    a part is; ``addresses``: in one header; ``references``: letters that one header
    names; ``signs``: blanks, quotes, brackets and points in all headers of addresses;
    ``part_signs``: in one header of a part, in all of them four times ``signs``;
    ``parts``: of all depths; ``depth``: of enclosure; ``text``: octets of all texts
    that are shown, attachments not counted;
    ``original``: octets of a letter that is attached to its mended form;
    ``markup``: steps along tags that do not end (`markup_in`);
    ``tags``: in one page; ``lines``: in one text that is shown, of plain words or not;
    ``pages``: octets of all pages, each counted again with every one after it, since
    Odoo reads them so.
    """

    letter: int = 40 * 1024 * 1024
    headers: int = 256 * 1024
    header: int = 32 * 1024
    part_header: int = 8 * 1024
    addresses: int = 500
    references: int = 500
    signs: int = 5000
    part_signs: int = 200
    parts: int = 500
    depth: int = 20
    text: int = 5 * 1024 * 1024
    original: int = 10 * 1024 * 1024
    markup: int = 200 * 1000 * 1000
    tags: int = 200_000
    lines: int = 100_000
    pages: int = 40 * 1024 * 1024


LIMITS = Limits()


def exceeded(raw: bytes, limits: Limits = LIMITS) -> tuple[Defect, ...]:
    r"""What is too much in this letter; nothing for a letter that may be parsed.

    >>> exceeded(b"To: a@b.ru\n\nText")
    ()
    >>> exceeded(b"To: " + b"a@b.ru, " * 600 + b"\n\nText")[0].code.value
    'too_many_addresses'
    """
    return tuple(_scan(raw, limits))


def shorten(raw: bytes, limits: Limits = LIMITS) -> bytes:
    r"""The same letter, cut to what may be parsed: the start of each thing is kept.

    Of references the latest are kept, since those lead to the conversation. What was
    cut is what :func:`exceeded` names.

    >>> shorten(b"To: a@b.ru, c@d.ru\n\nText", Limits(addresses=1))
    b'To: a@b.ru\n\nText'
    """
    raw = raw[: limits.letter]
    if not exceeded(raw, limits):
        return raw
    return _without_the_rest(_with_short_headers(raw, limits), limits)


class _Scan:
    """Counts a letter's headers and parts; keeps what is too much, and its place."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.found: dict[Defect, int] = {}
        self.headers = self.signs = self.part_signs = self.text = 0

    def letter(self, raw: bytes) -> None:
        limits = self.limits
        block = headers.split(raw, limits.headers + 1)
        self.block(block, block.body)
        if not block.is_whole:
            self.add(block.body, Code.HEADERS_TOO_LARGE, str(limits.headers))
        letter = reading.read(raw, limits.parts, limits.depth)
        for part in letter.root.walk():
            self.part(part)
        if letter.too_many_at is not None:
            self.add(letter.too_many_at, Code.TOO_MANY_PARTS, str(limits.parts))
        if letter.too_deep_at is not None:
            self.add(letter.too_deep_at, Code.TOO_DEEP, str(limits.depth))

    def part(self, part: Part) -> None:
        if part.depth:
            self.block(part.block, part.at)
        if part.is_shown:
            over = self.text + part.end - part.start - self.limits.text
            self.text += part.end - part.start
            if over > 0:
                self.add(part.end - over, Code.TEXT_TOO_LARGE, str(self.text))

    def block(self, block: Block, at: int) -> None:
        for header in block.headers:
            self.headers += len(header.name) + len(header.value) + len(": \r\n")
            for code in self.header(header):
                self.add(at, code, header.name[:60])
        if self.headers > self.limits.headers:
            self.add(at, Code.HEADERS_TOO_LARGE, str(self.limits.headers))

    def header(self, header: Header) -> Iterator[Code]:
        key, value, limits = header.key, header.value, self.limits
        if len(value) > limit_of(key, limits):
            yield Code.HEADER_TOO_LARGE
        if key in ADDRESSES and value.count(b",") >= limits.addresses:
            yield Code.TOO_MANY_ADDRESSES
        if key in REFERENCES and value.count(b"<") > limits.references:
            yield Code.TOO_MANY_REFERENCES
        if key in ADDRESSES:
            self.signs += signs_in(value)
            if self.signs > limits.signs:
                yield Code.TOO_MANY_SIGNS
        elif key in OF_PARTS:
            signs = signs_in(value)
            self.part_signs += signs
            if signs > limits.part_signs or self.part_signs > 4 * limits.signs:
                yield Code.TOO_MANY_SIGNS

    def add(self, at: int, code: Code, detail: str) -> None:
        self.found.setdefault(Defect(code, detail), at)


def markup_in(page: str) -> int:
    """How many steps Odoo's reader of pages takes along tags that do not end.

    It begins anew at each of them, and again at each encoding that one names.

    >>> markup_in("<p class='a'>1 < 2</p>"), markup_in("<" * 1000)
    (12, 1000000)
    """
    return sum(
        piece.count("<") * len(piece) * (1 + piece.lower().count("encoding="))
        for piece in (match[0] for match in UNENDING.finditer(page))
    )


def lines_in(text: str) -> int:
    r"""How often a line ends, in every way that Python knows.

    >>> lines_in("a\r\nb\x85c")
    3
    """
    return sum(map(text.count, LINE_ENDS))


def limit_of(key: str, limits: Limits) -> int:
    """How many octets the header of this name may have."""
    return limits.part_header if key in OF_PARTS else limits.header


def _scan(raw: bytes, limits: Limits) -> dict[Defect, int]:
    scan = _Scan(limits)
    if len(raw) > limits.letter:
        scan.add(limits.letter, Code.LETTER_TOO_LARGE, str(len(raw)))
    scan.letter(raw[: limits.letter])
    return scan.found


def signs_in(value: bytes) -> int:
    """How many signs there are that Python's parser stumbles along."""
    return sum(1 for _match in SIGNS.finditer(value))


def _with_short_headers(raw: bytes, limits: Limits) -> bytes:
    """The letter's own headers, each cut, and as many as there may be."""
    block = headers.split(raw, MARGIN * limits.headers)
    scan = _Scan(limits)
    short: dict[int, Header] = {}
    numbers = range(len(block.headers))
    for number in sorted(numbers, key=lambda n: block.headers[n].key not in KEPT):
        header = _short(block.headers[number], limits, scan)
        scan.block(Block((header,), 0), 0)
        if scan.found:
            break
        short[number] = header
    rest = block.body
    if not block.is_whole:
        blank = BLANK_LINE.search(raw, rest)
        rest = blank.end() if blank else len(raw)
    end = b"\r\n" if b"\r\n" in raw[:1000] else b"\n"
    lines = [
        b"%s: %s" % (short[n].name.encode(), short[n].value) for n in sorted(short)
    ]
    return end.join([*lines, b"", raw[rest:]])


def _short(header: Header, limits: Limits, scan: _Scan) -> Header:
    """One header, cut to what a header may have; of references the last are kept."""
    name, value = header
    if header.key == "references":
        last = ID.findall(value[-limits.header :])[-limits.references :]
        value = b" ".join(last)[-limits.header :]
    value = value[: limit_of(header.key, limits)]
    if header.key in ADDRESSES:
        value = b",".join(value.split(b",")[: limits.addresses])
        value = _before_sign(value, limits.signs - scan.signs)
    elif header.key in OF_PARTS:
        value = _before_sign(value, limits.part_signs)
    elif header.key in REFERENCES:
        value = b"<".join(value.split(b"<")[: limits.references + 1])
    return Header(name[:MOST_OF_NAME], value)


def _before_sign(value: bytes, most: int) -> bytes:
    """Cut before the sign that is one too many."""
    match = next(islice(SIGNS.finditer(value), max(most, 0), None), None)
    return value[: match.start()] if match else value


def _without_the_rest(raw: bytes, limits: Limits) -> bytes:
    """Cut where the first thing in the body is too much, until nothing is."""
    for _again in range(TRIES):
        found = _scan(raw, limits)
        if not found:
            return raw
        raw = raw[: min(found.values())]
    return b""
