# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Telephone numbers in a text, and which ways of writing mean the same one."""

from __future__ import annotations

import re

KEY = 9
"""By so many digits at its end a number is looked for: what is before them is written
in many ways (+7, 8, 007; +44, 0)."""
MOST = 10
LONGEST_NUMBER = 15
LOCAL = 10
RUSSIAN = 11

NUMBER = re.compile(
    r"(?<![\w.,/+-])(\+?[0-9(][0-9()\u00a0\u2009\u2011\u2013 .\-]{6,26}[0-9])(?![\w/])"
)
CALLED = re.compile(
    r"(?:тел|моб|звони\w*|телефон\w*|сотов\w*|whats\s?app|viber|telegram|phone|mobile"
    r"|mob|tel|cell|call|fon|handy|rufnummer|téléphone|teléfono|móvil|cellulare)"
    r"\s?\.?\s?[:№-]?\s?$",
    re.IGNORECASE,
)
FIRST = re.compile(r"[0-9][0-9 ().-]*")
"""The same in PostgreSQL: the index of contacts is over its last nine digits."""
DIGIT = re.compile(r"[0-9]")
GROUPED = re.compile(r"[()]|\d[ \u00a0\u2009-]\d{2,4}[ \u00a0\u2009\u2011\u2013.-]")


def phone_key(number: str) -> str | None:
    """The digits by which a number is looked for; None: too few for a telephone.

    >>> phone_key("8 (916) 555-01-10") == phone_key("+7 916 555 01 10") == "165550110"
    True
    """
    digits = _digits(number)
    return digits[-KEY:] if len(digits) >= KEY else None


def same_phone(one: str, other: str) -> bool:
    """Whether two ways of writing mean one telephone.

    >>> same_phone("020 5550 0112", "+44 20 5550 0112")
    True
    >>> same_phone("8 916 555-01-10", "+7 816 555-01-10")
    False
    """
    short, long = sorted((_significant(one), _significant(other)), key=len)
    return len(short) >= KEY and long.endswith(short)


def phones_in(text: str) -> tuple[str, ...]:
    """What is written as telephone numbers, in the order of the text.

    >>> phones_in("Call +7 916 555-01-73, order 12345678, 3.11. 17:30, 8 916 5550110")
    ('+7 916 555-01-73', '8 916 5550110')
    """
    found = (
        match[1].strip()
        for match in NUMBER.finditer(text)
        if _is_phone(match[1], text[max(match.start() - 24, 0) : match.start()])
    )
    return tuple(dict.fromkeys(found))[:MOST]


def first_phone(field: str) -> str:
    """The first number in a field that people fill as they like.

    >>> first_phone("тел. 8 916 555-01-10 доб. 12, 8 903 555-01-11")
    '8 916 555-01-10 '
    """
    match = FIRST.search(field)
    return match[0] if match else ""


def _is_phone(number: str, before: str) -> bool:
    """Digits alone are no telephone: a sign of one stands before or in them."""
    count = len(DIGIT.findall(number))
    if not KEY <= count <= LONGEST_NUMBER:
        return False
    if number.startswith("+") or CALLED.search(before):
        return True
    digits = _digits(number)
    if count == RUSSIAN and digits[0] in "78":
        return True
    return count in (LOCAL, RUSSIAN) and bool(GROUPED.search(number))


def _digits(number: str) -> str:
    return "".join(DIGIT.findall(number))


def _significant(number: str) -> str:
    """Its digits without what is dialled before them in its own country."""
    digits = _digits(number)
    if len(digits) == RUSSIAN and digits.startswith("8"):
        return f"7{digits[1:]}"
    return digits.lstrip("0")
