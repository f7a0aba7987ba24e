# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter that Odoo cannot read, or would read wrong, made into one that it can.

What is mended says the same: the headers that count, the words, the files; the letter
as it came is attached to it. Nothing here raises, whatever the octets are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from . import reading, writing
from .bounds import DEEPEST, LIMITS, Limits, exceeded, shorten
from .defects import Code, Defect
from .plain import plain_text
from .reading import Letter
from .soundness import defects_in, find_defects, is_sound

__all__ = [
    "Code",
    "Defect",
    "Mended",
    "find_defects",
    "is_sound",
    "mend",
    "plain_text",
]

# Nothing is lost when these are mended: the original would only be in the way.
HARMLESS = {Code.SPLIT_NAME, Code.CONTROL_CHARACTERS}
# The original that is attached, and what holds it, are parts too.
ROOM = 4


@dataclass(frozen=True)
class Mended:
    """A letter that can be read, and what was wrong with the one that came."""

    raw: bytes
    defects: tuple[Defect, ...]


def mend(raw: bytes, limits: Limits = LIMITS) -> Mended:
    r"""A clean letter that says what this one says; never raises.

    >>> mended = mend("From: a@b.ru\n\nДобрый день".encode("koi8-r"))
    >>> is_sound(mended.raw), plain_text(mended.raw)
    (True, 'Добрый день')
    >>> [defect.code.value for defect in mended.defects]
    ['wrong_charset']
    """
    defects: tuple[Defect, ...] = ()
    try:
        too_much = exceeded(raw, limits)
        short = shorten(raw, replace(limits, depth=DEEPEST))
        letter = reading.read(short, limits.parts - ROOM, DEEPEST)
        found = defects_in(letter.root) if too_much else find_defects(raw, limits)
        defects = tuple(dict.fromkeys([*too_much, *found]))
        original = _original(raw, defects, limits)
        budget = writing.budget_of(limits)
        built = writing.rewrite(letter.root, budget, original)
        defects = _more(defects, [*_cut_for_room(letter), *budget.cut])
        if is_sound(built):
            return Mended(built, defects)
        why = "not sound"
    except Exception as error:
        why = type(error).__name__
    return _by_words(raw, (*defects, Defect(Code.UNREADABLE, why)), limits)


def _original(raw: bytes, defects: tuple[Defect, ...], limits: Limits) -> bytes | None:
    """The letter as it came, to be attached; not when it adds nothing, or is large."""
    is_harmless = bool(defects) and {each.code for each in defects} <= HARMLESS
    return None if is_harmless or not raw or len(raw) > limits.original else raw


def _cut_for_room(letter: Letter) -> Iterator[Defect]:
    if letter.too_many_at is not None:
        yield Defect(Code.TOO_MANY_PARTS, str(letter.count))


def _more(defects: tuple[Defect, ...], more: Iterable[Defect]) -> tuple[Defect, ...]:
    """These too, where nothing of their kind is named yet."""
    named = {each.code for each in defects}
    return (*defects, *(each for each in more if each.code not in named))


def _by_words(raw: bytes, defects: tuple[Defect, ...], limits: Limits) -> Mended:
    """The last form: the words in the plainest letter, with its headers if they do."""
    original = _original(raw, defects, limits)
    for read_headers in (True, False):
        try:
            root = reading.read(shorten(raw, limits), 1).root if read_headers else None
            built = writing.from_words(plain_text(raw), root, original)
            if is_sound(built):
                return Mended(built, defects)
        except Exception:
            continue
    return Mended(b"", defects)
