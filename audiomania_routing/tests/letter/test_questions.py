# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What letters ask (rule 22)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.questions import LONGEST, MOST, questions_of

# (letter, what it asks)
LETTERS = [
    # Sentences with a mark
    ("Do you have it in green?", ["Do you have it in green?"]),
    ("Здравствуйте! Есть ли они в зелёном?", ["Есть ли они в зелёном?"]),
    (
        "Добрый день. Сколько стоит доставка? А когда привезёте?",
        ["Сколько стоит доставка?", "А когда привезёте?"],
    ),
    ("It is loud. Is it heavy? Thank you!", ["Is it heavy?"]),
    ("Hat er Bluetooth? Danke.", ["Hat er Bluetooth?"]),
    ("Они в наличии?? Очень надо!", ["Они в наличии??"]),
    ("Вы серьёзно?! Третий раз?", ["Вы серьёзно?!", "Третий раз?"]),
    ("Работаете в субботу? :) Спасибо", ["Работаете в субботу?"]),
    ('А это правда "новинка"? Цена?', ['А это правда "новинка"?', "Цена?"]),
    (
        "Мне нужен усилитель (или ресивер?) к F80.",
        ["Мне нужен усилитель (или ресивер?)"],
    ),
    # Sentences that ask without a mark
    (
        "Подскажите, пожалуйста, есть ли в наличии KEF LS50",
        ["Подскажите, пожалуйста, есть ли в наличии KEF LS50"],
    ),
    (
        "Добрый день, хотел бы узнать стоимость доставки в Тверь.",
        ["хотел бы узнать стоимость доставки в Тверь."],
    ),
    (
        "Меня интересует срок поставки.\nС уважением,\nПётр",
        ["Меня интересует срок поставки."],
    ),
    ("Сколько стоит доставка в Казань", ["Сколько стоит доставка в Казань"]),
    ("Можно ли вернуть, если не подойдёт", ["Можно ли вернуть, если не подойдёт"]),
    ("Прошу выслать счёт на 2 шт. HD 600.", ["Прошу выслать счёт на 2 шт. HD 600."]),
    ("Пришлите чек на почту", ["Пришлите чек на почту"]),
    ("Please let me know when it ships.", ["Please let me know when it ships."]),
    ("Could you send an invoice", ["Could you send an invoice"]),
    ("Hello Anna, how much is the A60", ["how much is the A60"]),
    ("I would like to know the price.", ["I would like to know the price."]),
    ("Also, is it possible to collect it", ["Also, is it possible to collect it"]),
    # What asks nothing
    ("Thank you, everything has arrived.", []),
    ("Спасибо, всё получил! Отличные колонки.", []),
    ("How are you? I write about my order S00042.", []),
    ("Здравствуйте! Как ваши дела? Оплатил счёт.", []),
    ("Прошу прощения за беспокойство. Заказ получил.", []),
    ("Вопрос снят, спасибо.", []),
    ("I have paid. Let me know if you need anything.", []),
    ("See https://shop.example/a?b=1&c=2 and nothing else.", []),
    ("Это он: https://shop.example/a60?", ["Это он: https://shop.example/a60?"]),
    ("保修期多久？价格不重要。", ["保修期多久？"]),
    ("", []),
    ("???", []),
    # Numbered lists
    (
        "1. Есть ли в зелёном?\n2. Сколько весит\n3) Гарантия",
        ["Есть ли в зелёном?", "Сколько весит", "Гарантия"],
    ),
    (
        "1) price\n2) delivery to Tver\n3) warranty",
        ["price", "delivery to Tver", "warranty"],
    ),
    ("(1) price and\n(2) delivery", ["price and", "delivery"]),
    ("Вопрос 1: цена\nВопрос №2: срок", ["цена", "срок"]),
    ("1 - цена\n2 - срок", ["цена", "срок"]),
    ("а) цена\nб) срок\nв) гарантия", ["цена", "срок", "гарантия"]),
    (
        "Подскажите: 1) сколько стоит 2) когда будет 3) есть ли чёрные",
        ["сколько стоит", "когда будет", "есть ли чёрные"],
    ),
    (
        "Three questions:\n\n1. Is it loud?\n\n2. Is it heavy?\n\n3. Is it "
        "green?\n\nIvan",
        ["Is it loud?", "Is it heavy?", "Is it green?"],
    ),
    (
        "1. Пришлите счёт на колонки Dali Oberon 5 и кабель к ним, длиной "
        "три\nметра.\n2. Срок",
        [
            "Пришлите счёт на колонки Dali Oberon 5 и кабель к ним, длиной три метра.",
            "Срок",
        ],
    ),
    # A number is not yet a list
    ("1. KEF LS50 is what I have.", []),
    ("У меня 2. Больше не надо.", []),
    ("3. Третий этаж\n5. Пятый этаж", []),
    ("12.03 заказал, 14.03 оплатил.", []),
    # Points without numbers
    ("Интересует:\n- цена\n- срок", ["цена", "срок"]),
    ("I would like to know:\n* the price\n* the weight", ["the price", "the weight"]),
    ("Вопросы:\n• Вес?\n• Цвет", ["Вес?", "Цвет"]),
    ("I have:\n- an amplifier\n- two speakers\n- Is it enough?", ["Is it enough?"]),
    # What asks for help alone is listed where nothing else is
    ("Can you help me? Which cable do I need?", ["Which cable do I need?"]),
    ("Помогите, пожалуйста!", ["Помогите, пожалуйста!"]),
    ("У меня вопрос: подойдёт ли кабель?", ["У меня вопрос: подойдёт ли кабель?"]),
    # Short forms end no sentence
    (
        "Сколько стоит кабель 5 м. и т.д. до Твери, ул. Ленина?",
        ["Сколько стоит кабель 5 м. и т.д. до Твери, ул. Ленина?"],
    ),
    (
        "Is this o.k., e.g. for the A60 of Mr. Smith?",
        ["Is this o.k., e.g. for the A60 of Mr. Smith?"],
    ),
    # Broken lines
    (
        "Could you tell me whether the amplifier that you have shown me\nfits these "
        "speakers?",
        [
            "Could you tell me whether the amplifier that you have shown me fits "
            "these speakers?"
        ],
    ),
    ("Is it loud\nIs it green", ["Is it loud", "Is it green"]),
    # Quoted, and signed
    ("Да.\n\n> Сколько вам?\n> Куда везти?", []),
    ("Yes.\n\nOn Mon, 3 Mar 2025, Anna <a@b.example> wrote:\nIs it loud?", []),
    ("Is it loud?\n\n-- \nIvan\nNeed a hand? Call us!", ["Is it loud?"]),
    # Asked twice
    (
        "Is it loud? I mean it: is it loud? Is it loud?",
        ["Is it loud?", "I mean it: is it loud?"],
    ),
]


