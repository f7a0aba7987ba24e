# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

LENGTH = 20_000
"""Of a header so many characters are read; nobody writes to more people than that."""
LONGEST = 254

ADDRESS = re.compile(
    r"(?:\"[^\"\s<>@]{1,64}\"|[^\s<>()\[\]\",:;@\\]{1,64})"
    r"@([^\W_][\w-]{0,62}(?:\.[\w-]{1,63})*)"
)


def normalize(address: str) -> str:
    """An address in small letters without what is written around it, or nothing.

    >>> normalize(" <MAILTO:Anna.B@Shop.Example.> ")
    'anna.b@shop.example'
    >>> normalize("Anna")
    ''
    """
    return next(iter(_found(address[:LENGTH])), "")


def split(text: str) -> tuple[str, ...]:
    """The addresses in a header, normalized, once each, in its order.

    >>> split('"Ivanov, Ivan (i@home.example)" <I@shop.example>, b@c.example;d@e')
    ('i@shop.example', 'b@c.example', 'd@e')
    >>> split("undisclosed-recipients:;")
    ()
    """
    found: list[str] = []
    for piece in _pieces(text[:LENGTH]):
        inside = piece.rpartition("<")[2] if "<" in piece else ""
        found += _found(inside)[-1:] or _found(piece)
    return tuple(dict.fromkeys(found))


def first_of(text: str) -> str:
    """The first address of a header, or nothing."""
    return next(iter(split(text)), "")


def name_of(text: str) -> str:
    """The name that stands before the first address.

    >>> name_of('"Ivanov, Ivan" <i@shop.example>'), name_of("i@shop.example (Ivan)")
    ('Ivanov, Ivan', 'Ivan')
    """
    piece = next((each for each in _pieces(text[:LENGTH]) if "@" in each), "")
    before = piece.partition("<")[0] if "<" in piece else ""
    if not before.strip():
        comment = re.search(r"\(([^()]*)\)", piece)
        before = comment[1] if comment else ""
    name = " ".join(re.sub(r"\\(.)", r"\1", before).replace('"', "").split())
    return "" if "@" in name and normalize(name) == normalize(piece) else name


def _found(text: str) -> list[str]:
    text = re.sub(r"(?i)mailto:", " ", text)
    found = (_tidy(match) for match in ADDRESS.finditer(text))
    return [each for each in found if each]


def _tidy(match: re.Match[str]) -> str:
    local, _at, domain = match[0].lower().rpartition("@")
    local = local.strip('"').lstrip(".").strip("'`*")
    domain = domain.strip("-")
    address = f"{local}@{domain}"
    return address if local and domain and len(address) <= LONGEST else ""


def _pieces(text: str) -> Iterator[str]:
    """The header cut at commas and semicolons outside of quotes and brackets."""
    start, quoted, inside = 0, False, False
    for index, character in enumerate(text):
        if character == '"' and text[index - 1 : index] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif character in "<>":
            inside = character == "<"
        elif character in ",;" and not inside:
            yield text[start:index]
            start = index + 1
    yield text[start:]
