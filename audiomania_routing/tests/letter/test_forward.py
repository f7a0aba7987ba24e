# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A forwarded letter is its own sender's, whatever mail program sent it on."""

import pytest
from bounces import RETURNED, WORDS, bounce, fields
from hypothesis import given
from hypothesis import strategies as st
from letter.forward import original_of
from writing import OURS, multipart, parse, write

GMAIL = """Please answer him.

---------- Forwarded message ---------
From: Ivan Sokolov <ivan@home.example>
Date: Mon, Mar 3, 2025 at 10:00 AM
Subject: Amplifier
To: <nina@shop.example>


Is it loud?
"""
GMAIL_RU = """Please answer him.

---------- Пересылаемое сообщение ---------
От: Ivan Sokolov <ivan@home.example>
Дата: пн, 3 мар. 2025 г. в 10:00
Тема: Amplifier
Кому: <nina@shop.example>

Is it loud?
"""
THUNDERBIRD = """Please answer him.


-------- Forwarded Message --------
Subject: \tAmplifier
Date: \tMon, 3 Mar 2025 10:00:00 +0300
From: \tIvan Sokolov <ivan@home.example>
To: \tnina@shop.example



Is it loud?
"""
THUNDERBIRD_RU = """Please answer him.

-------- Перенаправленное сообщение --------
Тема: \tAmplifier
Дата: \tMon, 3 Mar 2025 10:00:00 +0300
От: \tIvan Sokolov <ivan@home.example>
Кому: \tnina@shop.example

Is it loud?
"""
APPLE = """Please answer him.

> Begin forwarded message:
>
> From: Ivan Sokolov <ivan@home.example>
> Subject: Amplifier
> Date: 3 March 2025 at 10:00:00 MSK
> To: nina@shop.example
>
> Is it loud?
"""
APPLE_RU = """Please answer him.

Начало переадресованного сообщения:

От: Ivan Sokolov <ivan@home.example>
Тема: Amplifier
Дата: 3 марта 2025 г., 10:00:00
Кому: nina@shop.example

Is it loud?
"""
OUTLOOK = """Please answer him.

________________________________
From: Ivan Sokolov <ivan@home.example>
Sent: Monday, March 3, 2025 10:00 AM
To: Nina; Vera
Subject: Amplifier

Is it loud?
"""
OUTLOOK_OLD = """Please answer him.

-----Original Message-----
From: Ivan Sokolov [mailto:ivan@home.example]
Sent: Monday, March 3, 2025 10:00 AM
To: nina@shop.example
Subject: Amplifier

Is it loud?
"""
OUTLOOK_RU = """Please answer him.

-----Исходное сообщение-----
От: Ivan Sokolov [mailto:ivan@home.example]
Отправлено: 3 марта 2025 г. 10:00
Кому: nina@shop.example
Тема: Amplifier

Is it loud?
"""
MAIL_RU = """Please answer him.

-------- Пересылаемое сообщение --------
От кого: Ivan Sokolov <ivan@home.example>
Кому: nina@shop.example
Дата: Понедельник, 3 марта 2025, 10:00 +03:00
Тема: Amplifier

Is it loud?
"""
YANDEX = """Please answer him.

-------- Пересылаемое сообщение --------
03.03.2025, 10:00, "Ivan Sokolov" <ivan@home.example>:

Is it loud?

-------- Конец пересылаемого сообщения --------
"""
THE_BAT = """Please answer him.

Это пересланное сообщение
От: Ivan Sokolov <ivan@home.example>
Кому: nina@shop.example
Дата: 3 марта 2025 г., 10:00:00
Тема: Amplifier
Файлы: <none>

===8<==============Исходный текст сообщения==============
Is it loud?

===8<===========Конец исходного текста сообщения===========
"""
PROGRAMS = {
    name.lower(): text
    for name, text in globals().items()
    if name.isupper() and isinstance(text, str) and "Is it loud?" in text
}


