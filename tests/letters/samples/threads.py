# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters that belong to what was written before: answers, thanks, forwards."""

from wire import Expect, Letter, attached_letter, multipart, text

from .ours import OFFER_ID, REPAIR_ID

FORWARDED_INLINE = """
Коллеги, это вам: клиент написал мне на личный адрес.

Нина

---------- Пересылаемое сообщение ----------
От: Виктор Панин <v.panin@posta.example>
Дата: вт, 17 нояб. 2026 г. в 21:08
Тема: Сабвуфер гудит
Кому: <nina@audiomania.example>

Добрый вечер! Сабвуфер из комплекта Altair Cinema 5 гудит на малой громкости,
даже когда ничего не подключено. Это гарантийный случай?

Виктор Панин
"""

FORWARDED_WHOLE = Letter(
    name="forwarded-whole",
    kind="inside another",
    sender="Emma Lindqvist <emma@lindqvist.example>",
    to="rita@audiomania.example",
    subject="Records from the window",
    when="2026-11-18 08:40",
    body=text(
        """
Hello Rita,

is the box of Baltic jazz records from your window for sale as a whole?

Emma Lindqvist
"""
    ),
    expect=Expect(),
)

LONG_QUOTE = """
On 12 Nov 2026, at 10:02, Vera Kuznetsova wrote:
> For the F80 I would take the Nordvik A120. It has power enough, it stays \x20
> cool, and you can compare both in our room on Saturday. \x20
>
> On 11 Nov 2026, at 21:15, Ivan Sokolov wrote:
>> The room is thirty square metres, the ceiling is low, the walls are brick. \x20
>> I listen at night, therefore quietly. \x20
>>
>> On 10 Nov 2026, at 15:40, Vera Kuznetsova wrote:
>>> Which room will they stand in, and how loud do you listen? The F80 is a \x20
>>> large loudspeaker and likes an amplifier that holds it firmly. \x20
>>>
>>> On 9 Nov 2026, at 19:26, Ivan Sokolov wrote:
>>>> Good evening, which amplifier goes with the Altair F80? \x20
"""

LETTERS = (
    Letter(
        name="reply-to-ours",
        kind="an answer to a letter of ours",
        sender="Иван Соколов <i.sokolov@posta.example>",
        to="hifi@audiomania.example",
        subject="Re: Усилитель для Altair F80",
        when="2026-11-12 10:20",
        extra=(("In-Reply-To", OFFER_ID), ("References", OFFER_ID)),
        body=text(
            """
Вера, спасибо! А есть ли A120 в серебристом цвете, и что с доставкой в Дмитров?

Иван

09.11.2026 18:20, Вера Кузнецова пишет:
> Советую Nordvik A120: запаса хватит, в зале есть пара на пробу.
"""
        ),
        expect=Expect(
            outcome="continued",
            conversation="continued",
            readable=("есть ли A120 в серебристом цвете",),
            continues=OFFER_ID,
            rule=12,
        ),
    ),
    Letter(
        name="flowed-long-quote",
        kind="format=flowed with four levels of quoting, our letter only in References",
        sender="Ivan Sokolov <i.sokolov@posta.example>",
        to="hifi@audiomania.example",
        subject="RE: Усилитель для Altair F80",
        when="2026-11-12 22:47",
        extra=(
            ("In-Reply-To", "<4c1d-lost@phone.posta.example>"),
            ("References", f"{OFFER_ID}\r\n <4c1d-lost@phone.posta.example>"),
        ),
        body=text(
            """
Saturday at noon suits me. Will the A120 be warmed up by then?

Ivan
"""
            + LONG_QUOTE,
            params="; format=flowed; delsp=no",
        ),
        expect=Expect(
            outcome="continued",
            conversation="continued",
            readable=("Will the A120 be warmed up by then?",),
            continues=OFFER_ID,
            rule=12,
        ),
    ),
    Letter(
        name="thanks",
        kind="a thank-you letter: nothing to do",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Re: Belt for the Kvarta T5",
        when="2026-11-14 09:55",
        extra=(("In-Reply-To", REPAIR_ID), ("References", REPAIR_ID)),
        body=text("\nThank you very much, Pavel, it runs like new!\n\nJames\n"),
        expect=Expect(
            outcome="continued",
            conversation="continued",
            readable=("it runs like new!",),
            continues=REPAIR_ID,
            rule=17,
        ),
    ),
    Letter(
        name="any-news",
        kind="the customer writes again, answering his own letter",
        sender="Марина Волкова <m.volkova@posta.example>",
        to="hifi@audiomania.example",
        subject="Re: Колонки в комнату 18 метров",
        when="2026-11-16 09:20",
        extra=(
            ("In-Reply-To", "<russian-utf8@posta.example>"),
            ("References", "<russian-utf8@posta.example>"),
        ),
        body=text("\nЕсть ли новости по моему вопросу про полочные колонки?\n"),
        expect=Expect(
            outcome="continued",
            conversation="continued",
            readable=("Есть ли новости по моему вопросу",),
            continues="<russian-utf8@posta.example>",
            rule=12,
        ),
    ),
    Letter(
        name="forward-by-colleague",
        kind="a colleague forwards a customer's letter, quoted in the text",
        sender="Нина Петрова <nina@audiomania.example>",
        to="cinema@audiomania.example",
        subject="Fwd: Сабвуфер гудит",
        when="2026-11-18 09:12",
        body=text(FORWARDED_INLINE),
        expect=Expect(
            readable=("гудит на малой громкости",), customer="v.panin@posta.example"
        ),
    ),
    Letter(
        name="forward-as-attachment",
        kind="a colleague forwards a customer's letter, attached whole",
        sender="Rita Lebedeva <rita@audiomania.example>",
        to="vinyl@audiomania.example",
        subject="Fwd: Records from the window",
        when="2026-11-18 10:02",
        body=multipart(
            "mixed",
            "b1_5d41402abc4b2a76b9719d911017c592",
            text("\nI am off from tomorrow, please answer her.\n\nRita\n"),
            attached_letter(FORWARDED_WHOLE.to_bytes()),
        ),
        expect=Expect(
            readable=("the box of Baltic jazz records",),
            customer="emma@lindqvist.example",
        ),
    ),
)
