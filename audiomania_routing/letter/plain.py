# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of a letter, out of anything: texts, pages, or bare octets."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from . import charset, mime, reading
from .bounds import DEEPEST, LIMITS, shorten
from .reading import Part
from .soundness import read_text

LONGEST = 100_000  # characters of the words
MOST = 8 * LONGEST  # characters of a page that are looked through for words
TAG = re.compile(r"(<[^<>]{0,5000}>)")
NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
UNSEEN = {"head", "script", "style", "title"}
BREAKS = {
    *("br", "p", "div", "tr", "li", "ul", "ol", "table", "hr", "blockquote", "pre"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}


def plain_text(raw: bytes) -> str:
    r"""The words of a letter, whatever its octets are; at most 100,000 characters.

    >>> plain_text(b"Content-Type: text/html\n\n<p>One</p><style>x</style>Two &amp; 3")
    'One\nTwo & 3'
    >>> plain_text("\n\nЗдравствуйте".encode("koi8-r"))
    'Здравствуйте'
    """
    deep = replace(LIMITS, depth=DEEPEST)
    root = reading.read(shorten(raw, deep), LIMITS.parts, DEEPEST).root
    leaves = [part for part in root.walk() if not part.parts]
    shown = [part for part in leaves if part.is_shown]
    plain = [part for part in shown if part.mime.type != "text/html"]
    for parts in (plain, shown):
        text = tidy("\n\n".join(words_of(part) for part in parts))
        if text:
            return text
    others = (part for part in leaves if not mime.is_file(part.block))
    octets = (part.octets()[:MOST] for part in others if part not in shown)
    texts = (charset.decode(each).text for each in octets if charset.is_text(each))
    return tidy("\n\n".join(texts))


def words_of(part: Part) -> str:
    """The words of a part that is shown, without tags."""
    text = read_text(part, part.octets()[:MOST]).text
    return from_html(text) if part.mime.type == "text/html" else text


def from_html(page: str) -> str:
    """What one reads on a page; in linear time, whatever the tags are.

    >>> from_html("a<script>b</script><br>c<d")
    'a\\nc<d'
    """
    found: list[str] = []
    unseen = ""
    for piece in TAG.split(page[:MOST]):
        tag = NAME.match(piece)
        name = tag[1].lower() if tag and piece.endswith(">") else ""
        if unseen:
            unseen = "" if name == unseen and piece.startswith("</") else unseen
        elif name in UNSEEN and not piece.startswith("</"):
            unseen = name
        elif name in BREAKS:
            found.append("\n")
        elif not (piece.startswith("<") and piece.endswith(">")):
            found.append(unescape(piece))
    return "".join(found)


def tidy(text: str) -> str:
    r"""Clean, without blanks at line ends and with one empty line at most.

    >>> tidy("a \r\n\r\n\n\n\x00b\n")
    'a\n\nb'
    """
    lines = charset.clean(text[:MOST]).splitlines()
    joined = "\n".join(line.rstrip() for line in lines).strip()
    return re.sub(r"\n{3,}", "\n\n", joined)[:LONGEST].rstrip()
