# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether somebody does nothing but thank: every word of his is one that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST = 400
"""Who writes more says more."""
PAGE = 20_000
NAMES = 2
"""So many capitalised words that nobody knows are names: "Спасибо, Анна!"."""

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
SAYS_MORE = re.compile(r"[?\d@/\\%№#€$₽]|www\.")
"""Questions, numbers, addresses, money: more than thanks."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The words of one language.

    :param thanks: phrases that thank
    :param known: these, and those that may stand beside them
    :param first: the first words of the former
    """

    thanks: frozenset[Phrase]
    known: frozenset[Phrase]
    first: frozenset[str]
    longest: int

    @classmethod
    def make(cls, thanks: Iterable[str], polite: Iterable[str]) -> Words:
        some = frozenset(filter(None, map(split_words, thanks)))
        known = some | frozenset(filter(None, map(split_words, polite)))
        longest = max(map(len, known), default=0)
        return cls(some, known, frozenset(one[0] for one in some), longest)


def split_words(text: str) -> Phrase:
    """The words of a text as they are compared.

    >>> split_words("Спасибо, всё получил!")
    ('спасибо', 'все', 'получил')
    """
    return tuple(_fold(word) for word in WORD.findall(text or ""))


def may_thank(page: str, languages: Sequence[Words]) -> bool:
    """A quick look at a whole page: whether a word of thanks is in it at all.

    >>> may_thank("<p>Thanks!</p>", [Words.make(["thanks"], [])])
    True
    """
    text = _fold(page[:PAGE])
    return any(word in text for words in languages for word in words.first)


def only_thanks(text: str, languages: Sequence[Words]) -> bool:
    """Whether a text is nothing but thanks, in one of the languages.

    >>> english = Words.make(["thanks", "thank you"], ["so much", "for the help"])
    >>> only_thanks("Thank you so much for the help, Anna!", [english])
    True
    >>> only_thanks("Thanks! When does it come", [english])
    False
    """
    if len(text) > LONGEST or SAYS_MORE.search(text):
        return False
    written = WORD.findall(text)
    return any(_covers(words, written) for words in languages)


def _covers(words: Words, written: Sequence[str]) -> bool:
    """Each word belongs to a phrase of the language, but for a name or two."""
    folded = tuple(map(_fold, written))
    at, names, thanks = 0, 0, False
    while at < len(folded):
        phrase = _find(words, folded, at)
        if phrase:
            thanks = thanks or phrase in words.thanks
            at += len(phrase)
        elif written[at][:1].isupper() and names < NAMES:
            names += 1
            at += 1
        else:
            return False
    return thanks


def _find(words: Words, folded: Phrase, at: int) -> Phrase | None:
    """The longest phrase that begins here."""
    for length in range(words.longest, 0, -1):
        phrase = folded[at : at + length]
        if len(phrase) == length and phrase in words.known:
            return phrase
    return None


def _fold(text: str) -> str:
    return text.lower().replace("ё", "е").replace("’", "'")
