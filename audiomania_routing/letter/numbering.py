# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""By what a letter finds its conversation when a mail program broke the thread.

Our own mark in the reply address cannot be made up by a stranger; the number in the
subject can, and counts only with the same customer.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable

CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIGNATURE_LENGTH = 8
LONGEST = 20_000
MARKS = 50
SUBJECT_LENGTH = 1000

CAPITALS = str.maketrans("АЕОРСУХКТМНВІЅЈ", "AEOPCYXKTMHBISJ")
"""Capitals that look like Latin ones."""

MARK = re.compile(
    r"(?<![a-z0-9])c([1-9a-z][0-9a-z]{0,11})-([a-z2-7]{8})(?![a-z0-9-])",
    re.IGNORECASE,
)
PREFIX = re.compile(
    r"\s*(?:re|fwd?|aw|wg|sv|vs|tr|rv|antw|отв|ответ|на|пересл|пер|переслано)"
    r"\s*(?:[\[(]\d{1,3}[\])])?\s*:",
    re.IGNORECASE,
)
NUMBER = r"HT\d{5,}"
"""What OCA's helpdesk calls its tickets."""


def make_mark(ticket_id: int, secret: bytes) -> str:
    """The mark of a conversation, for the local part of the address that leads back.

    >>> make_mark(146, b"secret")
    'c42-x7dswtl2'
    """
    if ticket_id < 1 or not secret:
        raise ValueError("A mark needs the id of a conversation and a secret")
    return f"c{_to_text(ticket_id)}-{_sign(ticket_id, secret)}"


def read_mark(text: str, secret: bytes) -> int | None:
    """The conversation that a mark of ours in this text names.

    >>> read_mark("Team <TEAM+C42-X7DSWTL2@shop.example>", b"secret")
    146
    >>> read_mark("team+c43-x7dswtl2@shop.example", b"secret") is None
    True
    """
    for mark in find_marks([text]):
        name, _dash, signature = mark.partition("-")
        ticket_id = int(name[1:], 36)
        if hmac.compare_digest(signature, _sign(ticket_id, secret)):
            return ticket_id
    return None


def find_marks(addresses: Iterable[str]) -> tuple[str, ...]:
    """What looks like a mark in these addresses, in their order, once each.

    >>> find_marks(["hifi@shop.example", "Team <team+C42-x7dswtl2@shop.example>"])
    ('c42-x7dswtl2',)
    """
    found = (
        match[0].lower()
        for address in addresses
        for match in MARK.finditer(address[:LONGEST])
    )
    return tuple(dict.fromkeys(found))[:MARKS]


def number_pattern(prefix: str, suffix: str = "", padding: int = 5) -> str:
    """The pattern of the numbers that a sequence of Odoo gives.

    >>> number_pattern("HT")
    'HT\\\\d{5,}'
    >>> ticket_numbers("[S/2025/0042]", number_pattern("S/%(year)s/", padding=4))
    ('S/2025/0042',)
    """
    return f"{_literal(prefix)}\\d{{{max(padding, 1)},}}{_literal(suffix)}"


def ticket_numbers(subject: str, pattern: str = NUMBER) -> tuple[str, ...]:
    """The numbers of conversations in a subject, also those typed in Russian letters.

    >>> ticket_numbers("Re: [HT00042] Amplifier, HT00042 and НТ00043")
    ('HT00042', 'HT00043')
    >>> ticket_numbers("XHT00042 HT7")
    ()
    """
    text = subject[:SUBJECT_LENGTH]
    if pattern.isascii():
        text = text.upper().translate(CAPITALS) if _is_upper(pattern) else text
    found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", text)
    return tuple(dict.fromkeys(found))


def strip_subject(subject: str, pattern: str = NUMBER) -> str:
    """The subject without what replies and forwards put before it, and our number.

    >>> strip_subject("Re: [HT00042] Fwd: Re[2]: Отв: Усилитель")
    'Усилитель'
    """
    text = subject[:SUBJECT_LENGTH]
    text = re.sub(rf"[\[(#]\s?(?:{pattern})\s?[\])]?", " ", text, flags=re.IGNORECASE)
    match = PREFIX.match(text)
    while match:
        text = text[match.end() :]
        match = PREFIX.match(text)
    return " ".join(text.split())


def _is_upper(pattern: str) -> bool:
    """Whether the letters that it asks for are capitals (``\\d`` is no letter)."""
    letters = re.sub(r"\\.", "", pattern)
    return letters == letters.upper()


def _literal(text: str) -> str:
    """The text as a pattern; a part of the date that Odoo fills in is digits."""
    pieces = re.split(r"(%\(\w+\)s)", text)
    return "".join(
        r"\d+" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    )


def _to_text(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(CHARACTERS))
        digits = CHARACTERS[digit] + digits
    return digits


def _sign(ticket_id: int, secret: bytes) -> str:
    digest = hmac.digest(secret, f"conversation:{ticket_id}".encode(), "sha256")
    return base64.b32encode(digest)[:SIGNATURE_LENGTH].decode().lower()
