# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The headers of a mended letter: what they said, written so that all readers agree."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from email.utils import format_datetime

from . import mailboxes, trial, words
from .bounds import ADDRESSES, LIMITS, signs_in
from .glance import SENDERS
from .headers import Block
from .mailboxes import Mailbox
from .soundness import read_date

# Octets of one header, and of all of them: far below what :mod:`bounds` allows.
MOST_IN_ONE = 24_000
MOST_IN_ALL = 150_000
MOST_SIGNS = LIMITS.signs - 500
LONGEST_TEXT = 2000  # characters of a header that is words
LONGEST_NAME = 100  # characters of a person's name
# Octets of UTF-8 in one encoded word, which may be 75 characters long.
WORD = 42
# Said of the octets as they were, and untrue of those that are written now.
LEFT_OUT = re.compile(
    r"content-.*|mime-version|lines|received-spf|(?:.*-)?dkim-.*|domainkey-.*|arc-.*"
)
FIRST = (
    *("from", "to", "subject", "date", "message-id", "in-reply-to", "references"),
    *("return-path", "delivered-to", "reply-to", "sender", "cc"),
    *("auto-submitted", "precedence"),
)
SAFE_TEXT = re.compile(r"[!-~](?:[ -~]*[!-~])?")
SAFE_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
QUOTABLE = re.compile(r"[ !#$&-\[\]^-~]+")
SAFE_ADDRESS = re.compile(
    r"(?:[a-z0-9_+/'-]+(?:\.[a-z0-9_+/'-]+)*|\"[a-z0-9 ._+-]+\")"
    r"@[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
)
ID = re.compile(r"<([^<>]{1,2000})>")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,70}")


def write(block: Block) -> list[bytes]:
    r"""The header lines of a mended letter, without those that say what its body is.

    >>> from .headers import split
    >>> write(split("From: Анна <a@b.ru>\nDate: soon\nX-Flag: 1\n\n".encode("koi8-r")))
    [b'From: =?utf-8?b?0JDQvdC90LA=?= <a@b.ru>', b'X-Flag: 1']
    """
    found: dict[str, bytes] = {}
    left, signs = MOST_IN_ALL, MOST_SIGNS
    values = block.by_key()
    for key, name in _names(block):
        value = _value(key, values.get(key, []), block, signs)
        line = f"{name}: {value}".encode("utf-8", "replace")
        if value is None or len(line) > left:
            continue
        left -= len(line)
        signs -= signs_in(line) if key in ADDRESSES else 0
        found[key] = line
    place = {key: number for number, key in enumerate(values)}
    return [found[key] for key in sorted(found, key=lambda k: place.get(k, len(place)))]


def text_value(text: str) -> str:
    """Words as they stand, or encoded in pieces that a reader puts together.

    >>> text_value("Hi"), text_value("Да")
    ('Hi', '=?utf-8?b?0JTQsA==?=')
    """
    text = text[:LONGEST_TEXT]
    if "=?" not in text and (not text or SAFE_TEXT.fullmatch(text)):
        return text
    return "\r\n ".join(_encoded(piece) for piece in _pieces(text))


def _names(block: Block) -> Iterator[tuple[str, str]]:
    """Every header once, those that count first; From also when another tells it."""
    names = {header.key: header.name for header in reversed(block.headers)}
    names.setdefault("from", "From")
    for key in (*FIRST, *names):
        name = names.pop(key, "") if key in names else ""
        if NAME.fullmatch(name) and not LEFT_OUT.fullmatch(key):
            yield key, name


def _value(key: str, values: list[bytes], block: Block, signs: int) -> str | None:
    """The value of a header; None when there is nothing to say."""
    if key == "from":
        return _from(block, signs)
    if key == "return-path":
        return _return_path(values)
    if key in ADDRESSES:
        return _people(key, values, signs)
    write_value = SPECIAL.get(key)
    if write_value:
        return write_value(next((each for each in values if each), b""))
    texts = (words.decode(each) for each in values)
    return next((text_value(text) for text in texts if text), None)


# ----------------------------------------------------------------------
# People
# ----------------------------------------------------------------------


def _from(block: Block, signs: int) -> str | None:
    """Who wrote: the first address of From, else that of another header, with From's
    words as the name; else the words alone."""
    values = block.values("from")
    people = [box for value in values for box in mailboxes.parse(value)]
    addressed = [box for box in people if box.address]
    if not addressed:
        name = next((box.name for box in people if box.name), "")
        found = mailboxes.addresses(block.values(*SENDERS), most=1)
        addressed = [Mailbox(name, address) for address in found]
        people = addressed or [Mailbox(name, "")] if name else addressed
    return _written("from", addressed or people, signs)


