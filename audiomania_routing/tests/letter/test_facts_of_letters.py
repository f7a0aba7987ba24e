# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is recognised in the letters of the repository, of the demo's own catalogue."""

import csv

import pytest
from letter.language import language_of
from letter.mentions import form_like, form_of, mentions_in
from letter.naming import named_in, normal, phrases_in, phrases_of_code, phrases_of_name
from letter.own import own_lines
from letter.phones import phones_in
from letter.plain import plain_text
from letter_samples import FOLDER, index, letter

DATA = FOLDER.parents[1] / "setup" / "company" / "data"
FORMS = (
    form_of("sale.order", "order", "S"),
    form_like("account.move", "invoice", "INV/2026/"),
    form_of("stock.picking", "delivery", "WH/OUT/"),
)
LETTERS = {entry["file"]: entry for entry in index()}


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def catalogue():
    """{phrase: models}, of the English and Russian names that the demo gives them."""
    kinds = {row["kind"]: row["kind_ru"].lower() for row in rows("kinds")}
    found = {}
    for row in rows("products"):
        names = [
            f"{row['model']}, {kind}" for kind in (row["kind"], kinds[row["kind"]])
        ]
        phrases = set.union(*map(phrases_of_name, names), phrases_of_code(row["model"]))
        for phrase in phrases:
            found.setdefault(phrase, []).append(row["model"])
    return found


CATALOGUE = catalogue()


def facts_of(name):
    """(language, numbers, telephones, words of products)"""
    own = own_lines(plain_text(letter(name)))
    subject = LETTERS[name]["subject"] or ""
    signed = f"{subject}\n{own.text}"
    text = normal(f"{subject}\n\n{own.body}")
    mentions, phones = mentions_in(signed, FORMS), phones_in(signed)
    numbers = [each.number for each in mentions if each.certain]
    spans = phrases_in(text, [*numbers, *phones])
    known = {phrase: CATALOGUE[phrase] for phrase in spans if phrase in CATALOGUE}
    return (
        language_of(own.body) or language_of(signed),
        numbers,
        list(phones),
        [each.words for each in named_in(text, spans, known)],
    )


EXPECTED = {
    "plain-text.eml": ("en", [], [], ["Altair F50", "Nordvik A60"]),
    "html-only.eml": ("en", [], [], ["Lumen P40"]),
    "three-questions.eml": ("ru", [], [], ["Orfeo H9", "Kvarta D2"]),
    "order-number.eml": ("ru", ["S00391"], [], []),
    "phone-in-signature.eml": ("en", [], ["+7 916 555-01-73"], ["Kvarta T3"]),
    "no-subject.eml": ("ru", [], [], ["Orfeo H7"]),
    "koi8-r.eml": ("ru", [], [], ["Kvarta T3", "Sonograf M20"]),
    "windows-1251.eml": ("ru", [], [], []),
    "quoted-printable.eml": ("de", [], [], ["Orfeo H9"]),
    "base64.eml": ("fr", [], [], []),
    "iso-8859-15.eml": ("fr", [], [], ["Nordvik A60"]),
    "iso-2022-jp.eml": ("ja", [], [], ["Kvarta T3"]),
    "shift-jis.eml": ("ja", [], [], ["Orfeo H9"]),
    "gb18030.eml": ("zh", [], [], ["Altair F50"]),
    "greek.eml": ("el", [], [], []),
    "polish.eml": ("pl", [], [], []),
    "macintosh.eml": ("de", [], [], ["Lumen P80"]),
    "us-ascii-with-utf-8.eml": ("nl", [], [], []),
    "to-two-addresses.eml": ("en", [], [], ["Silverline S2"]),
    "flowed-long-quote.eml": ("en", [], [], ["Altair F80"]),
    "shop-form.eml": ("ru", [], ["+7 903 555-01-28"], ["Kvarta T5"]),
    "call-back-request.eml": ("ru", [], ["+7 916 555-01-54"], []),
    "payment-notification.eml": ("ru", ["S00391"], [], []),
    "word-without-padding.eml": ("en", [], [], ["Orfeo H7"]),
    "number-from-a-stranger.eml": ("en", [], [], []),
    "mobile-signature.eml": ("ru", [], [], []),
    "thanks.eml": ("en", [], [], ["Kvarta T5"]),
    "spam.eml": ("en", [], [], []),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_letter_says_this(name):
    assert facts_of(name) == EXPECTED[name]


def is_question(entry):
    return entry["expected"]["inquiry"]


def test_nearly_every_question_has_a_language():
    asked = [name for name, entry in LETTERS.items() if is_question(entry)]
    known = [name for name in asked if facts_of(name)[0]]
    assert len(known) >= 0.9 * len(asked)


def test_products_are_recognised_wherever_brand_and_model_stand():
    """The words of the letter name a model of the catalogue, letter for letter."""
    models = {" ".join(row["model"].split()[:2]) for row in rows("products")}
    written, recognised = 0, 0
    for name, entry in LETTERS.items():
        own = own_lines(plain_text(letter(name))).body
        text = f"{entry['subject'] or ''}\n{own}"
        there = [m for m in models if m in text and any(map(str.isdigit, m))]
        words = " ".join(facts_of(name)[3])
        written += len(there)
        recognised += sum(model in words for model in there)
    assert written >= 40
    assert recognised >= 0.95 * written


def test_nothing_is_recognised_that_does_not_stand_there():
    for name in LETTERS:
        _language, numbers, phones, words = facts_of(name)
        text = f"{LETTERS[name]['subject'] or ''}\n{plain_text(letter(name))}"
        flat = " ".join(normal(text).split())
        for said in (*numbers, *phones, *words):
            assert " ".join(said.split()) in flat, name
