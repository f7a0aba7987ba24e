# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Octets to words: the charset that a letter names, or the one it really has.

What is named is believed while it makes sense. Else UTF-8 is tried, and then the
letters themselves say whether they are Russian, and in which of its old charsets.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

SAMPLE = 1500  # octets above ASCII that are weighed when a charset is guessed
RUSSIAN = ("windows-1251", "koi8-r", "cp866")
WESTERN = "windows-1252"
# How often each letter stands in Russian text, in thousandths.
FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (
            *(110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20),
            *(19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 1, 1),
        ),
        strict=True,
    )
)
# What often stands side by side in Russian words.
SIDE_BY_SIDE = (
    "стнотонаеновниравокоропооспрреергоаллитьнеоретескаолотталоваеломдаитза"
    "леаминатскриантидевидолаобмоилвеакизиеияыйойихасеммежечевывскиныспбопе"
    "тртвдрзд"
)
PAIRS = {SIDE_BY_SIDE[at : at + 2] for at in range(0, len(SIDE_BY_SIDE), 2)}
# With so few letters above ASCII, "ПФЧ" of one charset is "отв" of another: what was
# named stands.
TOO_FEW = 12
ABOVE = re.compile(rb"[A-Za-z]{0,20}[\x80-\xff][A-Za-z\x80-\xff]{0,60}")
SMALL_LETTERS = {
    "cp1251": bytes(range(0xE0, 0x100)),
    "koi8-r": bytes(range(0xC0, 0xE0)),
    "koi8-u": bytes(range(0xC0, 0xE0)),
}
# Nobody names these by chance: they are believed where all they give is their script.
GREEK, HEBREW, ARABIC = "\u0370-\u03ff", "\u0590-\u05ff", "\u0600-\u06ff"
SCRIPTS = {
    "cp1253": GREEK,
    "cp1255": HEBREW,
    "cp1256": ARABIC,
    "iso8859-6": ARABIC,
    "iso8859-7": GREEK,
    "iso8859-8": HEBREW,
}
WORD = re.compile(r"[^\W\d_]+")
ODD_SIGN = re.compile(r"[^\x00-\x7f\w\s«»—–№“”„’‘…©®•·°€§\xa0\xad]|[\x80-\x9f]")
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
# Signs of Windows that Latin-1 does not have.
NOT_LATIN = re.compile(rb"[\x80-\x9f]")
ALIASES = {
    "ansi": "",
    "ansi-1251": "windows-1251",
    "cp-1251": "windows-1251",
    "cp-866": "cp866",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-8-i": "iso-8859-8",
    "koi-8": "koi8-r",
    "koi8": "koi8-r",
    "koi8r": "koi8-r",
    "koi8-ru": "koi8-u",
    "koi8u": "koi8-u",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf-8mb4": "utf-8",
    "utf8mb4": "utf-8",
    "win-1251": "windows-1251",
    "win-1252": "windows-1252",
    "win1251": "windows-1251",
    "windows1251": "windows-1251",
    "windows1252": "windows-1252",
    "x-cp1251": "windows-1251",
    "x-cp866": "cp866",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
    "x-windows-1251": "windows-1251",
}
# Python knows them by name, yet no letter is written in them: they are codes of
# programs, and two of them take time that grows with the square of the text.
NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
ASCII = {"ascii", ""}
OCTETS = bytes(4)  # of nothing at all, Python decodes nothing, by whichever name


class Decoded(NamedTuple):
    """Words, the charset that gave them, and whether it is the one that was named."""

    text: str
    charset: str
    as_named: bool


def decode(octets: bytes, named: str = "") -> Decoded:
    """The words in these octets; never raises, whatever is named.

    >>> decode("Добрый день".encode("koi8-r"), "koi8-r")
    Decoded(text='Добрый день', charset='koi8-r', as_named=True)
    >>> decode("Добрый день".encode("windows-1251"), "us-ascii")
    Decoded(text='Добрый день', charset='windows-1251', as_named=False)
    >>> decode("Добрый день".encode(), "x-unknown")
    Decoded(text='Добрый день', charset='utf-8', as_named=False)
    """
    charset = find(named)
    if charset is not None:
        text = _strictly(octets, charset or "ascii")
        if text is not None and not _is_mistaken(octets, charset, text):
            return Decoded(text, charset or "ascii", True)
    guessed = guess(octets)
    text = _strictly(octets, guessed)
    if text is None:
        return _mostly(octets, charset or guessed)
    return Decoded(text, guessed, False)


def find(name: str) -> str | None:
    """Python's name of this charset, "" when none is named, None when unknown.

    >>> find(" Windows-1251;"), find("win-1251"), find("no-such"), find("")
    ('cp1251', 'cp1251', None, '')
    >>> find("hex"), find("rot13"), find("utf-16")
    (None, None, 'utf-16')
    """
    name = name.strip().strip("\"';,").lower()[:60]
    name = ALIASES.get(name.replace("_", "-"), name)
    if not name:
        return ""
    try:
        found = codecs.lookup(name)
        OCTETS.decode(name, "replace")
    except (LookupError, ValueError, UnicodeError):
        return None
    plain = found.name.replace("_", "-")
    return None if plain in NO_CHARSETS else found.name


def python_name(name: str) -> str | None:
    """What Python calls a charset of exactly this name; None at what it would raise.

    >>> python_name("KOI8-R"), python_name("win-1251"), python_name("punycode")
    ('koi8-r', None, None)
    """
    try:
        OCTETS.decode(name, "replace")
        return find(codecs.lookup(name).name)
    except (LookupError, ValueError, UnicodeError):
        return None


