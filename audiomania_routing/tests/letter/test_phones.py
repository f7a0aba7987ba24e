# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.phones import KEY, first_phone, phone_key, phones_in, same_phone


@pytest.mark.parametrize(
    "text",
    [
        "+7 916 555-01-10",
        "8 (916) 555-01-10",
        "89165550110",
        "7 916 5550110",
        "(916) 555-01-10",
        "тел. 9165550110",
        "WhatsApp: +44 20 5550 0112",
        "0 30 55500 123",
        "+49 30 555 00 12",
    ],
)
def test_a_telephone_is_known_by_its_sign_or_form(text):
    (found,) = phones_in(f"Call me, {text}, please.")
    assert phone_key(found) == "".join(filter(str.isdigit, text))[-KEY:]


@pytest.mark.parametrize(
    "text",
    [
        "order 1234567890",
        "03.11.2026 17:30",
        "4600000000017",
        "5500 3300 1100 2200",
        "2026-11-03 2026-11-04",
        "64 900,00 + 1 000,00",
        "ИНН 7712345678",
        "12345678",
        "1.234.567,89",
    ],
)
def test_other_numbers_are_no_telephones(text):
    assert phones_in(text) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8 916 555-01-10", "+7 (916) 555 01 10"),
        ("9165550110", "+7 916 555-01-10"),
        ("020 5550 0112", "+44 20 5550 0112"),
        ("0049 30 55500123", "030 55500123"),
    ],
)
def test_one_telephone_is_written_in_many_ways(one, other):
    assert same_phone(one, other)
    assert same_phone(other, one)
    assert phone_key(one) == phone_key(other)


def test_another_code_is_another_telephone():
    assert not same_phone("+7 916 555-01-10", "+7 816 555-01-10")
    assert not same_phone("12345", "+7 916 551-23-45")


@pytest.mark.parametrize(
    ("field", "first"),
    [
        ("+7 916 555-01-10 доб. 5", "7 916 555-01-10"),
        ("тел. 8 916 555-01-10, 8 903 1", "8 916 555-01-10"),
        ("нет", ""),
    ],
)
def test_the_first_number_of_a_field_counts(field, first):
    assert first_phone(field).strip() == first


def test_a_list_of_telephones_is_bounded():
    text = "\n".join(f"+7 916 555-{n:02}-10" for n in range(60))
    assert len(phones_in(text)) == 10


@given(st.text(alphabet="+0123456789 ().-тел\n\u2011", max_size=200))
def test_nothing_raises_on_any_text(text):
    for number in phones_in(text):
        assert phone_key(number)
        assert same_phone(number, number) or number.strip("0+ ().-").count("") < KEY