def _return_path(values: list[bytes]) -> str:
    found = [
        each for each in mailboxes.addresses(values) if SAFE_ADDRESS.fullmatch(each)
    ]
    return f"<{found[0]}>" if found else "<>"


def _people(key: str, values: list[bytes], signs: int) -> str | None:
    people = dict.fromkeys(box for value in values for box in mailboxes.parse(value))
    addressed = [box for box in people if box.address]
    return _written(key, addressed or [*people][:1], signs)


def _written(key: str, people: list[Mailbox], signs: int) -> str | None:
    """These people, or their bare addresses, whichever every reader reads the same."""
    bare = [Mailbox("", box.address) for box in people if box.address]
    for boxes in (people, bare):
        value = _joined(boxes, signs)
        if value and _is_read_back(key, value, boxes):
            return value
    kept = [box for box in bare if SAFE_ADDRESS.fullmatch(box.address)]
    return _joined(kept, signs) or None


def _joined(people: list[Mailbox], signs: int) -> str:
    found: list[str] = []
    length = 0
    for box in people[: LIMITS.addresses]:
        text = _person(box)
        length += len(text) + 4
        signs -= signs_in(text.encode("utf-8", "replace")) + 3
        if length > MOST_IN_ONE or signs < 0:
            break
        found.append(text)
    return ",\r\n ".join(found)


def _person(box: Mailbox) -> str:
    name = _person_name(box.name[:LONGEST_NAME])
    if not box.address:
        return name
    if not name and not box.address.startswith('"'):
        return box.address
    return f"{name} <{box.address}>".strip()


def _person_name(name: str) -> str:
    """In one piece: Python's reader puts a blank between several."""
    name = " ".join(name.replace("=?", " ").replace("?=", " ").split())
    if not name or SAFE_NAME.fullmatch(name):
        return name
    if QUOTABLE.fullmatch(name):
        return f'"{name}"'
    return _encoded(name)


def _is_read_back(key: str, value: str, people: list[Mailbox]) -> bool:
    try:
        octets = EOL.sub("", value).encode()
        read = trial.addresses(trial.header(key.title(), octets))
    except Exception:
        return False
    expected = [box.address for box in people if box.address][: len(read) or None]
    return [mailboxes.normalize(address) for _name, address in read] == expected


# ----------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------


def _date(value: bytes) -> str | None:
    moment = read_date(value)
    return format_datetime(moment) if moment else None


def _message_id(value: bytes) -> str | None:
    """The name of the letter, without blanks; one that no reader reads gets another,
    always the same."""
    text = words.decode(value).replace(" ", "")
    if not text.strip("<>"):
        return None
    match = ID.search(text)
    name = f"<{match[1] if match else text.strip('<>')}>"
    if _is_read_as_written("Message-ID", name):
        return name
    return f"<{hashlib.sha256(value).hexdigest()}@mended.invalid>"


def _is_read_as_written(header: str, value: str) -> bool:
    """Whether Odoo reads there what we write."""
    try:
        return bool(trial.header(header, value.encode("ascii")) == value)
    except Exception:
        return False


def _references(value: bytes) -> str | None:
    """The letters that are referred to; of many the latest."""
    text = "".join(words.decode(value).split())
    found = [f"<{name}>" for name in ID.findall(text) if name.isascii()]
    kept: list[str] = []
    for name in reversed(found[-LIMITS.references :]):
        if sum(map(len, kept)) + len(name) > MOST_IN_ONE - 3 * len(found):
            break
        kept.append(name)
    return "\r\n ".join(reversed(kept)) or None


SPECIAL: dict[str, Callable[[bytes], str | None]] = {
    "date": _date,
    "resent-date": _date,
    "message-id": _message_id,
    "resent-message-id": _message_id,
    "references": _references,
    "in-reply-to": _references,
}
EOL = re.compile(r"[\r\n]+")


def _encoded(text: str) -> str:
    return f"=?utf-8?b?{b64encode(text.encode('utf-8', 'replace')).decode()}?="


def _pieces(text: str) -> Iterator[str]:
    """Pieces of a text that fit into one encoded word, none cut inside a character."""
    piece, length = "", 0
    for char in text:
        more = len(char.encode("utf-8", "replace"))
        if length + more > WORD:
            yield piece
            piece, length = "", 0
        piece += char
        length += more
    yield piece