def guess(octets: bytes) -> str:
    """The charset that these octets most probably have, when nobody tells.

    >>> guess("Здравствуйте, где мой заказ?".encode("cp866"))
    'cp866'
    >>> guess("Où est le café ?".encode("latin-1"))
    'windows-1252'
    """
    if octets.isascii():
        return "iso-2022-jp" if _is_japanese(octets) else "ascii"
    if _strictly(octets, "utf-8") is not None:
        return "utf-8"
    sample = _sample(octets)
    if _mostly_utf8(sample):
        return "utf-8"
    scores = {name: _score(sample, name) for name in (*RUSSIAN, WESTERN)}
    return max(scores, key=lambda name: scores[name])


def clean(text: str) -> str:
    r"""Without what no database and no page can hold: NUL, controls, half characters.

    >>> clean("a\x00b\ud800c\td")
    'abc\td'
    """
    return CONTROL.sub("", text)


def has_controls(text: str) -> bool:
    """Whether :func:`clean` would take something away."""
    return CONTROL.search(text) is not None


def one_line(text: str) -> str:
    r"""Clean, and every run of spaces and line ends one space.

    >>> one_line(" a\r\n  b\x00")
    'a b'
    """
    return " ".join(clean(text).split())


def _strictly(octets: bytes, charset: str) -> str | None:
    try:
        return octets.decode(charset)
    except (UnicodeError, ValueError, LookupError):
        return None


def _mostly(octets: bytes, charset: str) -> Decoded:
    """What can be read by this charset, with a sign for each octet that cannot."""
    try:
        return Decoded(octets.decode(charset, "replace"), charset, False)
    except (UnicodeError, ValueError, LookupError):
        return Decoded(octets.decode("latin-1"), "latin-1", False)


def _is_japanese(octets: bytes) -> bool:
    if b"\x1b$" not in octets:
        return False
    return _strictly(octets, "iso-2022-jp") is not None


def _is_mistaken(octets: bytes, charset: str, text: str) -> bool:
    """Whether a charset that can read anything was named, and reads nonsense."""
    if octets.isascii():
        return charset in ASCII and _is_japanese(octets)
    if not _is_single_byte(charset):
        return False
    if charset == "iso8859-1" and NOT_LATIN.search(octets):
        return True
    sample = _sample(octets)
    if _is_utf8(sample):
        return True
    if _is_plausible(sample, charset) or _is_in_script(sample, charset):
        return False
    if charset in SMALL_LETTERS and _count_above(sample) < TOO_FEW:
        return False
    best = max(RUSSIAN, key=lambda name: _score(sample, name))
    return _score(sample, best) > max(2 * _score(sample, charset), 300)


def _is_plausible(sample: bytes, charset: str) -> bool:
    """A quick look: whether most letters are small ones of the named charset."""
    small = SMALL_LETTERS.get(charset, b"")
    found = len(sample) - len(sample.translate(None, small))
    return 10 * found > 6 * len(sample)


def _is_in_script(sample: bytes, charset: str) -> bool:
    """Whether every letter above ASCII is one of the script that was named."""
    script = SCRIPTS.get(charset)
    foreign = re.sub(r"[\x00-\x7f\W\d_]", "", sample.decode(charset, "replace"))
    return bool(script and re.fullmatch(f"[{script}]+", foreign))


def _is_single_byte(charset: str) -> bool:
    return charset.startswith(("cp125", "iso8859", "koi8", "cp866", "mac", "latin"))


def _is_utf8(sample: bytes) -> bool:
    """Two characters of UTF-8 at least and nothing else above ASCII is no chance."""
    text = _strictly(sample, "utf-8")
    return text is not None and sum(char > "\x7f" for char in text) > 1


def _mostly_utf8(sample: bytes) -> bool:
    """UTF-8 that was damaged at some places; other charsets give next to none."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) > 2 * bad


def is_text(octets: bytes) -> bool:
    r"""Whether these octets are words rather than a file of some program.

    >>> is_text("Добрый день".encode("koi8-r")), is_text(b"%PDF\x00\x01"), is_text(b"")
    (True, False, False)
    """
    text = decode(octets[: 4 * SAMPLE]).text
    return bool(text.strip()) and not CONTROL.search(text.rstrip("\ufffd"))


def _sample(octets: bytes) -> bytes:
    """The first words that are above ASCII: what tells the charsets apart."""
    length, words = 0, []
    for match in ABOVE.finditer(octets):
        words.append(match[0])
        length += len(match[0])
        if length > SAMPLE:
            break
    return b" ".join(words)


def _count_above(sample: bytes) -> int:
    return sum(octet > 0x7F for octet in sample)


def _score(sample: bytes, charset: str) -> float:
    """How much this reading looks like words; nonsense is negative."""
    text = sample.decode(charset, "replace")
    words = [word for word in WORD.findall(text) if not word.isascii()]
    signs = len(ODD_SIGN.findall(text)) + 2 * text.count("\ufffd")
    return sum(_word_score(word) for word in words) - 80.0 * signs


def _word_score(word: str) -> float:
    foreign = sum(char > "\x7f" for char in word)
    if all("\u0400" <= char <= "\u045f" for char in word):
        return _russian_score(word)
    if all(char < "\u0250" for char in word) and 2 * foreign <= len(word):
        return 40.0 * foreign
    return -60.0 * foreign


def _russian_score(word: str) -> float:
    lower = word.lower()
    score = float(sum(FREQUENCY.get(char, 0) for char in lower))
    score += 60 * sum(lower[at : at + 2] in PAIRS for at in range(len(lower) - 1))
    as_people_write = word.islower() or word.isupper() or word.istitle()
    return score + (10 if word.islower() else 0) if as_people_write else -score
