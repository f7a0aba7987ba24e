# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a part says of itself: its type, its parameters, its file name, its coding."""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

from . import charset, words
from .headers import Block

LONGEST = 8 * 1024  # octets of a header of a part that are read
LONGEST_NAME = 150  # characters of a file name
TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
# A header as almost every program writes it: every reader reads the same in it.
USUAL = re.compile(
    rb"[a-z0-9][a-z0-9.+-]*(?:/[a-z0-9][a-z0-9.+-]*)?"
    rb"(?:[ \t]*;[ \t]*[a-z-]+=(?:\"[^\"\\\x00-\x08\x0a-\x1f\x7f-\xff]+\""
    rb"|[a-z0-9_.+!/'-]+))*;?[ \t]*",
    re.IGNORECASE,
)
PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
META = re.compile(rb"<meta[^>]{1,200}charset=[\"' ]*([\w-]{1,40})", re.IGNORECASE)
SECTION = re.compile(r"([^*]+)\*(\d{1,3})?(\*)?")
BARE = {
    "html": "text/html",
    "pdf": "application/pdf",
    "plain": "text/plain",
    "text": "text/plain",
}
UNSAFE = re.compile(r'[\\/:*?"<>|]+')


class Mime(NamedTuple):
    """A type in small letters and the parameters as octets; ``said`` is false where
    nothing readable is said and the type is a guess."""

    type: str
    params: dict[str, bytes]
    said: bool = True

    @property
    def main(self) -> str:
        return self.type.partition("/")[0]

    @property
    def charset(self) -> str:
        return _text(self.params.get("charset", b"")).strip()

    @property
    def boundary(self) -> bytes:
        return self.params.get("boundary", b"").rstrip()[:200]


def first(block: Block, name: str) -> bytes:
    """The header that counts when there are several."""
    return next(iter(block.values(name)), b"")[:LONGEST]


def content_type(block: Block, default: str = "text/plain") -> Mime:
    """What a part says it is; the default when it says nothing that can be read."""
    value = first(block, "content-type")
    head, params = _parse(value)
    found = TYPE.fullmatch(head)
    if found:
        return Mime(head, params)
    guessed = BARE.get(head.partition("/")[0]) or (
        "multipart/mixed" if "boundary" in params else default
    )
    return Mime(guessed, params, said=False)


def disposition(block: Block) -> str:
    """ "attachment", "inline" or "" (nothing is said)."""
    head = _parse(first(block, "content-disposition"))[0]
    return head if head in ("attachment", "inline", "") else "attachment"


def file_name(block: Block) -> str:
    """The name of a file, safe to keep; "" when the part is none."""
    for header, param in (
        ("content-disposition", "filename"),
        ("content-type", "name"),
    ):
        octets = _parse(first(block, header))[1].get(param)
        if octets:
            return safe_name(_text(octets))
    return ""


def is_file(block: Block) -> bool:
    """Whether a reader shows it as a file, not as words of the letter."""
    return disposition(block) == "attachment" or bool(file_name(block))


def charset_in_html(octets: bytes) -> str:
    """The charset that a page names for itself; "" when it names none.

    >>> charset_in_html(b'<meta charset="windows-1251">')
    'windows-1251'
    """
    match = META.search(octets, 0, 4096)
    return match[1].decode("ascii") if match else ""


def coding(block: Block) -> str:
    """How the octets are written: "base64", "quoted-printable", "uuencode" or "".

    >>> from .headers import Header
    >>> coding(Block((Header("Content-Transfer-Encoding", b"Base-64 (x)"),), 0, True))
    'base64'
    """
    value = first(block, "content-transfer-encoding").decode("latin-1").lower()
    plain = re.sub(r"[^a-z0-9]", "", value.partition("(")[0])
    if plain in ("base64", "b64", "xbase64"):
        return "base64"
    if plain in ("quotedprintable", "qp"):
        return "quoted-printable"
    if plain in ("uuencode", "xuuencode", "uue", "xuue"):
        return "uuencode"
    return ""


def safe_name(name: str) -> str:
    r"""A file name without folders, controls and signs that no disk can keep.

    >>> safe_name("C:\\temp\\..\\Price: 5?.pdf\x00")
    'Price 5.pdf'
    """
    name = re.split(r"[\\/]", charset.one_line(name))[-1]
    name = charset.one_line(UNSAFE.sub(" ", name)).replace(" .", ".").strip(" .'")
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= LONGEST_NAME:
        return name
    suffix = dot + suffix if len(suffix) < 10 else ""
    return (stem if suffix else name)[: LONGEST_NAME - len(suffix)] + suffix


def is_usual(value: bytes) -> bool:
    """Whether every reader reads the same in this header of a part."""
    if b"=?" in value or len(value) > LONGEST or not USUAL.fullmatch(value):
        return False
    names = re.findall(rb";[ \t]*([a-z-]+)=", value.lower())
    return len(names) == len(set(names))


def _parse(value: bytes) -> tuple[str, dict[str, bytes]]:
    """The value before the first semicolon, and its parameters: of those with one name
    the first counts, and the sections of RFC 2231 are put together."""
    head, *pieces = _pieces(value)
    plain: dict[str, bytes] = {}
    sections: dict[str, dict[int, bytes]] = {}
    for piece in pieces:
        name, _equals, octets = piece.partition(b"=")
        key = name.decode("latin-1").strip().lower()
        match = SECTION.fullmatch(key)
        if match:
            coded = match[3] or match[2] is None
            octets = _percent_undone(octets) if coded else octets
            sections.setdefault(match[1], {}).setdefault(int(match[2] or 0), octets)
        elif key and octets:
            plain.setdefault(key, octets)
    joined = {name: _joined(octets) for name, octets in sections.items()}
    text = head.decode("latin-1").partition("(")[0].strip().strip("'").lower()
    return text, {**plain, **joined}


def _pieces(value: bytes) -> list[bytes]:
    """Cut at the semicolons outside of quotes; a last quote without a pair is none."""
    runs = value.replace(b"\\\\", b"\\").replace(b'\\"', b"'").split(b'"')
    if len(runs) % 2 == 0:
        runs[-2:] = [runs[-2] + runs[-1]]
    pieces = [b""]
    for number, run in enumerate(runs):
        more = [run] if number % 2 else run.split(b";")
        pieces[-1] += more[0]
        pieces += more[1:]
    return [piece.strip() for piece in pieces]


def _percent_undone(octets: bytes) -> bytes:
    return PERCENT.sub(lambda match: binascii.unhexlify(match[1]), octets)


def _joined(sections: dict[int, bytes]) -> bytes:
    """The octets of all sections; those of a named charset become UTF-8."""
    octets = b"".join(sections[number] for number in sorted(sections))
    name, quote, rest = octets.partition(b"'")
    _language, second, text = rest.partition(b"'")
    if not (quote and second):
        return octets
    return charset.decode(text, name.decode("latin-1")).text.encode("utf-8", "replace")


def _text(octets: bytes) -> str:
    return words.decode(octets)
