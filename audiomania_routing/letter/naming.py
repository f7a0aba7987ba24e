# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Products that a text names: by model, by full name, by code or barcode.

A name and a text become the same tokens: "LS50", "LS-50", "ls 50" are ``ls 50``. Of
each product a few phrases are kept, of each text the phrases that may be one of them;
where two are equal, the text names the product. A phrase is never a single common word:
it has a number that belongs to a model, or is a whole name of several words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

LONGEST_PHRASE = 6
"""So many tokens has a phrase at most."""
BEFORE, AFTER = 2, 2
"""So many words before and behind the model belong to a phrase."""
MOST_PHRASES = 1500
MOST_MENTIONS = 20
GENERIC = 24
"""What so many products have in common names none of them."""
LONGEST_NAME = 300

DENSE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that put no blank between words."""
TOKEN = re.compile(rf"[{DENSE}]+|[^\W\d_{DENSE}]+|\d+")
BETWEEN = re.compile(r"(?:[ \t\u00a0'’\"“”«»/_.‐‑–-]|\r?\n(?![ \t]*\n)){0,3}")
"""What may stand between two tokens of one phrase; not a comma, nor the end of a
sentence (see ``_belongs``)."""
IDEOGRAPH = re.compile(f"[{DENSE}]")
JOINED = re.compile(r"[-‐‑–_/.]?")
"""What may stand inside of a model."""

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[a-z]")
LOOK_ALIKE = str.maketrans("авекмнорстухі", "abekmhopctyxi")
LIKE_LATIN = re.compile(r"[авекмнорстухі]{1,3}")

STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "für",
        "mit",
        "und",
        "zu",
        "le",
        "la",
        "les",
        "de",
        "du",
        "des",
        "et",
        "pour",
        "avec",
        "el",
        "los",
        "y",
        "con",
        "para",
        "il",
        "e",
        "per",
        "в",
        "во",
        "и",
        "к",
        "ко",
        "на",
        "не",
        "о",
        "от",
        "по",
        "с",
        "со",
        "у",
        "за",
        "из",
        "для",
        "или",
        "до",
        "без",
        "при",
        "the",
        "your",
        "my",
        "our",
        "this",
        "that",
    ]
)
UNITS = frozenset(
    [
        "w",
        "v",
        "a",
        "hz",
        "khz",
        "mhz",
        "ghz",
        "m",
        "cm",
        "mm",
        "km",
        "ohm",
        "db",
        "bit",
        "kbit",
        "mbit",
        "gb",
        "mb",
        "tb",
        "kg",
        "g",
        "mg",
        "mah",
        "pcs",
        "inch",
        "h",
        "min",
        "sec",
        "s",
        "eur",
        "usd",
        "rub",
        "вт",
        "в",
        "а",
        "гц",
        "кгц",
        "мгц",
        "ггц",
        "м",
        "см",
        "мм",
        "км",
        "ом",
        "дб",
        "бит",
        "кбит",
        "мбит",
        "гб",
        "мб",
        "тб",
        "кг",
        "г",
        "мач",
        "шт",
        "штук",
        "дюйм",
        "дюймов",
        "час",
        "часа",
        "часов",
        "мин",
        "сек",
        "р",
        "руб",
        "рублей",
        "тыс",
        "штуки",
        "метр",
        "метра",
        "метров",
        "meter",
        "meters",
        "metre",
        "metres",
        "stück",
        "watt",
        "watts",
        "percent",
    ]
)
CODED = re.compile(
    r"(?:арт(?:икул\w{0,2})?|код\w{0,2}(?: товара)?|sku|art(?:ikel)?\.?(?:nummer|-?nr)?"
    r"|article|item|code|part|p/n|ref|référence|referencia)"
    r"\s?(?:no|nr|number|№)?\s?[.:#№]{0,2}\s?$",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A run of letters or of digits.

    :param glued: nothing, or a hyphen, is between it and the one before
    :param inner: nothing at all is
    :param linked: they may belong to one phrase
    :param name: it is written with a capital
    """

    text: str
    start: int
    end: int
    glued: bool
    inner: bool
    linked: bool
    name: bool

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True)
class Span:
    """Where a phrase stands in a text."""

    start: int
    end: int
    size: int


