# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter written anew from what was read of it, in a form that all readers share."""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from . import charset, heading, mime, words
from .bounds import Limits
from .defects import Code, Defect
from .headers import HEADER
from .reading import MESSAGES, Part
from .soundness import READABLE, read_text

END = b"\r\n"
ORIGINAL = "original.eml"
OCTETS = "application/octet-stream"
SAFE_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,80}")
SAFE_TOKEN = re.compile(r"[A-Za-z0-9-]{1,40}")
SAFE_NAME = re.compile(r"[A-Za-z0-9 ._()-]+")
PLAIN_SIGN = re.compile(rb"[A-Za-z0-9._-]")
CONTENT_ID = re.compile(rb"<[A-Za-z0-9.@_$+-]{1,200}>")
FIELDS = {
    *("message/delivery-status", "message/global-delivery-status"),
    *("message/disposition-notification", "message/feedback-report"),
}
KEPT = {"multipart/alternative", "multipart/related", "multipart/report"}
DEEPEST = 12  # enclosures in a mended letter
MOST_FIELDS = 500
PAGE = re.compile(r"<(?:html|body|div|p|br|table|span)\b", re.IGNORECASE)
# Base64 adds a third: with these shares the new letter is not too large either.
SHARE_OF_TEXT, SHARE_OF_FILES = 0.5, 0.65


