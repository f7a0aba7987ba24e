# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether a text names one of the words that somebody has listed."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+")
SEPARATOR = re.compile(r"[,;\n]")


def fold(text: str) -> str:
    """The words of a text as they are compared, with a space between them.

    >>> fold("Ещё раз: счёт №5!")
    'еще раз счет 5'
    """
    return " ".join(WORD.findall((text or "").casefold().replace("ё", "е")))


def listed(text: str) -> tuple[str, ...]:
    """The words and phrases of a list: by commas or lines.

    >>> listed("Return, does not work\\n")
    ('return', 'does not work')
    """
    return tuple(filter(None, map(fold, SEPARATOR.split(text or ""))))


def pattern(text: str) -> re.Pattern[str] | None:
    """What finds the words of a list in a folded text; None where it lists none.

    Words are found by their beginning, so that endings do not matter.

    >>> found = pattern("возврат, не работает")
    >>> bool(found.search(fold("Хочу оформить ВОЗВРАТА")))
    True
    >>> bool(found.search(fold("Он не работает")))
    True
    >>> bool(found.search(fold("Невозврат")))
    False
    """
    parts = [r"\w* ".join(map(re.escape, one.split())) for one in listed(text)]
    return re.compile(rf"\b(?:{'|'.join(parts)})") if parts else None