@dataclass(frozen=True)
class Named:
    """What a text names: its own words, and the products that they may mean."""

    words: str
    products: tuple[int, ...]


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, in lower case, with Latin letters where they look so.

    >>> [each.text for each in tokens_of("КЕF LS-50, Ёлка")]
    ['kef', 'ls', '50', 'елка']
    """
    found: list[Token] = []
    runs = list(TOKEN.finditer(text))
    ends = [0, *(run.end() for run in runs)]
    for run, end in zip(runs, ends, strict=False):
        between = text[end : run.start()]
        first = not found
        glued = not first and JOINED.fullmatch(between) is not None
        inner = glued and not between and not IDEOGRAPH.match(text, run.start() - 1)
        inner = inner and not IDEOGRAPH.match(run[0])
        linked = not first and _belongs(between)
        token = _latin(run[0].lower().replace("ё", "е"))
        name = run[0][0].isupper()
        found.append(Token(token, *run.span(), glued, inner, linked, name))
    return _models_in_latin(found)


def normal(text: str) -> str:
    """One way of writing each character."""
    return unicodedata.normalize("NFKC", text)


def _belongs(between: str) -> bool:
    """A point ends a sentence where a blank follows."""
    sentence = "." in between and between.strip(" \t\n") != between.rstrip()
    ends = between.startswith(".") and len(between) > 1
    return not ends and not sentence and BETWEEN.fullmatch(between) is not None


def _latin(word: str) -> str:
    """A word typed in two alphabets at once is a Latin one."""
    if CYRILLIC.search(word) and LATIN.search(word):
        return word.translate(LOOK_ALIKE)
    return word


def _models_in_latin(found: list[Token]) -> list[Token]:
    """Russian letters that look like Latin ones beside a number: "А120", "Т5"."""
    beside = [False] * len(found)
    for number, (one, other) in enumerate(pairwise(found)):
        if other.glued and one.is_number != other.is_number:
            beside[number] = beside[number + 1] = True
    return [
        each._replace(text=each.text.translate(LOOK_ALIKE))
        if near and LIKE_LATIN.fullmatch(each.text)
        else each
        for each, near in zip(found, beside, strict=True)
    ]


# --- of a product


def phrases_of_name(name: str) -> set[str]:
    """By which phrases a text names a product of this name.

    >>> sorted(phrases_of_name("Bookshelf speakers KEF LS50 Meta, black"))
    ['kef ls 50', 'kef ls 50 meta', 'ls 50', 'ls 50 meta']
    >>> sorted(phrases_of_name("Altair Sub 12, subwoofer"))
    ['altair sub 12']
    >>> phrases_of_name("Cable"), phrases_of_name("HDMI cable, 5 m")
    (set(), {'hdmi cable'})
    """
    found: set[str] = set()
    for part in _parts(tokens_of(normal(name[:LONGEST_NAME]))):
        for first, last in _models(part):
            found.update(_around(part, first, last))
    return found or _whole(name)


def phrases_of_code(code: str) -> set[str]:
    """By which phrase a text names a code or barcode.

    >>> phrases_of_code("ALT-F50"), phrases_of_code("4600000000017")
    ({'alt f 50'}, {'4600000000017'})
    >>> phrases_of_code("10452"), phrases_of_code("7")
    ({'#10452'}, set())
    """
    tokens = tokens_of(normal(code[:LONGEST_NAME]))
    length = sum(len(each.text) for each in tokens)
    if len(tokens) > LONGEST_PHRASE or length < 4:
        return set()
    if all(each.is_number for each in tokens):
        phrase = "".join(each.text for each in tokens)
        return {phrase if length >= 8 else f"#{phrase}"}
    return {_phrase(tokens)} if any(each.is_number for each in tokens) else set()


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The parts of a name between commas and brackets."""
    start = 0
    for number, each in enumerate(tokens):
        if number and not each.linked:
            yield tokens[start:number]
            start = number
    if tokens:
        yield tokens[start:]


