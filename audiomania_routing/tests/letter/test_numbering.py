# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Our mark and our number find the conversation; nobody makes up a mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.address import split
from letter.numbering import (
    find_marks,
    make_mark,
    number_pattern,
    read_mark,
    strip_subject,
    ticket_numbers,
)

SECRET = b"of this database"


@given(st.integers(1, 10**12), st.sampled_from(["team", "sales-x", "c1-x"]))
def test_a_mark_survives_in_an_address(ticket_id, local):
    address = f"Team <{local}+{make_mark(ticket_id, SECRET)}@shop.example>"
    assert read_mark(address, SECRET) == ticket_id
    assert read_mark(address.upper(), SECRET) == ticket_id
    assert read_mark(split(address)[0], SECRET) == ticket_id


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_mark_of_another_conversation_or_database_is_none(one, other):
    name, signature = make_mark(one, SECRET).split("-")
    forged = make_mark(other, SECRET).split("-")[0] + "-" + signature
    assert read_mark(forged, SECRET) == (one if one == other else None)
    assert read_mark(f"{name}-{signature}", b"of another") is None


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text):
    assert read_mark(text, SECRET) is None
    assert isinstance(ticket_numbers(text), tuple)
    assert len(strip_subject(text)) <= len(text)


def test_marks_are_found_in_their_order_once_each():
    one, other = make_mark(1, SECRET), make_mark(2, SECRET)
    addresses = [f"a+{other}@x.example", f"b+{one}@x.example, c+{other}@x.example"]
    assert find_marks(addresses) == (other, one)


def test_a_true_mark_behind_a_false_one_is_read():
    text = f"team+c2-aaaaaaaa@x.example, team+{make_mark(7, SECRET)}@x.example"
    assert read_mark(text, SECRET) == 7


@pytest.mark.parametrize(("ticket_id", "secret"), [(0, SECRET), (-1, SECRET), (1, b"")])
def test_no_mark_is_made_of_nothing(ticket_id, secret):
    with pytest.raises(ValueError):
        make_mark(ticket_id, secret)


SUBJECTS = [
    ("Re: [HT00042] Amplifier", ("HT00042",)),
    ("HT00042", ("HT00042",)),
    ("Amplifier (HT00042), and HT123456", ("HT00042", "HT123456")),
    ("ht00042", ("HT00042",)),
    ("НТ00042", ("HT00042",)),
    ("XHT00042 HT00042X HT42", ()),
    ("Amplifier", ()),
]


@pytest.mark.parametrize(("subject", "numbers"), SUBJECTS)
def test_numbers_are_found_in_a_subject(subject, numbers):
    assert ticket_numbers(subject) == numbers


def test_the_numbers_are_those_of_the_sequence():
    pattern = number_pattern("%(year)s-T.", "/x", 3)
    assert ticket_numbers("Re: 2025-T.007/x", pattern) == ("2025-T.007/x",)
    assert ticket_numbers("Re: 2025-Tx007/x", pattern) == ()


STRIPPED = [
    ("Re: Fwd: FW: Amplifier", "Amplifier"),
    ("RE[2]: Re(3): Amplifier", "Amplifier"),
    ("Отв: На: Пересл: ПЕР: Усилитель", "Усилитель"),
    ("Re: [HT00042] Amplifier", "Amplifier"),
    ("[HT00042] Re: Amplifier", "Amplifier"),
    ("Amplifier HT00042", "Amplifier HT00042"),
    ("Receiver: which?", "Receiver: which?"),
    ("Re:", ""),
]


@pytest.mark.parametrize(("subject", "stripped"), STRIPPED)
def test_what_programs_put_before_a_subject_is_left_out(subject, stripped):
    assert strip_subject(subject) == stripped