def one(raw):
    old, new = (original_of(message) for message in parse(raw))
    assert old == new
    return old


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("prefix", ["Fwd", "FW", "Пересл", "ПЕР"])
def test_the_letter_is_found_as_sent_on_by(program, prefix):
    found = one(write(PROGRAMS[program], Subject=f"{prefix}: Amplifier"))
    assert found.sender_email == "ivan@home.example"
    assert found.sender_name == "Ivan Sokolov"
    assert found.subject == "Amplifier"
    assert found.text == "Is it loud?"
    assert found.comment == "Please answer him."
    assert found.attached is None
    assert "10:00" in found.date


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_reply_that_quotes_it_is_no_forward(program):
    raw = write(PROGRAMS[program], Subject="Re: Amplifier", In_Reply_To=OURS)
    assert one(raw) is None


def test_headers_without_a_forwards_subject_or_mark_are_a_quotation():
    assert one(write(OUTLOOK, Subject="Amplifier")) is None
    assert one(write(OUTLOOK_OLD, Subject="Amplifier")) is None


def test_a_mark_says_enough_without_a_subject():
    assert one(write(GMAIL, Subject="For you")).sender_email == "ivan@home.example"


def test_without_an_address_nobody_is_found():
    text = GMAIL.replace(" <ivan@home.example>", "")
    assert one(write(text, Subject="Fwd: Amplifier")) is None


def test_a_forward_in_html_only_is_read():
    html = "<div>Please answer him.<br></div>" + "".join(
        f"<div>{line.replace('<', '&lt;').replace('>', '&gt;')}</div>"
        for line in GMAIL.splitlines()[2:]
    )
    raw = write(html, Subject="Fwd: Amplifier", Content_Type="text/html; charset=utf-8")
    found = one(raw)
    assert (found.sender_email, found.subject) == ("ivan@home.example", "Amplifier")
    assert (found.text, found.comment) == ("Is it loud?", "Please answer him.")


def sent_on_twice(between):
    inner = GMAIL.replace("Please answer him.", "Nina, for you.")
    outer = GMAIL.replace("Is it loud?", inner).replace("ivan@home.example", between, 1)
    sender = "Nina <nina@shop.example>"
    return one(write(outer, sender, Subject="Fwd: Fwd: Amplifier"))


def test_of_a_letter_that_colleagues_sent_on_the_first_sender_is_found():
    found = sent_on_twice("boss@shop.example")
    assert (found.sender_email, found.text) == ("ivan@home.example", "Is it loud?")
    assert found.comment == "Please answer him.\n\nNina, for you."


def test_what_a_customer_sent_on_is_his_own_letter():
    found = sent_on_twice("anna@home.example")
    assert found.sender_email == "anna@home.example"
    assert "Forwarded message" in found.text


def test_a_report_is_no_forward():
    assert one(bounce(WORDS, fields(), RETURNED)) is None


ATTACHED = (
    "Content-Type: message/rfc822\n\n"
    "From: =?utf-8?b?0JjQstCw0L0=?= <ivan@home.example>\nSubject: Amplifier\n"
    "Date: Mon, 3 Mar 2025 10:00:00 +0300\n"
    "Content-Type: text/plain; charset=no-such\n\nIs it loud?"
)
COMMENT = "Content-Type: text/plain\n\nPlease answer him."


def test_a_letter_that_is_attached_is_handed_over_whole():
    found = one(multipart(COMMENT, ATTACHED, Subject="Fwd: Amplifier"))
    assert (found.sender_name, found.sender_email) == ("Иван", "ivan@home.example")
    assert (found.subject, found.text) == ("Amplifier", "Is it loud?")
    assert found.date == "Mon, 3 Mar 2025 10:00:00 +0300"
    assert found.comment == "Please answer him."
    assert b"Subject: Amplifier" in found.attached
    assert found.attached.rstrip().endswith(b"Is it loud?")


def test_a_letter_attached_to_a_reply_is_an_enclosure():
    assert one(multipart(COMMENT, ATTACHED, Subject="Re: Amplifier")) is None


def test_an_ordinary_letter_sends_on_nothing():
    assert (
        one(write("From: my heart\nTo: you\n\nThanks!", Subject="Fwd: hello")) is None
    )


@given(st.sampled_from(sorted(PROGRAMS)), st.text(max_size=40), st.floats(0, 1))
def test_no_forward_is_too_broken_to_be_read(program, noise, place):
    text = PROGRAMS[program]
    at = int(place * len(text))
    broken = text[:at] + noise + text[at:]
    for message in parse(write(broken, Subject="Fwd: Amplifier")):
        found = original_of(message)
        assert found is None or "@" in found.sender_email