@pytest.mark.parametrize(("letter", "asked"), LETTERS)
def test_what_a_letter_asks(letter, asked):
    assert questions_of(letter) == asked


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        (
            "<p>Hello!</p><ol><li>Is it loud?</li><li>Is it green?</li></ol>",
            ["Is it loud?", "Is it green?"],
        ),
        (
            "<div>Подскажите:</div><ul><li>цена</li><li>срок</li></ul>",
            ["цена", "срок"],
        ),
        (
            "<div>Is it <b>loud</b>?</div><div>Yes or no?</div>",
            ["Is it loud?", "Yes or no?"],
        ),
        ("<p>Loud?</p><blockquote>Green?</blockquote>", ["Loud?"]),
        ('<a href="https://x.example/?a=1">here</a> it is', []),
        ("Is A &lt; B?<br>Yes", ["Is A < B?"]),
    ],
)
def test_what_a_page_asks(page, asked):
    assert questions_of(page) == asked


def test_so_many_are_listed_and_no_more():
    letter = "\n".join(f"{number}. Question {number}?" for number in range(1, 60))
    assert len(questions_of(letter)) == MOST
    [question] = questions_of("Is it " + "very " * 200 + "loud?")
    assert len(question) <= LONGEST
    assert question.endswith("…")


@given(st.text(alphabet="аб 1.)?!-•>\n<li/:ABC", max_size=400))
def test_whatever_is_written_is_read(letter):
    found = questions_of(letter)
    assert all(0 < len(each) <= LONGEST for each in found)
    assert found == list(dict.fromkeys(found))


def measure(letter):
    """Seconds of this process alone, however busy the machine is."""
    start = time.process_time()
    questions_of(letter)
    return time.process_time() - start


def test_it_is_read_in_linear_time():
    for piece in ("1) а ", "? ", "Hello ", "- a\n", "<li>", "a.", "(1) "):
        times = []
        for size in (4_000, 16_000):
            letter = piece * (size // len(piece))
            times.append(min(measure(letter) for _attempt in range(3)))
        assert times[1] < 0.05 + 12 * times[0], piece
