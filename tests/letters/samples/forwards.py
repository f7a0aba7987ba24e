# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What colleagues send: customers' letters in the forms of many programs, their own."""

from wire import DOMAIN, Expect, Letter, html, text


def _forward(name, program, when, subject, content, customer, readable, **values):
    """Nina of the headphones forwards to the cinema team; `content` as it came."""
    values = {
        "sender": f"Нина Петрова <nina@{DOMAIN}>",
        "to": f"cinema@{DOMAIN}",
        "body": content if isinstance(content, bytes) else text(content),
        **values,
    }
    return Letter(
        name=name,
        kind=f"a colleague forwards a customer's letter: {program}",
        subject=subject,
        when=when,
        expect=Expect(readable=(readable,), customer=customer),
        **values,
    )


OUTLOOK_HTML = """
<html><body><div class="WordSection1"><p class="MsoNormal">Это вам.</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
<p class="MsoNormal"><b>From:</b> Софья Маслова &lt;s.maslova@posta.example&gt; <br>
<b>Sent:</b> Monday, November 23, 2026 6:02 PM<br>
<b>To:</b> Нина Петрова &lt;nina@audiomania.example&gt;<br>
<b>Subject:</b> Экран и шторы</p></div>
<p class="MsoNormal">Подойдёт ли экран, если шторы пропускают свет?</p>
</div></body></html>
"""

GMAIL_HTML = """
<div dir="ltr">fyi<br><br><div class="gmail_quote"><div dir="ltr"
class="gmail_attr">---------- Forwarded message ---------<br>From: <strong
class="gmail_sendername" dir="auto">Marta Nowak</strong> <span dir="auto">&lt;<a
href="mailto:marta.nowak@letterbox.example">marta.nowak@letterbox.example</a>&gt;</span>
<br>Date: Mon, 23 Nov 2026 at 20:14<br>Subject: White wall<br>To: &lt;<a
href="mailto:nina@audiomania.example">nina@audiomania.example</a>&gt;<br></div><br>
<div>Will the P40 do on a white wall without a screen?</div></div></div>
"""

