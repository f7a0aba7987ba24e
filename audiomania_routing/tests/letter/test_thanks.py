# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is nothing but thanks, by the words that are shipped."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.thanks import LONGEST, Words, may_thank, only_thanks

SHIPPED = Path(__file__).parents[2] / "data" / "helpdesk_thanks_word.xml"


def read_words():
    """{language: its words} of the data file."""
    found = {}
    for record in ET.parse(SHIPPED).getroot().iter("record"):
        values = {field.get("name"): field.text for field in record.iter("field")}
        kinds = found.setdefault(values["lang"], {"thanks": [], "polite": []})
        kinds[values["kind"]].append(values["name"])
    return {lang: Words.make(**kinds) for lang, kinds in found.items()}


LANGUAGES = tuple(read_words().values())

THANKS = [
    "Спасибо!",
    "Спасибо большое, Анна!",
    "Добрый день!\n\nБлагодарю за быстрый ответ.",
    "Большое спасибо за консультацию, всё понятно. Хорошего дня!",
    "ОК, спасибо.",
    "Отлично, спасибо огромное! Всё работает.",
    "спс",
    "Спасибо, Анна Петровна!",
    "Спасибо за помощь :)",
    "Ещё раз спасибо!!!",
    "Thanks!",
    "Thank you so much, Anna.",
    "Hi Anna,\n\nThank you for the quick reply.\n\nBest regards,\nIvan",
    "Great, thanks a lot for your help!",
    "Perfect. Thanks again, everything works.",
    "Many thanks for all your help",
    "Got it, thank you",
]

MORE = [
    "",
    "Здравствуйте!",
    "Хорошо",
    "Спасибо, а когда приедет?",
    "Спасибо, не подошло.",
    "Спасибо, жду ответа",
    "Спасибо. Заказ 1234",
    "Спасибо, перезвоните мне",
    "Спасибо, но нет",
    "Спасибо, оплатил",
    "Спасибо, адрес: ivan@customer.example",
    "Не за что благодарить",
    "Спасибо, Marantz Denon Yamaha Accuphase",
    "Thanks, but it does not work.",
    "Thank you. When will it come",
    "Thanks, please call me",
    "Thanks, I will take two",
    "Thank you! https://example.com",
    "No, thanks, cancel it",
    "Thanks in advance",
    "Everything works",
]


@pytest.mark.parametrize("text", THANKS)
def test_who_only_thanks_only_thanks(text):
    assert may_thank(text, LANGUAGES)
    assert only_thanks(text, LANGUAGES)


@pytest.mark.parametrize("text", MORE)
def test_who_says_more_does_not(text):
    assert not only_thanks(text, LANGUAGES)


def test_words_of_two_languages_are_not_mixed():
    one = Words.make(["thanks"], ["reply"])
    other = Words.make(["спасибо"], ["ответ"])
    assert not only_thanks("thanks ответ", (one, other))
    assert only_thanks("thanks reply", (one, other))


def test_without_words_nobody_thanks():
    assert not may_thank("Thanks", ())
    assert not only_thanks("Thanks", (Words.make([], []),))


def test_who_writes_much_says_more():
    assert not only_thanks("Thanks! " * LONGEST, LANGUAGES)


@given(st.text())
def test_no_text_breaks_it(text):
    assert only_thanks(text, LANGUAGES) in (True, False)
    assert may_thank(text, LANGUAGES) in (True, False)


@given(st.sampled_from(THANKS), st.sampled_from(["?", " 7", " a@b.example"]))
def test_a_question_a_number_or_an_address_is_more_than_thanks(text, more):
    assert not only_thanks(text + more, LANGUAGES)