@dataclass
class Budget:
    """How much may still be written, in octets of words, of files and of their names;
    and what was left out for that."""

    text: int
    files: int
    names: int = 40_000
    containers: int = 0
    cut: dict[Defect, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Entity:
    """A part as it is written: the lines of its headers, and its body."""

    lines: tuple[bytes, ...]
    body: bytes

    def octets(self) -> bytes:
        return END.join([*self.lines, b"", self.body])


def rewrite(root: Part, budget: Budget, original: bytes | None = None) -> bytes:
    r"""The letter of this tree, and the original in it as a file that nobody parses.

    >>> from . import reading
    >>> root = reading.read("To: a@b.ru\n\nДа".encode("koi8-r")).root
    >>> rewrite(root, budget_of(Limits()))  # doctest: +ELLIPSIS
    b'To: a@b.ru\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"...
    """
    more = []
    if original is not None:
        more = [_octets(original, OCTETS, ("attachment", ORIGINAL))]
    if root.mime.type == "multipart/report" and root.parts:
        return _letter(root, _multipart(root, budget, more))
    body = _entity(root, budget) or _text("", "text/plain", budget)
    if more:
        body = _container("multipart/mixed", [body, *more], budget)
    return _letter(root, body)


def budget_of(limits: Limits) -> Budget:
    """How much may be written into a letter that is within these limits."""
    text, files = SHARE_OF_TEXT * limits.text, SHARE_OF_FILES * limits.letter
    return Budget(int(text), int(files))


def from_words(text: str, root: Part | None, original: bytes | None) -> bytes:
    """The plainest letter there is: words, and the original as a file."""
    budget = Budget(len(text) * 4, 0)
    body = _text(text, "text/plain", budget)
    if original is not None:
        attached = _octets(original, OCTETS, ("attachment", ORIGINAL))
        body = _container("multipart/mixed", [body, attached], budget)
    lines = [b"MIME-Version: 1.0", *body.lines]
    return _letter(root, body) if root else END.join([*lines, b"", body.body])


def _letter(root: Part, body: Entity) -> bytes:
    lines = heading.write(root.block)
    return END.join([*lines, b"MIME-Version: 1.0", body.octets()])


def _entity(part: Part, budget: Budget) -> Entity | None:
    """A part written anew; None for a file that is too large."""
    if part.parts and (part.mime.main == "multipart" or part.depth >= DEEPEST):
        return _multipart(part, budget)
    if part.parts:
        return _enclosed_letter(part, budget)
    if part.mime.type in FIELDS and not part.coding:
        line = f"Content-Type: {part.mime.type}".encode()
        return Entity((line,), _fields(part.body))
    if _is_words(part):
        return _words(part, budget)
    return _file(part, budget)


def _multipart(part: Part, budget: Budget, more: Iterable[Entity] = ()) -> Entity:
    """The parts in their order; a signature says nothing of what is written anew."""
    written = [_entity(each, budget) for each in _children(part)]
    parts = [each for each in written if each]
    kind = part.mime.type if part.mime.type in KEPT else "multipart/mixed"
    return _container(kind, [*parts, *more], budget, _report(part))


def _children(part: Part) -> Iterator[Part]:
    """Its parts; where they stand too deep, those at the bottom stand beside them."""
    for each in part.parts:
        if part.depth < DEEPEST or not each.parts:
            yield each
        else:
            yield from (leaf for leaf in each.walk() if not leaf.parts)


def _report(part: Part) -> str:
    """What kind of report it is: programs ask for this word."""
    kind = words.decode(part.mime.params.get("report-type", b""))
    is_report = part.mime.type == "multipart/report" and SAFE_TOKEN.fullmatch(kind)
    return f"; report-type={kind}" if is_report else ""


def _container(
    kind: str, parts: list[Entity], budget: Budget, params: str = ""
) -> Entity:
    budget.containers += 1
    boundary = f"=_mended_{budget.containers}_"
    mark = b"--" + boundary.encode()
    parts = parts or [_text("", "text/plain", budget)]
    body = b"".join(mark + END + part.octets() + END for part in parts)
    line = f'Content-Type: {kind}{params}; boundary="{boundary}"'.encode()
    return Entity((line,), body + mark + b"--" + END)


def _enclosed_letter(part: Part, budget: Budget) -> Entity | None:
    inner = part.parts[0]
    body = _entity(inner, budget) or _text("", "text/plain", budget)
    lines = [b"Content-Type: message/rfc822", *_disposition(part, budget)]
    return Entity(tuple(lines), _letter(inner, body))


# ----------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------


def _is_words(part: Part) -> bool:
    """Whether these are words to show; a text that is the whole letter always is."""
    return part.is_shown or (part.mime.main == "text" and not part.depth)


def _words(part: Part, budget: Budget) -> Entity:
    text = charset.clean(read_text(part, part.octets()).text)
    kind = part.mime.type
    if part.mime.main != "text":
        kind = "text/html" if PAGE.search(text, 0, 20_000) else "text/plain"
    method = words.decode(part.mime.params.get("method", b""))
    params = f"; method={method}" if SAFE_TOKEN.fullmatch(method) else ""
    return _text(text, kind, budget, params, _disposition(part, budget))


def _text(
    text: str, kind: str, budget: Budget, params: str = "", more: Iterable[bytes] = ()
) -> Entity:
    octets = text.encode("utf-8", "replace")
    if len(octets) > budget.text:
        budget.cut[Defect(Code.TEXT_TOO_LARGE, str(len(octets)))] = None
        octets = octets[: budget.text].decode("utf-8", "ignore").encode()
    budget.text -= len(octets)
    kind = kind if SAFE_TYPE.fullmatch(kind) else "text/plain"
    line = f'Content-Type: {kind}; charset="utf-8"{params}'.encode()
    return _in_base64([line, *more], octets)


def _fields(octets: bytes) -> bytes:
    """The fields of a report, in their groups; none that would make a part of one."""
    groups: list[list[bytes]] = [[]]
    for line in octets.splitlines()[:MOST_FIELDS]:
        match = HEADER.match(line)
        if match and match[1].lower().startswith(b"content-"):
            continue
        if match:
            value = heading.text_value(words.decode(line[match.end() :]))
            groups[-1].append(match[1] + b": " + value.encode("ascii", "replace"))
        elif line[:1] in (b" ", b"\t") and groups[-1]:
            more = heading.text_value(words.decode(line))
            groups[-1].append(b" " + more.encode("ascii", "replace"))
        elif groups[-1]:
            groups.append([])
    return END.join(END.join([*group, b""]) for group in groups)


# ----------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------


def _file(part: Part, budget: Budget) -> Entity | None:
    octets = part.octets()
    if len(octets) > budget.files:
        name = mime.file_name(part.block) or part.mime.type
        budget.cut[Defect(Code.LETTER_TOO_LARGE, name)] = None
        return None
    budget.files -= len(octets)
    kind = part.mime.type
    params = ""
    if part.mime.main == "text":
        params = _charset_of_file(part, octets)
    if part.mime.main in ("message", "multipart") or kind in MESSAGES:
        kind = OCTETS
    if part.mime.main not in READABLE or not SAFE_TYPE.fullmatch(kind):
        kind = OCTETS
    if part.mime.main == "text" and not params:
        kind = OCTETS
    lines = [f"Content-Type: {kind}{params}".encode(), *_disposition(part, budget)]
    return _in_base64(lines, octets)


def _charset_of_file(part: Part, octets: bytes) -> str:
    """A text file keeps its octets: its charset, if it can be read back by it."""
    found = charset.decode(octets, part.mime.charset or "utf-8")
    try:
        same = found.text.encode(found.charset) == octets
    except UnicodeError:
        same = False
    safe = SAFE_TOKEN.fullmatch(found.charset.replace("_", "-"))
    return f'; charset="{found.charset}"' if same and safe else ""


def _disposition(part: Part, budget: Budget) -> list[bytes]:
    """The name of a file, and what a page calls a picture by."""
    kind, name = mime.disposition(part.block), mime.file_name(part.block)
    lines = []
    if kind or name:
        lines.append(_disposition_line(kind or "attachment", name, budget))
    content_id = mime.first(part.block, "content-id").strip()
    if CONTENT_ID.fullmatch(content_id):
        lines.append(b"Content-ID: " + content_id)
    return lines


def _disposition_line(kind: str, name: str, budget: Budget | None) -> bytes:
    written = _name_param(name)
    if budget:
        if len(written) > budget.names:
            written = b"; filename=file"
        budget.names -= len(written)
    return b"Content-Disposition: " + kind.encode() + written


def _name_param(name: str) -> bytes:
    if not name:
        return b""
    if SAFE_NAME.fullmatch(name):
        return f'; filename="{name}"'.encode()
    octets = name.encode("utf-8", "replace")
    signs = (bytes([each]) for each in octets)
    coded = b"".join(
        each if PLAIN_SIGN.fullmatch(each) else b"%%%02X" % ord(each) for each in signs
    )
    return b"; filename*=utf-8''" + coded


def _octets(octets: bytes, kind: str, named: tuple[str, str]) -> Entity:
    line = _disposition_line(*named, None)
    return _in_base64([f"Content-Type: {kind}".encode(), line], octets)


def _in_base64(lines: Iterable[bytes], octets: bytes) -> Entity:
    body = encodebytes(octets).replace(b"\n", END)
    return Entity((*lines, b"Content-Transfer-Encoding: base64"), body)
