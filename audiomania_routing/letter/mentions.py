# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers of orders, deliveries and invoices in a text, as their sequences write them.

Which of them exist is asked elsewhere: here is only said what looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .numbering import CAPITALS, number_pattern

BY_SOUND = str.maketrans("АСИНВ", "ASINV")
"""Capitals that sound like Latin ones: who dictates a number writes it so."""

MOST = 20
"""A letter that names more is a list; the first ones do."""

CALLED = {
    "order": r"заказ\w{0,3}|purchase order|order|bestell(?:ung|nummer)|auftrag\w{0,3}"
    r"|commande|pedido|ordine|zamówieni\w{1,3}|bestelling",
    "invoice": r"сч[её]т\w{0,3}|invoice|rechnung\w{0,3}|facture|factura|fattura",
    "delivery": r"накладн\w{1,3}|отгрузк\w{1,3}|delivery(?: note| slip)?|shipment"
    r"|lieferschein\w{0,2}|lieferung|bon de livraison|albarán",
}
"""What people call a kind of document, before its number."""
SIGNS = (
    r"\s{0,2}(?:№|n[r°o.]{1,2}|no\.?|number|номер\w{0,2}|nummer|#|:)?\s{0,2}[№#]?\s?"
)
UNIT = (
    r"(?!\s?(?:%|€|\$|₽|руб|р\.|шт|pcs|pieces|eur|usd|rub|кг|kg|м\b|m\b|cm\b|см\b"
    r"|stück|дн|days|час|из\b|of\b|[.,:/]\d|-\d))"
)


@dataclass(frozen=True)
class Form:
    """How the documents of one kind are numbered.

    :param model: whose documents they are
    :param kind: what people call them: a key of ``CALLED``
    :param pattern: a regular expression of the whole number
    :param prefix: what is before the digits, where nothing in it is a date; None: a
        short form like "order 42" cannot be made a number
    """

    model: str
    kind: str
    pattern: str
    prefix: str | None = None
    suffix: str = ""
    padding: int = 5


@dataclass(frozen=True)
class Mention:
    """What looks like the number of a document.

    :param certain: it is written out; else it needs further evidence that it is one
    """

    model: str
    number: str
    certain: bool = True


def form_of(
    model: str, kind: str, prefix: str, suffix: str = "", padding: int = 5
) -> Form:
    """The form of the numbers that a sequence of Odoo gives.

    >>> form_of("sale.order", "order", "S").pattern
    'S\\\\d{5,}'
    """
    dated = "%(" in prefix or "%(" in suffix
    pattern = number_pattern(prefix, suffix, padding)
    return Form(model, kind, pattern, None if dated else prefix, suffix, padding)


def form_like(model: str, kind: str, prefix: str, padding: int = 3) -> Form:
    """The form of numbers that begin like this one, with other dates.

    >>> form_like("account.move", "invoice", "INV/2026/").pattern
    'INV/\\\\d+/\\\\d{3,}'
    """
    pieces = re.split(r"\d+", prefix)
    pattern = r"\d+".join(re.escape(piece) for piece in pieces)
    return Form(model, kind, f"{pattern}\\d{{{padding},}}", padding=padding)


def mentions_in(text: str, forms: Sequence[Form]) -> tuple[Mention, ...]:
    """The numbers in a text, those written out first, in its order, each once.

    >>> forms = (form_of("sale.order", "order", "S"),)
    >>> for each in mentions_in("Заказ № S00042, а ещё заказ 57", forms):
    ...     print(each.number, each.certain)
    S00042 True
    S00057 False
    """
    if not any(map(str.isdigit, text)):
        return ()
    found = [each for form in forms for each in _written_out(text, form)]
    found += [each for form in forms for each in _called(text, form)]
    found.sort(key=lambda pair: (not pair[1].certain, pair[0]))
    first: dict[tuple[str, str], Mention] = {}
    for _place, each in found:
        first.setdefault((each.model, each.number), each)
    return tuple(first.values())[:MOST]


def _written_out(text: str, form: Form) -> Iterator[tuple[int, Mention]]:
    """With prefix and all its digits; in Russian capitals and with a blank too."""
    if form.prefix == "":
        return
    expression, capitals, spaced = _expressions(form)
    upper = text.upper()
    texts = [upper.translate(CAPITALS), upper.translate(BY_SOUND)]
    for searched in texts if capitals else [text]:
        for match in expression.finditer(searched):
            number = match[0]
            if spaced and form.prefix:
                digits = number[len(form.prefix) :].lstrip(" -")
                number = f"{form.prefix}{digits}"
            yield match.start(), Mention(form.model, number)


def _called(text: str, form: Form) -> Iterator[tuple[int, Mention]]:
    """By the name of the kind and a number, which may be short."""
    if form.prefix is None:
        return
    prefix = re.escape(form.prefix)
    pattern = (
        rf"(?<!\w)(?:{CALLED[form.kind]}){SIGNS}(?:{prefix})?(\d{{1,9}})(?!\w){UNIT}"
    )
    for match in _compiled(pattern).finditer(text):
        number = f"{form.prefix}{match[1].zfill(form.padding)}{form.suffix}"
        certain = len(match[1]) >= form.padding
        yield match.start(), Mention(form.model, number, certain)


@lru_cache(maxsize=256)
def _expressions(form: Form) -> tuple[re.Pattern[str], bool, bool]:
    """The expression, whether for capitals only, and whether a blank may be in it."""
    letters = re.sub(r"\\.", "", form.pattern)
    capitals = letters.isascii() and letters == letters.upper()
    pattern, spaced = form.pattern, False
    if form.prefix and form.prefix.isalpha():
        spaced = True
        pattern = pattern.replace(r"\d", r"[ -]?\d", 1)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), capitals, spaced


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