def _models(part: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The runs of letters and digits that are models, without quantities."""
    number = 0
    while number < len(part):
        last = number
        while last + 1 < len(part) and part[last + 1].glued:
            last += 1
        if _is_model(part, number, last):
            yield number, last
        number = last + 1


def _is_model(part: Sequence[Token], first: int, last: int) -> bool:
    run = part[first : last + 1]
    if len(run) > LONGEST_PHRASE or not any(each.is_number for each in run):
        return False
    if not run[0].is_number:
        return True
    following = [each.text for each in (*run, *part[last + 1 : last + 2])]
    return not any(text in UNITS or text in ("x", "х") for text in following)


def _around(part: Sequence[Token], first: int, last: int) -> Iterator[str]:
    """The model with the words around it, as far as they tell it from others."""
    whole = first == 0 and last == len(part) - 1
    for start in _starts(part, first, last, whole):
        for end in range(last, min(last + AFTER, len(part) - 1) + 1):
            phrase = part[start : end + 1]
            if len(phrase) <= LONGEST_PHRASE and _has_edges(phrase):
                yield _phrase(phrase)


def _starts(part: Sequence[Token], first: int, last: int, whole: bool) -> Iterator[int]:
    """Where its phrases begin: a weaker model needs more words before it."""
    run = part[first : last + 1]
    if all(each.is_number for each in run):
        before = part[max(first - BEFORE, 0) : first]
        named = all(each.name or each.is_number for each in before)
        only = first == 1 and last == len(part) - 1 and len(part[0].text) > 3
        if len(run) == 1 and (only or (named and len(before) == BEFORE)):
            yield first - len(before)
        return
    if first:
        yield first - 1
    if _is_strong(run) or (whole and _is_telling(run)):
        yield first


def _is_strong(run: Sequence[Token]) -> bool:
    """A model that needs no brand before it."""
    length = sum(len(each.text) for each in run)
    digits = sum(len(each.text) for each in run if each.is_number)
    letters = length - digits
    return len(run) > 2 or (length >= 4 and digits >= 2 and letters >= 2)


def _is_telling(run: Sequence[Token]) -> bool:
    """A model that is a whole name."""
    return sum(len(each.text) for each in run if each.is_number) >= 2


def _has_edges(phrase: Sequence[Token]) -> bool:
    """It neither begins nor ends with a word like "for"; the A of A60 is none."""
    model = len(phrase) > 1 and phrase[1].glued
    return (model or phrase[0].text not in STOP) and phrase[-1].text not in STOP


def _whole(name: str) -> set[str]:
    """A name of several words without a model: the whole of it, up to a comma."""
    first = next(_parts(tokens_of(normal(name[:LONGEST_NAME]))), ())
    words = [each for each in first if not each.is_number]
    if not 2 <= len(first) <= LONGEST_PHRASE or len(words) < len(first):
        return set()
    if sum(len(each.text) for each in words) < 8 or not _has_edges(words):
        return set()
    return {_phrase(first)}


def _phrase(tokens: Iterable[Token]) -> str:
    return " ".join(each.text for each in tokens)


# --- of a text


def phrases_in(text: str, numbers: Iterable[str] = ()) -> dict[str, list[Span]]:
    """What in a text may be a phrase of a product, and where it stands.

    :param numbers: of documents and telephones, which are no products

    >>> sorted(phrases_in("LS-50 Meta leise?"))
    ['50 meta', '50 meta leise', 'ls 50', 'ls 50 meta', 'ls 50 meta leise']
    >>> phrases_in("Is the cable in stock?")
    {}
    """
    tokens = tokens_of(text)
    others = [f" {_phrase(tokens_of(number))} " for number in numbers]
    found: dict[str, list[Span]] = {}
    for first, last in (*_around_numbers(tokens), *_of_titles(tokens)):
        if len(found) >= MOST_PHRASES:
            break
        run = tokens[first : last + 1]
        phrase = _phrase(run)
        if not any(
            f" {phrase} " in other or other in f" {phrase} " for other in others
        ):
            span = Span(run[0].start, run[-1].end, len(run))
            found.setdefault(phrase, []).append(span)
    for key, span in _codes(text, tokens):
        found.setdefault(key, []).append(span)
    return found


def _around_numbers(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Every run of linked tokens with a number in it, but for quantities."""
    done: set[tuple[int, int]] = set()
    for number, each in enumerate(tokens):
        if not each.is_number:
            continue
        start = number
        while start and number - start < LONGEST_PHRASE - 1 and tokens[start].linked:
            start -= 1
        for first in range(start, number + 1):
            for last in range(number, first + LONGEST_PHRASE):
                if last >= len(tokens) or (last > first and not tokens[last].linked):
                    break
                if (first, last) not in done and _may_be(tokens, first, last):
                    done.add((first, last))
                    yield first, last


def _may_be(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Not a part of a model, not a number alone, nor one whose unit follows."""
    end, after = tokens[last], tokens[last + 1 : last + 2]
    if tokens[first].inner or (after and after[0].inner):
        return False
    if first == last:
        return len(end.text) >= 8
    follows = after and after[0].linked and after[0].text in UNITS
    quantity = end.is_number and not end.glued and follows
    return not quantity and _has_edges(tokens[first : last + 1])


def _of_titles(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Runs of words that are written as a name: with capitals."""
    for first, each in enumerate(tokens):
        if each.is_number or not each.name:
            continue
        for last in range(first + 1, min(first + LONGEST_PHRASE, len(tokens))):
            end = tokens[last]
            if not end.linked or end.is_number:
                break
            after = tokens[last + 1 : last + 2]
            if not end.name and len(end.text) > 3:
                break
            if end.name and not (after and after[0].inner):
                yield first, last


def _codes(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, Span]]:
    """Short numbers that are said to be codes."""
    for each in tokens:
        if each.is_number and 4 <= len(each.text) < 8:
            if CODED.search(text[max(each.start - 30, 0) : each.start]):
                yield f"#{each.text}", Span(each.start, each.end, 1)


def named_in(
    text: str, spans: Mapping[str, Sequence[Span]], known: Mapping[str, Iterable[int]]
) -> tuple[Named, ...]:
    """What the text names, of what is known; of two that overlap the longer one.

    :param spans: from :func:`phrases_in`
    :param known: {phrase: products that have it}

    >>> text = "Is the Altair F50 green in stock? I have the F50."
    >>> named_in(text, phrases_in(text), {"altair f 50": [1, 2], "f 50 green": [2],
    ...     "altair f 50 green": [2]})
    (Named(words='Altair F50 green', products=(2,)),)
    """
    places = [
        (span, tuple(sorted(set(products))))
        for phrase, products in known.items()
        for span in spans.get(phrase, ())
    ]
    taken: list[tuple[Span, tuple[int, ...]]] = []
    for span, products in sorted(
        places, key=lambda one: (-one[0].size, one[0].start, one[1])
    ):
        if 0 < len(products) < GENERIC and not any(
            span.start < other.end and other.start < span.end for other, _ in taken
        ):
            taken.append((span, products))
    taken.sort(key=lambda one: one[0].start)
    first: dict[tuple[int, ...], Named] = {}
    for span, products in taken:
        words = " ".join(text[span.start : span.end].split())
        first.setdefault(products, Named(words, products))
    return tuple(first.values())[:MOST_MENTIONS]
