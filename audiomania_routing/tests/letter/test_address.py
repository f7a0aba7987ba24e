# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses as they are written, and who was meant by a misspelt one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.address import edits, name_of, near, normalize, split

STAFF = [
    "anna@shop.example",
    "bob@shop.example",
    "ivan@shop.example",
    "vera.orlova@shop.example",
    "konstantin@shop.example",
    "sales1@shop.example",
    "sales2@shop.example",
    "maria@audiomania.example",
]

HEADERS = [
    ("Anna@Shop.Example", ("anna@shop.example",)),
    ("Anna <anna@shop.example>", ("anna@shop.example",)),
    ('"Orlova, Vera" <v@a.example>, b@c.example', ("v@a.example", "b@c.example")),
    ("<mailto:anna@shop.example>", ("anna@shop.example",)),
    ("anna@shop.example (Anna), bob@shop.example", tuple(STAFF[:2])),
    ("Team: anna@shop.example, bob@shop.example;", tuple(STAFF[:2])),
    ("a@b.example; a@b.example", ("a@b.example",)),
    ("'anna@shop.example'", ("anna@shop.example",)),
    ("Anna <anna@shop.example", ("anna@shop.example",)),
    ('"anna@shop.example" <bob@shop.example>', ("bob@shop.example",)),
    ("team+c42-x7dswtl2@shop.example", ("team+c42-x7dswtl2@shop.example",)),
    ("анна@почта.example", ("анна@почта.example",)),
    ("undisclosed-recipients:;", ()),
    ("stray %, @, <>, a@, @b", ()),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), HEADERS)
def test_every_address_of_a_header_is_read(text, expected):
    assert split(text) == expected


def test_the_name_is_what_stands_before_the_address():
    assert name_of('"Orlova, Vera" <v@a.example>') == "Orlova, Vera"
    assert name_of("anna@shop.example") == name_of("<anna@shop.example>") == ""
    assert name_of('"anna@shop.example" <anna@shop.example>') == ""


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text):
    assert all(normalize(each) == each for each in split(text))
    assert near(text, STAFF) in [None, *STAFF]


MEANT = [
    ("anan", "anna"),
    ("ana", "anna"),
    ("annna", "anna"),
    ("фттф", "anna"),
    ("аnnа", "anna"),
    ("anna+order", "anna"),
    ("ищи", "bob"),
    ("iwan", "ivan"),
    ("veraorlova", "vera.orlova"),
    ("vera_orlova", "vera.orlova"),
    ("vera-orlvoa", "vera.orlova"),
    ("vera.oorlovva", "vera.orlova"),
    ("konstntin", "konstantin"),
    ("konstatnitn", "konstantin"),
    ("ANNA", "anna"),
]


@pytest.mark.parametrize(("written", "meant"), MEANT)
def test_a_near_miss_is_who_was_meant(written, meant):
    assert near(f"{written}@shop.example", STAFF) == f"{meant}@shop.example"


@pytest.mark.parametrize(
    "written", ["rob", "bo", "bobb", "b.b", "sales3", "sales", "oleg"]
)
def test_another_name_is_not_a_near_miss(written):
    assert near(f"{written}@shop.example", STAFF) is None


def test_a_name_between_two_is_neither():
    assert near("anja@shop.example", [*STAFF, "anya@shop.example"]) is None


def test_the_nearer_of_two_is_meant():
    staff = [*STAFF, "konstantyn@shop.example"]
    assert near("konstantynn@shop.example", staff) == "konstantyn@shop.example"


def test_a_domain_may_be_misspelt_too():
    assert near("maria@audiomaina.example", STAFF) == "maria@audiomania.example"
    assert near("mariia@audiomaina.example", STAFF) == "maria@audiomania.example"
    assert near("anna@ship.example", STAFF) is None
    assert near("anna@elsewhere.example", STAFF) is None


def test_it_is_told_as_it_is_known():
    assert near("ana@shop.example", ["Anna@Shop.example"]) == "Anna@Shop.example"


@given(st.text("abcé", max_size=6), st.text("abcé", max_size=6))
def test_slips_are_counted_the_same_both_ways(one, other):
    assert edits(one, other, 6) == edits(other, one, 6)
    assert (edits(one, other, 6) == 0) == (one == other)


@given(st.text("abcd", min_size=2, max_size=9), st.integers(0, 7))
def test_two_letters_that_are_exchanged_are_one_slip(name, place):
    place = min(place, len(name) - 2)
    slip = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert edits(name, slip, 2) <= 1
