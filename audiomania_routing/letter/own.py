# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What somebody wrote himself: without older letters below it, and his signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from .forward import MARK, ORIGINAL, header_lines
from .plain import BREAKS, NAME, TAG, UNSEEN

LONGEST = 20_000
"""So many characters of a letter are read; nobody asks below them."""
PAGE = 10 * LONGEST
LINE_LENGTH = 1000
SIGNATURE_LINES = 12

QUOTED = re.compile(
    r"^<\s*(?:blockquote\b|[^>]*\b(?:gmail_(?:extra|quote)|yahoo_quoted"
    r"|moz-cite-prefix)\b)",
    re.IGNORECASE,
)
"""A tag in which mail programs put the letter that is answered."""
NEVER_CLOSED = {"br", "hr", "img", "meta", "input", "link", "col", "area"}

ATTRIBUTION = re.compile(
    r"(?:wrote|writes|schrieb|écrit|escribió|scritto|escreveu|schreef|napisał(?:\(a\))?"
    r"|пишет|писал(?:\(а\)|а)?|написал(?:\(а\)|а)?|пише|написав)\b[^:]{0,80}:\s*$"
    r"|\d{2}[^<]{0,100}<[^<>\s]+@[^<>\s]+>\s?:\s*$",
    re.IGNORECASE,
)
"""The end of the line above a quoted letter."""
DATED = re.compile(r"\d|@|<")
SIGNED = re.compile(
    r"^\s*(?:--\s?|—|(?:с (?:наилучшими |добрыми )?(?:уважением|пожеланиями)"
    r"|(?:best|kind|warm) regards|regards|yours (?:sincerely|faithfully)|sincerely"
    r"|mit (?:freundlichen|besten|herzlichen) grüßen|freundliche grüße|cordialement"
    r"|saludos(?: cordiales)?|un saludo|cordiali saluti)\b.{0,60})$",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"^\s*(?:sent from (?:my|mail|outlook|yahoo|samsung)|get outlook for"
    r"|отправлено (?:с|из|от)\b|von meinem \S{1,20} gesendet|envoyé (?:de|depuis) mon"
    r"|enviado desde mi).{0,80}$",
    re.IGNORECASE,
)


class Own(NamedTuple):
    """The words of the letter itself, and the signature under them."""

    body: str
    signature: str = ""

    @property
    def text(self) -> str:
        return f"{self.body}\n{self.signature}".strip()


def own_words(page: str) -> Own:
    r"""What the author of a page wrote himself; never raises, in linear time.

    >>> own_words("<p>Is it loud?</p><blockquote>It is S00042</blockquote>")
    Own(body='Is it loud?', signature='')
    >>> own_words("Yes.<br>-- <br>Ivan<br>On Monday 3 March Anna wrote:<br>&gt; Loud?")
    Own(body='Yes.', signature='Ivan')
    """
    own = own_lines(_shown(page))
    if any(map(str.isalnum, own.text)):
        return own
    whole = _shown(page, quoted=True)
    forwards = any(MARK.search(line[:LINE_LENGTH]) for line in whole.splitlines())
    return own_lines(whole) if forwards else own


def own_lines(text: str) -> Own:
    r"""The same of a plain text.

    >>> own_lines("---------- Forwarded message ---------\nFrom: a@b.ru\nTo: c\n\nHi!")
    Own(body='Hi!', signature='')
    """
    lines = [line[:LINE_LENGTH] for line in text[:PAGE].splitlines()]
    written = list(_without_quotes(lines))
    body, signature = _split(written)
    return Own(_joined(body), _joined(signature))


def _shown(page: str, quoted: bool = False) -> str:
    """The text of a page that is shown, with or without the letters quoted in it."""
    found: list[str] = []
    unseen, depth = "", 0
    for piece in TAG.split(page[:PAGE]):
        tag = NAME.match(piece) if piece.endswith(">") else None
        name = tag[1].lower() if tag else ""
        closes = piece.startswith("</")
        if unseen:
            if name == unseen and name not in NEVER_CLOSED:
                depth += -1 if closes else 1
            if depth < 1:
                unseen = ""
        elif name and not closes and _hides(piece, name, quoted):
            unseen, depth = name, 1
            found.append("\n")
        elif name in BREAKS:
            found.append("\n")
        elif not name:
            found.append(unescape(piece))
    return "".join(found)


def _hides(piece: str, name: str, quoted: bool) -> bool:
    hidden = name in UNSEEN or (not quoted and QUOTED.match(piece) is not None)
    return hidden and name not in NEVER_CLOSED and not piece.endswith("/>")


def _without_quotes(lines: Sequence[str]) -> Iterator[str]:
    """The lines above an older letter; of a bare forward those of the letter in it."""
    any_words = False
    number = 0
    while number < len(lines):
        line = lines[number]
        end = _older_letter(lines, number)
        if end and any_words:
            return
        if end:
            number = end
            continue
        number += 1
        if not line.lstrip().startswith(">"):
            any_words = any_words or any(map(str.isalpha, line))
            yield line


def _older_letter(lines: Sequence[str], number: int) -> int:
    """The line after the heading of an older letter that begins here, else 0."""
    line = lines[number]
    if MARK.search(line) or ORIGINAL.search(line):
        return header_lines(lines, number, least=1) or number + 1
    if ATTRIBUTION.search(line):
        before = lines[number - 1] if number else ""
        return number + 1 if DATED.search(before + line) else 0
    return header_lines(lines, number)


def _split(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Those of the letter, and those of the signature that ends it."""
    start, left = len(lines), SIGNATURE_LINES
    while start and left:
        start -= 1
        left -= bool(lines[start].strip())
    for number in range(max(start, 1), len(lines)):
        if SIGNED.match(lines[number]):
            return lines[:number], lines[number + 1 :]
    return lines, ()


def _joined(lines: Sequence[str]) -> str:
    kept = (line.rstrip() for line in lines if not SENT_FROM.match(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:LONGEST]