LETTERS = (
    _forward(
        "forward-outlook-english",
        "Outlook, English, plain",
        "2026-11-24 11:00",
        "FW: Lamp of the P40",
        """
Please take it.

-----Original Message-----
From: Helen Marsh <helen@marsh-family.example>
Sent: Monday, November 23, 2026 4:40 PM
To: nina@audiomania.example
Subject: Lamp of the P40

The lamp of our P40 went dark after a year. Is it under warranty?

Helen
""",
        "helen@marsh-family.example",
        "The lamp of our P40 went dark",
    ),
    _forward(
        "forward-outlook-russian",
        "Outlook, Russian, plain",
        "2026-11-24 11:04",
        "FW: Проводка в зале",
        """
Коллеги, вам.

От: Леонид Маслов [mailto:l.maslov@yashchik.example]
Отправлено: 23 ноября 2026 г. 17:12
Кому: Нина Петрова
Тема: Проводка в зале

Какие кабели закладывать в стены под акустику 7.1?
""",
        "l.maslov@yashchik.example",
        "Какие кабели закладывать в стены",
    ),
    _forward(
        "forward-outlook-html",
        "Outlook, HTML",
        "2026-11-24 11:08",
        "FW: Экран и шторы",
        html(OUTLOOK_HTML),
        "s.maslova@posta.example",
        "если шторы пропускают свет?",
    ),
    _forward(
        "forward-outlook-name-only",
        "Outlook, only a name and no address of the customer",
        "2026-11-24 11:12",
        "ПЕР: Звонок от Петровой",
        """
________________________________
От: Галина Петрова
Отправлено: 23 ноября 2026 г. 18:30
Кому: Нина Петрова
Тема: Звонок

Перезвоните мне насчёт проектора, телефон прежний.
""",
        None,
        "Перезвоните мне насчёт проектора",
    ),
    _forward(
        "forward-gmail-english",
        "Gmail, English, HTML",
        "2026-11-24 11:16",
        "Fwd: White wall",
        html(GMAIL_HTML),
        "marta.nowak@letterbox.example",
        "on a white wall without a screen?",
    ),
    _forward(
        "forward-thunderbird-english",
        "Thunderbird, English",
        "2026-11-24 11:20",
        "Fwd: Receiver restarts",
        """


-------- Forwarded Message --------
Subject: \tReceiver restarts
Date: \tMon, 23 Nov 2026 19:01:22 +0100
From: \tThomas Berg <thomas.berg@brevlada.example>
To: \tnina@audiomania.example



The receiver restarts when the film gets loud. What is it?
""",
        "thomas.berg@brevlada.example",
        "restarts when the film gets loud",
    ),
    _forward(
        "forward-thunderbird-russian",
        "Thunderbird, Russian",
        "2026-11-24 11:24",
        "Fwd: Крепление экрана",
        """


-------- Перенаправленное сообщение --------
Тема: \tКрепление экрана
Дата: \tMon, 23 Nov 2026 20:20:02 +0300
От: \tКонстантин Власов <k.vlasov@posta.example>
Кому: \tnina@audiomania.example



Какими дюбелями крепить экран к гипсокартону?
""",
        "k.vlasov@posta.example",
        "Какими дюбелями крепить экран",
    ),
    _forward(
        "forward-apple-english",
        "Apple Mail, English",
        "2026-11-24 11:28",
        "Fwd: Rear speakers",
        """
Yours, I think.

> Begin forwarded message:
>
> From: Daniel Reeves <daniel.reeves@letterbox.example>
> Subject: Rear speakers
> Date: 23 November 2026 at 21:15:40 GMT
> To: nina@audiomania.example
>
> How high do the rear speakers go in a room with a sofa at the wall?
""",
        "daniel.reeves@letterbox.example",
        "How high do the rear speakers go",
    ),
    _forward(
        "forward-apple-russian",
        "Apple Mail, Russian",
        "2026-11-24 11:32",
        "Fwd: Тихий проектор",
        """
Начало переадресованного сообщения:

От: Ирина Астахова <i.astakhova@yashchik.example>
Тема: Тихий проектор
Дата: 23 ноября 2026 г. в 22:10:05 GMT+3
Кому: nina@audiomania.example

Какой проектор самый тихий? Он будет висеть над кроватью.
""",
        "i.astakhova@yashchik.example",
        "Он будет висеть над кроватью",
    ),
    _forward(
        "forward-yandex",
        "Yandex",
        "2026-11-24 11:36",
        "Fwd: Пульт",
        """


-------- Пересылаемое сообщение --------
23.11.2026, 19:41, "Дарья Маслова" <d.maslova@novosti-pochta.example>:

Пульт от проектора перестал работать, батарейки новые.

-------- Конец пересылаемого сообщения --------


--\x20
Нина Петрова
""",
        "d.maslova@novosti-pochta.example",
        "Пульт от проектора перестал работать",
    ),
    _forward(
        "forward-mail-ru",
        "mail.ru",
        "2026-11-24 11:40",
        "Fwd: Настройка каналов",
        """


-------- Пересылаемое сообщение --------
От кого: Евгений Котов <e.kotov@novosti-pochta.example>
Кому: nina@audiomania.example
Дата: Понедельник, 23 ноября 2026, 20:55 +03:00
Тема: Настройка каналов

Не могу настроить центральный канал, голос тише музыки. Поможете?
""",
        "e.kotov@novosti-pochta.example",
        "Не могу настроить центральный канал",
    ),
    _forward(
        "forward-of-a-forward",
        "forwarded twice, the customer is the innermost sender",
        "2026-11-24 11:44",
        "Fwd: Fwd: Пакет проводов",
        """
Дмитрий, это к вам.

-------- Пересылаемое сообщение --------
От: Павел Ершов <pavel@audiomania.example>
Кому: nina@audiomania.example
Тема: Fwd: Пакет проводов

Нина, не твой?

-------- Пересылаемое сообщение --------
От: Тимур Маслов <t.maslov@yashchik.example>
Кому: pavel@audiomania.example
Тема: Пакет проводов

В коробке ресивера нет пакета с проводами. Пришлёте?
""",
        "t.maslov@yashchik.example",
        "нет пакета с проводами",
    ),
    Letter(
        name="redirected-by-colleague",
        kind="a colleague redirects a customer's letter (Resent-From): From stays his",
        sender="Полина Астахова <p.astakhova@yashchik.example>",
        to=f"nina@{DOMAIN}",
        subject="Саундбар под телевизор",
        when="2026-11-24 11:48",
        delivered_to=f"cinema@{DOMAIN}",
        extra=(
            ("Resent-From", f"nina@{DOMAIN}"),
            ("Resent-To", f"cinema@{DOMAIN}"),
            ("Resent-Date", "Tue, 24 Nov 2026 11:48:00 +0300"),
            ("Resent-Message-ID", f"<resent-1.20261124@{DOMAIN}>"),
        ),
        body=text("\nВойдёт ли саундбар под телевизор с низкими ножками?\n"),
        expect=Expect(
            readable=("Войдёт ли саундбар под телевизор",),
            customer="p.astakhova@yashchik.example",
            names=(f"nina@{DOMAIN}",),
        ),
    ),
    Letter(
        name="colleague-writes-to-a-team",
        kind="a colleague's own letter to a team: no inquiry",
        sender=f"Нина Петрова <nina@{DOMAIN}>",
        to=f"hifi@{DOMAIN}",
        subject="Ключи от склада",
        when="2026-11-24 11:52",
        body=text("\nКоллеги, ключи от склада у меня до пятницы.\n"),
        expect=Expect(outcome="refused", conversation="none", inquiry=False),
    ),
    Letter(
        name="colleague-writes-to-a-colleague",
        kind="a colleague's own letter to another one: no inquiry",
        sender=f"Boris Savelyev <boris@{DOMAIN}>",
        to=f"vera@{DOMAIN}",
        subject="Lunch",
        when="2026-11-24 11:56",
        body=text("\nLunch at two?\n"),
        expect=Expect(outcome="refused", conversation="none", inquiry=False),
    ),
)
