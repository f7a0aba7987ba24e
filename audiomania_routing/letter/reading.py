# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The parts of a letter, as places in its octets: in linear time, whatever they are.

Python's parser tests every line against every boundary that is open, and builds an
object for every part. Here an outer boundary is looked for before the inner ones, and
the reading stops at a number of parts and at a depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from . import charset, headers, mime
from .coding import decode
from .headers import Block
from .mime import Mime

MESSAGES = {
    *("message/rfc822", "message/rfc2822", "message/global", "message/news"),
    "message/partial",
}
# What programs say that do not know what they send.
UNKNOWN = {"application/octet-stream", "application/x-unknown", "application/text"}
WORDS = re.compile(rb"[^\W\d_]{2}|[\x80-\xff]{2}")
LINE_END = re.compile(rb"(--)?[ \t]*(?:\r\n|\r|\n|\Z)")
# What looks like a boundary when none is named: a line before the header of a part.
LOOKS_LIKE_BOUNDARY = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]*\r?\ncontent-", re.I | re.M
)


@dataclass(eq=False)
class Part:
    """A letter or a part of one: its headers begin at ``at``, its body is
    ``raw[start:end]``.

    ``parts`` are what it encloses; a part that encloses nothing is a leaf, and so is
    one whose boundary stands nowhere (``is_torn``). ``is_guessed``: the boundary that
    the letter names stands nowhere, another one does. ``is_stray``: words after the end
    of all parts, where no reader looks.
    """

    raw: bytes
    block: Block
    at: int
    start: int
    end: int
    mime: Mime
    depth: int = 0
    is_torn: bool = False
    is_guessed: bool = False
    is_stray: bool = False
    parts: list[Part] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The octets as they stand in the letter."""
        return self.raw[self.start : self.end]

    @property
    def is_shown(self) -> bool:
        """Whether its words stand in the conversation, not in a file."""
        if self.parts or mime.is_file(self.block):
            return False
        return self.mime.main in ("text", "multipart") or self.is_misnamed

    @property
    def is_page(self) -> bool:
        """Whether it is read as a page with tags, not as plain words."""
        return self.mime.type == "text/html"

    @property
    def is_misnamed(self) -> bool:
        """A whole letter that calls its words a file of an unknown kind."""
        if self.depth or self.parts or self.mime.type not in UNKNOWN:
            return False
        return not mime.is_file(self.block) and charset.is_text(self.octets())

    @property
    def coding(self) -> str:
        return mime.coding(self.block)

    def octets(self) -> bytes:
        """The octets that are meant: base64 and its like undone."""
        return decode(self.body, self.coding)

    def walk(self) -> Iterator[Part]:
        """This part and all below, in the order of the letter."""
        yield self
        for part in self.parts:
            yield from part.walk()


class Place(NamedTuple):
    """Where a part stands: the line before it, its first octet, and past its last."""

    before: int
    start: int
    end: int
    is_stray: bool = False


@dataclass
class Letter:
    """The whole tree, and where the reading had to stop."""

    root: Part
    count: int = 1
    too_many_at: int | None = None
    too_deep_at: int | None = None


def read(raw: bytes, parts: int = 500, depth: int = 20) -> Letter:
    r"""The tree of a letter; never raises.

    >>> letter = read(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--")
    >>> [(part.mime.type, part.body) for part in letter.root.parts]
    [('text/plain', b'Hi')]
    """
    block = headers.split(raw)
    root = Part(raw, block, 0, block.body, len(raw), mime.content_type(block))
    letter = Letter(root)
    _fill(letter, root, parts, depth)
    return letter


def _fill(letter: Letter, part: Part, parts: int, depth: int) -> None:
    for place in _enclosed(part):
        if letter.too_many_at is not None:
            return
        if part.depth >= depth:
            letter.too_deep_at = letter.too_deep_at or place.before
            return
        if letter.count >= parts:
            letter.too_many_at = place.before
            return
        letter.count += 1
        child = _part(part, place)
        part.parts.append(child)
        _fill(letter, child, parts, depth)


def _part(outer: Part, place: Place) -> Part:
    raw, before, start, end = outer.raw, *place[:3]
    block = headers.split_part(raw, start, end)
    if place.is_stray:
        block = Block((), start)
    kind = mime.content_type(block, _default(outer))
    stray = place.is_stray
    return Part(
        raw, block, before, block.body, end, kind, outer.depth + 1, is_stray=stray
    )


def _enclosed(part: Part) -> Iterator[Place]:
    """Where the parts of this one begin and end."""
    if part.mime.main == "multipart":
        part.is_torn = True
        for boundary in _boundaries(part):
            for place in _between(part, boundary):
                part.is_torn = False
                part.is_guessed = boundary != part.mime.boundary
                yield place
            if not part.is_torn:
                return
    elif part.mime.type in MESSAGES and not part.coding and part.start < part.end:
        yield Place(part.start, part.start, part.end)


def _default(part: Part) -> str:
    """What a part is that does not say what it is."""
    return "message/rfc822" if part.mime.type == "multipart/digest" else "text/plain"


def _between(part: Part, boundary: bytes) -> Iterator[Place]:
    """The places between the lines of a boundary; the last may lack its end."""
    before, start, last = 0, -1, -1
    for at, after, is_end in _boundary_lines(part, b"--" + boundary):
        if start >= 0:
            yield Place(before, start, max(start, _before_line_end(part.raw, at)))
        before, start = at, -1 if is_end else after
        last = after
    if start >= 0:
        yield Place(before, start, part.end)
    elif last >= 0 and WORDS.search(part.raw, last, part.end):
        yield Place(last, last, part.end, is_stray=True)


def _boundary_lines(part: Part, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    at = part.raw.find(mark, part.start, part.end)
    while at >= 0:
        match = LINE_END.match(part.raw, at + len(mark), part.end)
        if match and (at == part.start or part.raw[at - 1] in b"\r\n"):
            yield at, match.end(), bool(match[1])
        at = part.raw.find(mark, at + len(mark), part.end)


def _before_line_end(raw: bytes, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if raw[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1


def _boundaries(part: Part) -> Iterator[bytes]:
    """The boundary that the letter names, then what looks like one."""
    if part.mime.boundary:
        yield part.mime.boundary
    match = LOOKS_LIKE_BOUNDARY.search(part.raw, part.start, part.end)
    if match:
        yield match[1]
