# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.naming import (
    GENERIC,
    MOST_MENTIONS,
    MOST_PHRASES,
    named_in,
    normal,
    phrases_in,
    phrases_of_code,
    phrases_of_name,
    tokens_of,
)

CATALOGUE = [
    "Акустическая система KEF LS50 Meta, чёрная",
    "Altair F50 walnut, floor-standing speakers (pair)",
    "Altair F50 green, floor-standing speakers (pair)",
    "Altair Sub 12, subwoofer",
    "Sony WH-1000XM5 headphones",
    "Nordvik A60, integrated amplifier",
    "Orfeo Air, wireless headphones",
    "Кварта Т5, проигрыватель",
    "Cable",
    "Speaker cable, 5 m",
    "Power amplifier 200 W",
    "Screen 100",
    "Belt for Kvarta T5",
]
CODES = {"ALT-F50-GREEN": 2, "4600000000017": 5, "10452": 9}


def known():
    found = {}
    for number, name in enumerate(CATALOGUE):
        for phrase in phrases_of_name(name):
            found.setdefault(phrase, []).append(number)
    for code, number in CODES.items():
        for phrase in phrases_of_code(code):
            found.setdefault(phrase, []).append(number)
    return found


def named(text):
    text = normal(text)
    return [each.products for each in named_in(text, phrases_in(text), known())]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("KEF LS50 Meta", (0,)),
        ("есть ли у вас kef ls-50?", (0,)),
        ("КЕF LS 50 META", (0,)),
        ("LS50 Meta", (0,)),
        ("the ls50", (0,)),
        ("Altair F50 walnut", (1,)),
        ("Altair F-50", (1, 2)),
        ("altair\nf50 GREEN", (2,)),
        ("к Altair F50-green", (2,)),
        ("Altair Sub 12", (3,)),
        ("«Altair Sub» 12", (3,)),
        ("WH-1000XM5", (4,)),
        ("wh1000 xm5", (4,)),
        ("Nordvik А60", (5,)),
        ("the Nordvik A60's remote", (5,)),
        ("наушники Orfeo Air", (6,)),
        ("кварта т5", (7,)),
        ("Кварта T-5", (7,)),
        ("ALT F50 GREEN", (2,)),
        ("alt-f50-green", (2,)),
        ("4600000000017", (5,)),
        ("артикул 10452", (9,)),
        ("Art.-Nr. 10452", (9,)),
        ("Kvarta T5", (12,)),
        ("KEF LS50の針はありますか", (0,)),
    ],
)
def test_a_text_names_a_product_in_any_writing(text, products):
    assert named(f"Добрый день, {text}?") == [products]


@pytest.mark.parametrize(
    "text",
    [
        "cable",
        "a cable, and a speaker",
        "speaker cable",
        "orfeo air",
        "A60",
        "F50",
        "T5",
        "12",
        "Sub 12",
        "Altair Sub 12 m",
        "200 W",
        "amplifier 200 W",
        "Power amplifier 200 W",
        "Altair. F50 is good",
        "Altair, F50",
        "Altair\n\nF50",
        "10452",
        "46000000000171",
        "WH-1000XM",
        "LS501",
        "screen 1000",
        "",
    ],
)
def test_common_words_quantities_and_parts_name_nothing(text):
    assert named(text) == []


def test_a_name_of_several_words_counts_where_it_is_written_as_a_name():
    assert named("Do you have Speaker Cable in stock?") == [(9,)]


def test_each_product_is_named_once_in_the_order_of_the_text():
    text = "Altair Sub 12, KEF LS50, altair sub 12"
    assert named(text) == [(3,), (0,)]


def test_of_two_that_overlap_the_longer_one_is_meant():
    assert named("Altair F50 green") == [(2,)]


def test_what_many_products_share_names_none():
    text = "KEF LS50"
    many = {"kef ls 50": range(GENERIC), "ls 50": [3]}
    assert [one.products for one in named_in(text, phrases_in(text), many)] == [(3,)]


def test_the_words_are_told_as_they_stand():
    text = "Is the kef\n LS-50  meta loud?"
    (found,) = named_in(text, phrases_in(text), known())
    assert found.words == "kef LS-50 meta"


def test_numbers_of_documents_and_telephones_are_no_products():
    text = "Order S00042, call +7 916 555-01-10"
    assert phrases_in(text)
    left = phrases_in(text, ["S00042", "+7 916 555-01-10"])
    assert not any(number in key for key in left for number in ("00042", "555"))


@pytest.mark.parametrize("code", ["", "7", "AB", "cable", "A-B-C-D-E-F-1-2-3"])
def test_a_code_that_tells_nothing_is_none(code):
    assert phrases_of_code(code) == set()


@pytest.mark.parametrize(
    "name", ["", "Cable", "!!!", "200 W", "for A", "12", "x" * 9000]
)
def test_a_name_that_tells_nothing_is_none(name):
    assert phrases_of_name(name) == set()


@pytest.mark.parametrize(
    ("name", "phrase"),
    [("A60", "a 60"), ("iPhone 15", "iphone 15"), ("Rega Planar 3", "rega planar 3")],
)
def test_a_short_name_that_is_a_model_is_one(name, phrase):
    assert phrases_of_name(name) == {phrase}


def test_what_a_letter_asks_is_bounded():
    text = " ".join(f"Word F{n} {n}" for n in range(5000))
    assert len(phrases_in(text)) <= MOST_PHRASES + 100
    catalogue = {phrase: [number] for number, phrase in enumerate(phrases_in(text))}
    assert len(named_in(text, phrases_in(text), catalogue)) <= MOST_MENTIONS


@given(st.text(max_size=300))
def test_nothing_raises_on_any_text(text):
    phrases_of_name(text)
    phrases_of_code(text)
    for one, other in zip(tokens_of(text), tokens_of(text)[1:], strict=False):
        assert one.end <= other.start
    found = phrases_in(text)
    named_in(text, found, {phrase: [1] for phrase in found})


WORD = st.text(alphabet="ABCDEFabcdef", min_size=4, max_size=8)


@given(WORD, st.sampled_from("BFGKPRTX"), st.integers(10, 999))
def test_a_product_is_named_by_its_own_name(brand, letter, number):
    name = f"{brand.title()} {letter}{number}"
    phrases = phrases_of_name(f"{name}, speakers")
    assert phrases
    for text in (name, name.lower(), f"{brand} {letter}-{number}", name.upper()):
        assert phrases & phrases_in(f"Is the {text} loud?").keys(), text
