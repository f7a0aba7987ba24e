# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The headers of a letter, from its octets: in linear time, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BLOCK = 256 * 1024  # octets in which headers are looked for
NAME = re.compile(rb"[!-9;-~]+")
HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:")
LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
ENVELOPE = (b"From ", b">From ")
# Lines that Python's parser passes: folded ones, a nameless one, one of a mailbox file.
PASSED = (b" ", b"\t", b":", b"From ")
BLANK = (b"\n\n", b"\r\r", b"\n\r\n")
BOM = b"\xef\xbb\xbf"
# Names that stand in no text: after them a line without a name is an accident.
CERTAIN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|reply-to|mime-version|received|references"
    rb"|in-reply-to|return-path|delivered-to|content-type|content-transfer-encoding)"
    rb"[ \t]*:",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """A header as it stands in the letter: the name as written, the value unfolded."""

    name: str
    value: bytes

    @property
    def key(self) -> str:
        return self.name.lower()


class Block(NamedTuple):
    """The headers of a letter or of a part, and where its body begins.

    ``is_regular`` is false where Python's own parser finds other headers: to it, blank
    lines first or a line without a name are the beginning of the body. ``is_whole`` is
    false where the headers go on above the limit.
    """

    headers: tuple[Header, ...]
    body: int
    is_regular: bool = True
    is_whole: bool = True

    def values(self, *names: str) -> list[bytes]:
        """What these headers say: in the order of the names, then of the letter."""
        return [
            each.value for name in names for each in self.headers if each.key == name
        ]

    def by_key(self) -> dict[str, list[bytes]]:
        """All that each header says, in the order of the letter: read once, however
        many headers there are."""
        found: dict[str, list[bytes]] = {}
        for each in self.headers:
            found.setdefault(each.key, []).append(each.value)
        return found

    def value(self, *names: str) -> bytes:
        """The first of them that is not empty."""
        return next((each.strip() for each in self.values(*names) if each.strip()), b"")


def split(raw: bytes, limit: int = BLOCK) -> Block:
    r"""The headers of a letter; what is above the limit counts as body.

    >>> block = split(b"From me 2025\nTo: a@b.ru,\n c@d.ru\nSubject : Hi\n\nText")
    >>> block.headers
    (Header(name='To', value=b'a@b.ru, c@d.ru'), Header(name='Subject', value=b'Hi'))
    >>> block.body
    47
    """
    first = _after_envelope(raw)
    end = min(len(raw), first + limit)
    block = split_part(raw, first, end, is_letter=True)
    return block._replace(
        is_regular=block.is_regular and _is_usual(raw, first),
        is_whole=end == len(raw)
        or block.body < end
        and not (block.headers and _ends_at_a_cut(raw, block.body, end)),
    )


def _ends_at_a_cut(raw: bytes, body: int, end: int) -> bool:
    """Whether the headers seem to end only because the limit cuts a name in two."""
    is_name = NAME.fullmatch(raw, body, end) is not None
    return is_name and not raw[max(body - 3, 0) : body].endswith(BLANK)


def split_part(raw: bytes, start: int, end: int, is_letter: bool = False) -> Block:
    """The headers between two places in a letter."""
    headers: list[tuple[str, list[bytes]]] = []
    regular = True
    names_until = -1
    for at, line, after in _lines(raw, start, end):
        if not line:
            return Block(_joined(headers), after, regular)
        match = HEADER.match(line)
        if match:
            regular = regular and match.end() == match.end(1) + 1
            headers.append((match[1].decode("ascii"), [line[match.end() :]]))
            continue
        if line[:1] in b" \t" and headers:
            headers[-1][1].append(line)
        if line.startswith(PASSED):
            continue
        if is_letter and names_until < 0:
            names_until = _last_name(raw, at, end)
        if at >= names_until:
            return Block(_joined(headers), at, regular)
        regular = False
        if headers:
            headers[-1][1].append(b" " + line)
    return Block(_joined(headers), end, regular)


def _lines(raw: bytes, start: int, end: int) -> Iterator[tuple[int, bytes, int]]:
    """Each line: where it begins, without its end, and where the next begins."""
    while start < end:
        match = LINE.match(raw, start, end)
        assert match
        yield start, match[1], match.end()
        start = match.end()


def _joined(headers: list[tuple[str, list[bytes]]]) -> tuple[Header, ...]:
    """A name and the lines of its value, unfolded: only the line ends go away."""
    return tuple(Header(name, b"".join(lines).strip()) for name, lines in headers)


def _after_envelope(raw: bytes) -> int:
    """Past what a mailbox file or a pipe puts before the first header."""
    start = len(BOM) if raw.startswith(BOM) else 0
    for at, line, after in _lines(raw, start, min(len(raw), start + 4096)):
        if line.startswith(ENVELOPE):
            start = after
        elif line.strip():
            return at if CERTAIN.match(line) else start
    return start


def _is_usual(raw: bytes, first: int) -> bool:
    """Whether Python's parser finds the first header at the same place."""
    if not first:
        return True
    return raw.startswith(b"From ") and not raw[:first].rstrip().count(b"\n")


def _last_name(raw: bytes, start: int, end: int) -> int:
    """Where the last header with a certain name stands, before the next blank line."""
    last = start
    for at, line, _after in _lines(raw, start, end):
        if not line:
            break
        if CERTAIN.match(line):
            last = at
    return last
