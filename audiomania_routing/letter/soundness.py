# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether Odoo reads in a letter what stands in it.

A defect is what its reading would raise at, hang at or read wrongly; what is against a
rule and read all the same is none. An ordinary letter is checked without being parsed:
where a part or a header is written as nearly every program writes it, all readers
agree. Where it is not, the header is read both ways and compared.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from . import charset, coding, mailboxes, mime, reading, trial, words
from .bounds import LIMITS, Limits, exceeded, lines_in, markup_in
from .defects import Code, Defect
from .headers import Block, Header
from .mime import Mime
from .reading import MESSAGES, Part

PEOPLE = ("from", "to", "cc", "resent-to", "resent-cc")
WORDS = ("subject", "references", "in-reply-to", "delivered-to", "message-id")
ONCE = ("from", "subject", "date")
# Types that Python's reader has a way for; at all others it raises.
READABLE = {"text", "audio", "image", "video", "application", "message", "multipart"}
CODINGS = {b"", b"7bit", b"8bit", b"binary", b"base64", b"quoted-printable"}
PLAIN = re.compile(rb"[\t -~]*")
MESSAGE_ID = re.compile(rb"<[\w.+=$%!#&'*/?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*>")
PERSON = rb"(?:\"[\w .,'()-]*\" ?|[\w-]+(?: [\w-]+)* ?)?"
ADDRESS = rb"[\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)+"
ONE = rb"(?:%s<%s>|%s)" % (PERSON, ADDRESS, ADDRESS)
USUAL_PEOPLE = re.compile(rb"%s(?:,[ \t]*%s)*" % (ONE, ONE))
NO_WORD = re.compile(r"[\W_]+")


def is_sound(raw: bytes) -> bool:
    r"""Whether Odoo reads this letter without error, and right.

    >>> is_sound(b"From: a@b.ru\n\nText"), is_sound("\n\nТекст".encode("koi8-r"))
    (True, False)
    """
    return not find_defects(raw)


def find_defects(raw: bytes, limits: Limits = LIMITS) -> tuple[Defect, ...]:
    r"""Everything that is wrong with a letter; nothing for one that Odoo reads right.

    >>> raw = b"From: a@b.ru\nContent-Type: text/plain; charset=x-odd\n\nText"
    >>> [defect.code.value for defect in find_defects(raw)]
    ['unknown_charset']
    """
    too_much = exceeded(raw, limits)
    if too_much:
        return too_much
    letter = reading.read(raw, limits.parts, limits.depth)
    found = dict.fromkeys(defects_in(letter.root))
    if not found and _needs_trial(letter.root):
        error = trial.why_not(raw)
        if error:
            is_report = letter.root.mime.type == "multipart/report"
            code = Code.BAD_REPORT if is_report else Code.UNREADABLE
            return (Defect(code, error),)
    return tuple(found)


def _needs_trial(root: Part) -> bool:
    """Letters in letters and reports go ways of their own."""
    types = (part.mime.type for part in root.walk())
    return any(
        kind.startswith("message/")
        or kind in ("multipart/report", "text/rfc822-headers")
        for kind in types
    )


def defects_in(root: Part) -> Iterator[Defect]:
    """What is wrong with the headers and the parts of a letter that was read."""
    if not root.block.is_regular:
        yield Defect(Code.BAD_HEADER_LINES)
    yield from _in_headers(root.block)
    for part in root.walk():
        yield from _in_part(part)
    yield from _in_pages(root)


def _in_pages(root: Part) -> Iterator[Defect]:
    """Odoo puts the pages of a letter one below the other, and reads all of them again
    for each."""
    pages = [part for part in root.walk() if part.is_shown and part.is_page]
    together = steps = 0
    for page in pages:
        together += page.end - page.start
        steps += together
    if len(pages) > 1 and steps > LIMITS.pages:
        yield Defect(Code.TOO_MUCH_MARKUP, str(len(pages)))


# ----------------------------------------------------------------------
# Headers
# ----------------------------------------------------------------------


def _in_headers(block: Block) -> Iterator[Defect]:
    for name in ONCE:
        values = [value for value in block.values(name) if value]
        if len(values) > 1:
            yield Defect(Code.HEADER_TWICE, name)
    for header in block.headers:
        if header.key in PEOPLE or header.key in WORDS:
            yield from _in_header(header)
        elif header.key == "date" and header.value:
            yield from _in_date(header)


