# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names and addresses in a header, within the grammar and far out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from . import charset, words

LONGEST = 320  # characters of an address: 64 for the person, 255 for the domain
MOST = 500
TOKEN = re.compile(
    r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=|\\.|[^\\\"(),:;<>=]+|.",
    re.DOTALL | re.ASCII,
)
ADDRESS = re.compile(
    r"[^\s<>()\[\],;:\"\\@]+@(?:\[[\w.:]+\]|[^\s<>()\[\],;:\"\\@]+)",
    re.ASCII,
)
# Octets stand for signs here: only the blanks of ASCII are blanks.
BLANKS = re.compile(r"\s+", re.ASCII)
BETWEEN = re.compile(r"[\s,;<>]+", re.ASCII)
QUOTED_PERSON = re.compile(r"\s*(\"[ !#-\[\]-~]{1,64}\")@([\w.-]+)\s*", re.ASCII)
AROUND = "'`.|*"
CLOSING = {'"': '"', "(": ")", "<": ">"}


class Mailbox(NamedTuple):
    """A person's name as it is read, and the address, normalized; either may be ""."""

    name: str
    address: str


@dataclass
class Chunk:
    """What stands between two commas: the name, what stood in ``<>`` and in ``()``."""

    name: list[str] = field(default_factory=list)
    angle: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)


def parse(value: bytes, most: int = MOST) -> tuple[Mailbox, ...]:
    """Everybody in a header, those without an address too, at most so many.

    >>> parse(b'"Petrov, Ivan" <Ivan@Shop.RU>, anna@shop.ru (Anna)')[0]
    Mailbox(name='Petrov, Ivan', address='ivan@shop.ru')
    >>> parse(b'Team: a@b.ru; "open <c@d.ru>')[1]
    Mailbox(name='"open', address='c@d.ru')
    """
    found: list[Mailbox] = []
    for chunk in _chunks(value.decode("latin-1")):
        found += _mailboxes(chunk)
        if len(found) >= most:
            break
    return tuple(found[:most])


def addresses(values: list[bytes], most: int = MOST) -> tuple[str, ...]:
    """The addresses in these headers, each once, in their order.

    >>> addresses([b"b@x.ru, A@x.ru", b"a@x.ru"])
    ('b@x.ru', 'a@x.ru')
    """
    found = {box.address: None for value in values for box in parse(value, most)}
    return tuple(each for each in found if each)[:most]


def normalize(text: str) -> str:
    """One address as Odoo compares it; "" when there is none.

    >>> normalize("'Ivan.Petrov@Shop.RU.'"), normalize("nobody"), normalize("Я@Дом.рф")
    ('ivan.petrov@shop.ru', '', 'Я@дом.рф')
    """
    text = charset.clean(text).strip().strip(AROUND)
    person, at, domain = text.rpartition("@")
    if not (person and at and domain) or len(text) > LONGEST:
        return ""
    return f"{person.lower() if person.isascii() else person}@{domain.lower()}"


def _chunks(text: str) -> Iterator[Chunk]:
    """The header cut at its commas; quotes and brackets that never end are letters."""
    tokens = TOKEN.findall(text)
    last = {token: at for at, token in enumerate(tokens)}
    chunk = Chunk()
    into, closing = chunk.name, ""
    for at, token in enumerate(tokens):
        if token in ",;" and closing in ("", ">"):
            yield chunk
            chunk = Chunk()
            into, closing = chunk.name, ""
        elif closing and token == closing:
            into, closing = chunk.name, ""
        elif not closing and last.get(CLOSING.get(token, ""), -1) > at:
            closing = CLOSING[token]
            into = {'"': chunk.name, "(": chunk.comment, "<": chunk.angle}[token]
        elif token == ":" and not closing:
            chunk = Chunk()
            into = chunk.name
        else:
            into.append(token[1] if len(token) == 2 and token[0] == "\\" else token)
    yield chunk


def _mailboxes(chunk: Chunk) -> list[Mailbox]:
    """Those in this chunk: usually one, several where the commas were forgotten."""
    name, angle, comment = (
        "".join(each) for each in (chunk.name, chunk.angle, chunk.comment)
    )
    quoted = QUOTED_PERSON.fullmatch(angle)
    if quoted:
        return [Mailbox(_words(name), f"{quoted[1].lower()}@{quoted[2].lower()}")]
    found = _found_in(angle)
    if found:
        return [Mailbox(_words(name) or _words(comment), found[0])]
    found = _found_in(name)
    if len(found) == 1:
        rest = " ".join(each for each in BLANKS.split(name) if "@" not in each)
        return [Mailbox(_words(rest) or _words(comment), found[0])]
    if found:
        return [Mailbox("", each) for each in found]
    return _encoded_whole(name) or _without_address(name, angle)


def _without_address(name: str, angle: str) -> list[Mailbox]:
    text = _words(f"{name} {angle}")
    return [Mailbox(text, "")] if text else []


def _encoded_whole(name: str) -> list[Mailbox]:
    """Some programs encode the address together with the name."""
    if "=?" not in name:
        return []
    text = _words(name)
    found = _found_in(text)
    person = text.partition("<")[0].strip().strip('"')
    return [Mailbox("" if "@" in person else person, each) for each in found]


def _found_in(text: str) -> list[str]:
    """Addresses in a text: only in words that have the sign of one."""
    parts = (part for part in BETWEEN.split(text) if "@" in part)
    found = (ADDRESS.search(part[-2 * LONGEST :]) for part in parts)
    normalized = (normalize(_raw(match[0])) for match in found if match)
    return [each for each in normalized if each]


def _raw(text: str) -> str:
    """Letters above ASCII in an address are what their octets say."""
    return charset.decode(text.encode("latin-1")).text if _is_octets(text) else text


def _is_octets(text: str) -> bool:
    return not text.isascii() and all(char < "\u0100" for char in text)


def _words(text: str) -> str:
    return words.decode(text.encode("latin-1")) if text else ""
