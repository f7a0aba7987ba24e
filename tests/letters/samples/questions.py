# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What customers ask: the words, not the encoding, are the point."""

from wire import Expect, Letter, html, multipart, text

HTML_ONLY = """
<html><head><style>p { margin: 0 0 8px }</style></head>
<body style="font-family: Arial; font-size: 14px">
<p>Hello,</p>
<p>we are finishing a room of <b>5.2 by 3.8 m</b> and want a projector in it. The
<a href="https://audiomania.example/lumen-p40">Lumen P40</a> looks right, but is it
quiet enough to hang above the sofa?</p>
<table border="1" cellpadding="4"><tr><th>Wall</th><th>Distance</th></tr>
<tr><td>short</td><td>3.4 m</td></tr><tr><td>long</td><td>4.9 m</td></tr></table>
<p>Kind regards,<br>Helen Marsh</p>
</body></html>
"""

ALTERNATIVE_TEXT = """
Good evening,

does the Orfeo H7 fit a small head? My daughter is eleven, she plays the piano
and needs closed headphones for the evenings.

Thomas Berg
"""

ALTERNATIVE_HTML = """
<div dir="ltr"><div>Good evening,</div><br>
<div>does the <b>Orfeo H7</b> fit a small head? My daughter is eleven, she plays the
piano and needs closed headphones for the evenings.</div><br>
<div>Thomas Berg</div></div>
"""

LETTERS = (
    Letter(
        name="plain-text",
        kind="plain text, nothing special",
        sender="Peter Hallam <p.hallam@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Amplifier for Altair floorstanders",
        when="2026-11-02 11:20",
        body=text(
            """
Hello,

I have a pair of Altair F50 and a room of 22 square metres. Would the
Nordvik A60 be enough for them, or should I look at the A120?

Peter Hallam
""",
            charset="us-ascii",
            transfer="7bit",
        ),
        expect=Expect(
            readable=("Nordvik A60 be enough for them",),
            questions=("Would the Nordvik A60 be enough for them",),
        ),
    ),
    Letter(
        name="html-only",
        kind="HTML without a text part",
        sender="Helen Marsh <helen@marsh-family.example>",
        to="cinema@audiomania.example",
        subject="Is the Lumen P40 quiet?",
        when="2026-11-02 19:05",
        body=html(HTML_ONLY, charset="utf-8"),
        expect=Expect(readable=("we are finishing a room of", "quiet enough to hang")),
    ),
    Letter(
        name="multipart-alternative",
        kind="text and HTML of the same words (multipart/alternative)",
        sender="Thomas Berg <thomas.berg@brevlada.example>",
        to="Headphones at Audiomania <headphones@audiomania.example>",
        subject="Headphones for a child",
        when="2026-11-03 20:41",
        body=multipart(
            "alternative",
            "000000000000a1f3c20645d1b7e2",
            text(ALTERNATIVE_TEXT, transfer="quoted-printable"),
            html(ALTERNATIVE_HTML),
        ),
        expect=Expect(readable=("fit a small head", "Thomas Berg")),
    ),
    Letter(
        name="three-questions",
        kind="three questions in one letter",
        sender="Ольга Морозова <o.morozova@posta.example>",
        to="headphones@audiomania.example",
        subject="Наушники и ЦАП: три вопроса",
        when="2026-11-04 10:12",
        body=text(
            """
Добрый день!

Присматриваюсь к Orfeo H9 и вашему настольному ЦАП Kvarta D2.

1. Раскачает ли D2 наушники на 300 Ом?
2. Можно ли послушать эту пару у вас в зале в субботу?
3. Есть ли скидка, если брать вместе?

С уважением,
Ольга Морозова
"""
        ),
        expect=Expect(
            readable=("Раскачает ли D2 наушники на 300 Ом?",),
            questions=(
                "Раскачает ли D2 наушники на 300 Ом?",
                "Можно ли послушать эту пару у вас в зале в субботу?",
                "Есть ли скидка, если брать вместе?",
            ),
            rule=22,
        ),
    ),
    Letter(
        name="order-number",
        kind="names the number of an order",
        sender="Иван Соколов <i.sokolov@posta.example>",
        to="sales@audiomania.example",
        subject="Заказ S00391: где доставка?",
        when="2026-11-05 09:02",
        body=text(
            """
Здравствуйте,

по заказу S00391 обещали привезти колонки до конца недели, но никто не звонил.
Подскажите, пожалуйста, когда ждать?

Иван Соколов
"""
        ),
        expect=Expect(
            readable=("по заказу S00391 обещали привезти",),
            mentions=("S00391",),
            rule=2,
        ),
    ),
    Letter(
        name="phone-in-signature",
        kind="a stranger whose phone stands in the signature",
        sender="Gennady <gena.k@novosti-pochta.example>",
        to="vinyl@audiomania.example",
        subject="Turntable did not start",
        when="2026-11-05 17:33",
        body=text(
            """
Hi,

the Kvarta T3 that my wife bought from you in spring hums but does not turn.
What should I check before I bring it in?

--\x20
Gennady Kovalyov
Kolomna, +7 916 555-01-73
""",
            charset="us-ascii",
            transfer="7bit",
        ),
        expect=Expect(
            readable=("hums but does not turn",),
            mentions=("+7 916 555-01-73",),
            rule=2,
        ),
    ),
    Letter(
        name="no-subject",
        kind="without a subject",
        sender="Рита Чернова <rita.chernova@yashchik.example>",
        to="headphones@audiomania.example",
        subject=None,
        when="2026-11-06 08:15",
        body=text("\nЗдравствуйте! А Orfeo H7 в белом цвете бывают?\n"),
        expect=Expect(readable=("А Orfeo H7 в белом цвете бывают?",)),
    ),
    Letter(
        name="long-subject",
        kind="a subject of some five hundred characters, in encoded words",
        sender="Анатолий Фомич Гусев <af.gusev@yashchik.example>",
        to="hifi@audiomania.example",
        subject=(
            "Уважаемые господа, прошу Вас подробно ответить, можно ли подключить к"
            " интегральному усилителю Nordvik A120, который я приобрёл у Вас в"
            " позапрошлом году, одновременно две пары колонок по четыре Ома, если"
            " одна пара стоит в гостиной, а вторая на веранде, и не сгорит ли при"
            " этом трансформатор, о чём меня предупреждал сосед, инженер-электрик с"
            " сорокалетним стажем, и какого сечения в таком случае нужен кабель"
            " длиной восемнадцать метров, и есть ли он у Вас в наличии"
        ),
        when="2026-11-06 12:48",
        body=text("\nВесь вопрос в теме письма. Жду ответа.\n\nА. Ф. Гусев\n"),
        expect=Expect(readable=("Весь вопрос в теме письма",)),
    ),
    Letter(
        name="no-message-id",
        kind="without a Message-ID",
        sender="scanner@gorizont-studio.example",
        to="cinema@audiomania.example",
        subject="Quotation for the small hall",
        when="2026-11-06 15:20",
        message_id=None,
        body=text(
            """
Please quote 2 pcs Lumen P80 with ceiling mounts, delivery to the studio.

Studio Gorizont
""",
            charset="us-ascii",
            transfer="7bit",
        ),
        expect=Expect(readable=("2 pcs Lumen P80 with ceiling mounts",)),
    ),
)