def _in_header(header: Header) -> Iterator[Defect]:
    key, value = header.key, header.value
    if b"\0" in value:
        yield Defect(Code.CONTROL_CHARACTERS, header.name)
    elif not _is_usual(key, value):
        try:
            theirs = trial.header(header.name, value)
        except Exception as error:
            code = Code.BAD_ADDRESS if key in PEOPLE else Code.BAD_HEADER
            yield Defect(code, f"{header.name}: {type(error).__name__}")
            return
        compare = _compare_people if key in PEOPLE else _compare_words
        code_of = compare(theirs, value)
        if code_of:
            yield Defect(code_of, header.name)


def _is_usual(key: str, value: bytes) -> bool:
    """Whether every reader reads the same in it."""
    if not value:
        return True
    if key in PEOPLE:
        return USUAL_PEOPLE.fullmatch(value) is not None
    if key == "message-id":
        return MESSAGE_ID.fullmatch(value) is not None
    return b"=?" not in value and PLAIN.fullmatch(value) is not None


def _compare_words(theirs: str, value: bytes) -> Code | None:
    ours = words.decode(value)
    read = " ".join(theirs.split())
    if read == ours:
        return None
    if read.replace(" ", "") == ours.replace(" ", ""):
        return Code.SPLIT_NAME
    if charset.one_line(theirs) == ours:
        return Code.CONTROL_CHARACTERS
    if value.isascii() and b"=?" not in value:
        return Code.BAD_HEADER
    return Code.BAD_HEADER_CHARSET


def _compare_people(theirs: str, value: bytes) -> Code | None:
    read = [
        (words.decode(name.encode("utf-8", "replace")), mailboxes.normalize(address))
        for name, address in trial.addresses(theirs)
    ]
    ours = [box for box in mailboxes.parse(value) if box.address]
    if {address for _name, address in read} != {box.address for box in ours}:
        return Code.BAD_ADDRESS
    if value.isascii() and b"=?" not in value:
        return None
    names = " ".join(name for name, _address in read)
    meant = " ".join(box.name for box in ours)
    if NO_WORD.sub("", names) != NO_WORD.sub("", meant):
        return Code.BAD_HEADER_CHARSET
    return None if _spaced(names) == _spaced(meant) else Code.SPLIT_NAME


def _spaced(text: str) -> str:
    return NO_WORD.sub(" ", text).strip()


def _in_date(header: Header) -> Iterator[Defect]:
    plain = PLAIN.fullmatch(header.value)
    if plain is None or read_date(header.value) is None:
        yield Defect(Code.BAD_DATE, words.decode(header.value)[:60])


def read_date(value: bytes) -> datetime | None:
    """The moment that a date names, None when it is none.

    >>> read_date(b"2025-11-20 10:30:00")
    datetime.datetime(2025, 11, 20, 10, 30)
    """
    text = words.decode(value).strip()
    with suppress(ValueError, TypeError, OverflowError, IndexError):
        return parsedate_to_datetime(text)
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    return None


# ----------------------------------------------------------------------
# Parts
# ----------------------------------------------------------------------


def _in_part(part: Part) -> Iterator[Defect]:
    where = part.mime.type if part.depth else ""
    if part.is_guessed or part.is_stray or (part.is_torn and part.body.strip()):
        yield Defect(Code.BAD_BOUNDARY, where)
    kind = part.mime
    if not _says_it_usually(part.block):
        read = _read_by_python(part.block, kind)
        if isinstance(read, Code):
            yield Defect(read, where)
            return
        kind = read
    if kind.main not in READABLE or part.is_misnamed:
        yield Defect(Code.BAD_CONTENT_TYPE, kind.type)
    elif kind.type in MESSAGES and part.coding:
        yield Defect(Code.BAD_CONTENT_TYPE, f"{kind.type} in {part.coding}")
    elif not part.parts and kind.main not in ("multipart", "message"):
        yield from _in_leaf(part, kind)


def _says_it_usually(block: Block) -> bool:
    names = ("content-type", "content-disposition", "content-id")
    values = (value for name in names for value in block.values(name)[:1])
    kind = mime.first(block, "content-type")
    is_whole = not kind or b"/" in kind
    return is_whole and all(mime.is_usual(value) or not value for value in values)


