# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import mailboxes

LENGTH = 20_000
"""Of a header so many characters are read; nobody writes to more people than that."""


def normalize(address: str) -> str:
    """An address in small letters without what is written around it, or nothing.

    >>> normalize(" <MAILTO:Anna.B@Shop.Example.> ")
    'anna.b@shop.example'
    >>> normalize("Anna")
    ''
    """
    return first_of(address)


def split(text: str) -> tuple[str, ...]:
    """The addresses in a header, normalized, once each, in its order.

    >>> split('"Ivanov, Ivan (i@home.example)" <I@shop.example>, b@c.example;d@e')
    ('i@shop.example', 'b@c.example', 'd@e')
    >>> split("undisclosed-recipients:;")
    ()
    """
    return mailboxes.addresses([_octets(text)])


def first_of(text: str) -> str:
    """The first address of a header, or nothing."""
    return next(iter(mailboxes.addresses([_octets(text)], most=1)), "")


def name_of(text: str) -> str:
    """The name of whom the first address belongs to.

    >>> name_of('"Ivanov, Ivan" <i@shop.example>'), name_of("i@shop.example (Ivan)")
    ('Ivanov, Ivan', 'Ivan')
    """
    boxes = (box for box in mailboxes.parse(_octets(text)) if box.address)
    box = next(boxes, mailboxes.Mailbox("", ""))
    return "" if box.name.lower() == box.address else box.name


def _octets(text: str) -> bytes:
    return text[:LENGTH].encode("utf-8", "replace")


# --- near misses -----------------------------------------------------------------

SHORT = 3
"""Of so few letters every other name is near: only slips of the keyboard count."""
LONG = 8
"""From so many letters on, two slips are still the same name."""
DOMAIN = 5
"""A shorter name of a domain is near to too many others."""

LOOK_ALIKES = str.maketrans("аеорсухктмнвіѕј", "aeopcyxktmhbisj")
LAYOUT = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюё",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
)


def near(address: str, known: Iterable[str]) -> str | None:
    """The known address that was meant by a misspelt one, if only one can be.

    >>> known = ["anna@shop.example", "vera.orlova@shop.example", "bob@shop.example"]
    >>> [near(f"{each}@shop.example", known) for each in ("фттф", "ana", "veraorlvoa")]
    ['anna@shop.example', 'anna@shop.example', 'vera.orlova@shop.example']
    >>> near("rob@shop.example", known), near("anna@other.example", known)
    (None, None)
    """
    written = normalize(address)
    if not written:
        return None
    forms, domains = _forms(written), _Domains(written.rpartition("@")[2])
    best, nearest = None, MOST + 1
    for each in known:
        distance = _distance(forms, domains, each)
        if distance < nearest:
            best, nearest = each, distance
        elif distance == nearest and best and normalize(best) != normalize(each):
            best = None
    return best


MOST = 3
"""Two slips in a long name and one in the domain."""
FAR = MOST + 2


class _Domains:
    """How far the domain of the address is from others, each looked at once."""

    def __init__(self, written: str) -> None:
        self.forms = {_fold(form) for form in _typed(written)}
        self.known: dict[str, int] = {}

    def distance(self, domain: str) -> int:
        if domain not in self.known:
            self.known[domain] = self._measure(domain)
        return self.known[domain]

    def _measure(self, domain: str) -> int:
        if domain in self.forms:
            return 0
        if len(domain.partition(".")[0]) < DOMAIN:
            return FAR
        return min(1 if edits(form, domain, 1) <= 1 else FAR for form in self.forms)


def _distance(forms: frozenset[str], domains: _Domains, known: str) -> int:
    """How many slips lie between an address and one that is known."""
    local, _at, domain = known.strip().lower().rpartition("@")
    if not local:
        return FAR
    away = domains.distance(domain)
    if away >= FAR:
        return FAR
    name = _bare(local)
    if name in forms:
        return away
    return away + min(_slips(form, name) for form in forms)


def _slips(written: str, name: str) -> int:
    """Numbers tell apart on purpose: sales1 is not sales2."""
    found = edits(written, name, 2)
    if found > 2 or re.sub(r"\D", "", written) != re.sub(r"\D", "", name):
        return FAR
    letters = sum(map(str.isalpha, name))
    limit = 0 if letters <= SHORT else 1 if letters < LONG else 2
    return found if found <= limit and len(written) >= SHORT else FAR


def _forms(written: str) -> frozenset[str]:
    """The names that may have been meant by what was typed."""
    return frozenset(map(_bare, _typed(written.rpartition("@")[0])))


def _typed(text: str) -> tuple[str, ...]:
    """As it stands, in look-alikes of Latin letters, in the other keyboard layout."""
    if text.isascii():
        return (text,)
    return text, text.translate(LOOK_ALIKES), text.translate(LAYOUT)


def _bare(local: str) -> str:
    """Without the part after a plus, dots, hyphens and underscores.

    >>> _bare("vera.orlova+shop")
    'veraorlova'
    """
    name = re.sub(r"[._-]", "", local.partition("+")[0] or local)
    return name if len(name) > SHORT else local.partition("+")[0]


def _fold(domain: str) -> str:
    return domain.strip(".")


def edits(one: str, other: str, limit: int) -> int:
    """Letters left out, put in, changed or exchanged with the next; more than the
    limit is only said to be more.

    >>> edits("veraorlova", "veraorlvoa", 2), edits("anna", "anan", 1)
    (1, 1)
    >>> edits("kitten", "sitting", 2)
    3
    """
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        earlier, before = before, row
        row = _next_row(earlier, before, one[index - 2 : index], other, letter, index)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _next_row(
    earlier: list[int],
    before: list[int],
    pair: str,
    other: str,
    letter: str,
    index: int,
) -> list[int]:
    row = [index]
    for column, its in enumerate(other, 1):
        best = min(
            before[column] + 1, row[-1] + 1, before[column - 1] + (letter != its)
        )
        if earlier and column > 1 and pair == its + other[column - 2]:
            best = min(best, earlier[column - 2] + 1)
        row.append(best)
    return row