def _read_by_python(block: Block, ours: Mime) -> Mime | Code:
    """The type as Python's parser reads it, or how far it goes wrong."""
    try:
        message = _only_parts_headers(block)
        kind = message.get_content_type()
        named = message.get_param("charset", "ascii")
        boundary = (message.get_boundary() or "").encode("ascii", "replace")
        file_name = mime.safe_name(message.get_filename() or "")
        str(message.get("content-id", ""))
    except Exception:
        return Code.BAD_CONTENT_TYPE
    same = kind == ours.type or (not ours.said and not block.values("content-type"))
    if not same or not isinstance(named, str) or not named.strip():
        return Code.BAD_CONTENT_TYPE
    if ours.main == "multipart" and boundary != ours.boundary:
        return Code.BAD_BOUNDARY
    if file_name != mime.file_name(block):
        return Code.BAD_FILE_NAME
    params = {**ours.params}
    if message.get_param("charset") is not None:
        params["charset"] = named.encode("utf-8", "replace")
    return ours._replace(params=params)


def _only_parts_headers(block: Block) -> EmailMessage:
    names = ("content-type", "content-disposition", "content-id")
    lines = [
        b"%s: %s\r\n" % (name.encode(), value)
        for name in names
        for value in block.values(name)[:1]
    ]
    raw = b"".join(lines) + b"\r\n"
    return email.message_from_bytes(raw, policy=trial.POLICY)


def _in_leaf(part: Part, kind: Mime) -> Iterator[Defect]:
    octets, code = _octets(part, kind)
    if code:
        yield Defect(code, kind.type)
    if kind.main == "text":
        yield from _in_text(part, kind, octets)


def _octets(part: Part, kind: Mime) -> tuple[bytes, Code | None]:
    """What Python takes for the content, and whether that is wrong."""
    written = mime.first(part.block, "content-transfer-encoding").lower()
    body = part.body
    if written not in CODINGS:
        theirs = _decoded_by_python(body, written)
        if theirs != part.octets():
            return theirs, Code.BAD_BASE64
        return theirs, None
    if written == b"base64" and not coding.is_clean_base64(body):
        theirs = _decoded_by_python(body, written)
        return theirs, None if theirs == part.octets() else Code.BAD_BASE64
    if written == b"quoted-printable" and coding.BROKEN_SOFT_END.search(body):
        return part.octets(), Code.BAD_QUOTED_PRINTABLE
    return (part.octets() if written and kind.main == "text" else body), None


def _decoded_by_python(body: bytes, written: bytes) -> bytes:
    message = EmailMessage()
    message["Content-Transfer-Encoding"] = words.decode(written)[:60]
    message.set_payload(body.decode("ascii", "surrogateescape"))
    found = message.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _in_text(part: Part, kind: Mime, octets: bytes) -> Iterator[Defect]:
    named = kind.params.get("charset", b"").decode("utf-8", "replace")
    if named and charset.python_name(named) is None:
        yield Defect(Code.UNKNOWN_CHARSET, named[:60])
        return
    read_as = named or ("utf-8" if part.depth else "ascii")
    theirs = octets.decode(read_as, "replace")
    if mime.is_file(part.block):
        # that sign may stand in the file itself
        if "\ufffd" in theirs and theirs.encode(read_as, "replace") != octets:
            yield Defect(Code.WRONG_CHARSET, named)
        return
    yield from _too_much(kind, theirs)
    if theirs != read_text(part, octets).text:
        yield Defect(Code.WRONG_CHARSET, named)
    if charset.has_controls(theirs):
        yield Defect(Code.CONTROL_CHARACTERS, kind.type)


def _too_much(kind: Mime, text: str) -> Iterator[Defect]:
    """What Odoo's reader of pages would take minutes for, and memory without end."""
    if lines_in(text) > 2 * LIMITS.lines:
        yield Defect(Code.TEXT_TOO_LARGE, f"{lines_in(text) // 2} lines")
    is_page = kind.type == "text/html"
    if is_page and (text.count("<") > LIMITS.tags or markup_in(text) > LIMITS.markup):
        yield Defect(Code.TOO_MUCH_MARKUP, kind.type)


def read_text(part: Part, octets: bytes) -> charset.Decoded:
    """The words of a text part, as they were meant."""
    named = part.mime.charset
    if not named and not octets.isascii():
        named = "utf-8" if part.depth else mime.charset_in_html(octets)
    return charset.decode(octets, named)
