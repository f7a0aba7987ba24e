# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ways in which the same words are written as bytes."""

from wire import Expect, Letter, entity, html, multipart, text

LETTERS = (
    Letter(
        name="russian-utf8",
        kind="Russian in UTF-8, eight bits",
        sender="Марина Волкова <m.volkova@posta.example>",
        to="Hi-Fi <hifi@audiomania.example>",
        subject="Колонки в комнату 18 метров",
        when="2026-11-09 10:31",
        body=text(
            """
Добрый день!

Подскажите полочные колонки для комнаты 18 метров, усилитель Nordvik A60 уже есть.
Слушаю в основном джаз и камерную музыку. Бюджет до 90 тысяч за пару.

Марина
"""
        ),
        expect=Expect(readable=("Слушаю в основном джаз и камерную музыку",)),
    ),
    Letter(
        name="koi8-r",
        kind="KOI8-R, headers too",
        sender="Пётр Зайцев <p.zaytsev@yashchik.example>",
        to="vinyl@audiomania.example",
        subject="Игла для Kvarta T3: какую взять на замену?",
        when="2026-11-09 13:05",
        charset="koi8-r",
        body=text(
            """
Здравствуйте.

У проигрывателя Kvarta T3 стёрлась игла. Подойдёт ли головка Sonograf M20,
и сколько стоит установка у вас в мастерской?

Пётр Зайцев, Тула
""",
            charset="koi8-r",
        ),
        expect=Expect(readable=("стёрлась игла. Подойдёт ли головка Sonograf M20",)),
    ),
    Letter(
        name="windows-1251",
        kind="windows-1251 in base64, headers too",
        sender="Бухгалтерия ООО «Горизонт» <buh@gorizont-studio.example>",
        to="sales@audiomania.example",
        subject="Акт сверки за октябрь",
        when="2026-11-09 16:40",
        charset="windows-1251",
        body=text(
            """
Добрый день!

Просим выслать акт сверки взаиморасчётов за октябрь 2026 года и оригиналы
накладных № 214 и № 219.

Главный бухгалтер
Н. В. Ершова
""",
            charset="windows-1251",
            transfer="base64",
        ),
        expect=Expect(
            readable=("акт сверки взаиморасчётов", "накладных № 214 и № 219")
        ),
    ),
    Letter(
        name="windows-1251-html",
        kind="windows-1251 HTML in quoted-printable, subject in Q words",
        sender="Игорь Лапин <i.lapin@sevzvezda.example>",
        to="cinema@audiomania.example",
        subject="Саундбары для номеров",
        when="2026-11-10 09:48",
        charset="windows-1251",
        encoding="Q",
        body=html(
            """
<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
</head><body><p>Здравствуйте, нужны <b>12 саундбаров</b> для номеров гостиницы
&laquo;Северная звезда&raquo;. Есть ли у вас оптовая цена?</p>
<p>Игорь Лапин<br>отдел закупок</p></body></html>
""",
            charset="windows-1251",
        ),
        expect=Expect(readable=("12 саундбаров", "Есть ли у вас оптовая цена?")),
    ),
    Letter(
        name="quoted-printable",
        kind="German in ISO-8859-1, quoted-printable",
        sender="Sabine Krüger <sabine.krueger@briefkasten.example>",
        to="headphones@audiomania.example",
        subject="Kopfhörer: Lieferung nach Deutschland möglich?",
        when="2026-11-10 11:57",
        charset="iso-8859-1",
        encoding="Q",
        body=text(
            """
Guten Tag,

könnten Sie die Orfeo H9 auch nach Köln schicken? Über einen Preis für zwei Stück
würde ich mich freuen.

Mit freundlichen Grüßen
Sabine Krüger
""",
            charset="iso-8859-1",
            transfer="quoted-printable",
        ),
        expect=Expect(readable=("auch nach Köln schicken", "Mit freundlichen Grüßen")),
    ),
    Letter(
        name="base64",
        kind="UTF-8 in base64 with letters beyond the first plane",
        sender="Claire Dubois 🎧 <claire.dubois@courrier.example>",
        to="headphones@audiomania.example",
        subject="Écouteurs 🎧 pour le métro",
        when="2026-11-10 18:22",
        body=text(
            """
Bonjour ! 🎶

Je cherche de petits écouteurs fermés pour le métro, pas trop chers. Avez-vous
quelque chose à essayer à Moscou ? J'y suis jusqu'à vendredi.

Claire
""",
            transfer="base64",
        ),
        expect=Expect(readable=("de petits écouteurs fermés pour le métro", "🎶")),
    ),
    Letter(
        name="cp866",
        kind="Russian of an old cash program, cp866",
        sender="Касса ООО <zakaz@tikhiy-dom.example>",
        to="headphones@audiomania.example",
        subject="Наушники для переговорной",
        when="2026-11-10 19:02",
        charset="cp866",
        body=text(
            """
Здравствуйте! Нужны шесть закрытых наушников для переговорной комнаты.
Сколько дней займёт доставка?
""",
            charset="cp866",
        ),
        expect=Expect(readable=("шесть закрытых наушников",)),
    ),
    Letter(
        name="iso-2022-jp",
        kind="Japanese in ISO-2022-JP, seven bits with escapes",
        sender="山田太郎 <yamada@tegami.example>",
        to="vinyl@audiomania.example",
        subject="ターンテーブルの針について",
        when="2026-11-10 19:10",
        charset="iso-2022-jp",
        body=text(
            """
はじめまして。
Kvarta T3の交換針はありますか。日本への発送は可能でしょうか。

山田太郎
""",
            charset="iso-2022-jp",
            transfer="7bit",
        ),
        expect=Expect(readable=("交換針はありますか",)),
    ),
    Letter(
        name="shift-jis",
        kind="Japanese in Shift_JIS, quoted-printable",
        sender="佐藤花子 <sato@tegami.example>",
        to="headphones@audiomania.example",
        subject="ヘッドホンの在庫",
        when="2026-11-10 19:20",
        charset="shift_jis",
        body=text(
            "\nOrfeo H9の在庫はありますか。表示のソが化けることがあります。\n",
            charset="shift_jis",
            transfer="quoted-printable",
        ),
        expect=Expect(readable=("在庫はありますか", "表示のソ")),
    ),
    Letter(
        name="gb2312",
        kind="Chinese in GB2312, headers too",
        sender="李伟 <liwei@youxiang.example>",
        to="hifi@audiomania.example",
        subject="请问功放的价格",
        when="2026-11-10 19:30",
        charset="gb2312",
        body=text(
            """
你好，请问这款功放可以发货到上海吗？价格是多少？

李伟
""",
            charset="gb2312",
            transfer="base64",
        ),
        expect=Expect(readable=("可以发货到上海吗",)),
    ),
    Letter(
        name="gb18030",
        kind="Chinese in GB18030, eight bits",
        sender="陈静 <chenjing@youxiang.example>",
        to="hifi@audiomania.example",
        subject="音箱保修多久？",
        when="2026-11-10 19:41",
        charset="gb18030",
        body=text(
            "\n我买了一对 Altair F50，保修期多久？価格€不重要。\n", charset="gb18030"
        ),
        expect=Expect(readable=("保修期多久",)),
    ),
    Letter(
        name="utf-7",
        kind="Russian in UTF-7",
        sender="Валентина Ковалёва <v.kovalyova@posta.example>",
        to="vinyl@audiomania.example",
        subject="Чистка пластинок",
        when="2026-11-10 19:52",
        body=text(
            """
Добрый вечер. Делаете ли вы мойку пластинок + замену конвертов?
Их около сорока.
""",
            charset="utf-7",
            transfer="7bit",
        ),
        expect=Expect(readable=("мойку пластинок + замену конвертов",)),
    ),
    Letter(
        name="utf-16",
        kind="Russian in UTF-16 with a byte order mark, base64",
        sender="Николай Громов <n.gromov@posta.example>",
        to="hifi@audiomania.example",
        subject="Межблочный кабель",
        when="2026-11-10 20:03",
        body=entity(
            "text/plain; charset=utf-16",
            b"\xff\xfe" + "Какой кабель взять на два метра?\r\n".encode("utf-16-le"),
            "base64",
        ),
        expect=Expect(readable=("Какой кабель взять на два метра?",)),
    ),
    Letter(
        name="iso-8859-15",
        kind="French in ISO-8859-15 with the sign of the euro, in Q words",
        sender="Hélène Garçon <helene.garcon@courrier.example>",
        to="hifi@audiomania.example",
        subject="Ampli à 900 € : possible ?",
        when="2026-11-10 20:14",
        charset="iso-8859-15",
        encoding="Q",
        body=text(
            """
Bonjour,

le Nordvik A60 à 900 € est-il encore disponible ? Où puis-je l'écouter ?

Hélène Garçon
""",
            charset="iso-8859-15",
            transfer="quoted-printable",
        ),
        expect=Expect(readable=("à 900 € est-il encore disponible",)),
    ),
    Letter(
        name="macintosh",
        kind="German of an old Macintosh, charset=macintosh",
        sender="Jürgen Groß <j.gross@briefkasten.example>",
        to="cinema@audiomania.example",
        subject="Beamer für große Räume",
        when="2026-11-10 20:25",
        charset="macintosh",
        encoding="Q",
        body=text(
            "\nReicht der Lumen P80 für einen großen Raum mit fünf Fenstern?\n",
            charset="macintosh",
        ),
        expect=Expect(readable=("für einen großen Raum mit fünf Fenstern",)),
    ),
    Letter(
        name="greek",
        kind="Greek in ISO-8859-7, subject in UTF-8",
        sender="Ελένη Παππά <e.pappa@grammata.example>",
        to="hifi@audiomania.example",
        subject="Ηχεία για μικρό δωμάτιο",
        when="2026-11-10 20:36",
        body=text(
            "\nΚαλημέρα, ποια ηχεία προτείνετε για δώδεκα τετραγωνικά;\n",
            charset="iso-8859-7",
            transfer="quoted-printable",
        ),
        expect=Expect(readable=("ποια ηχεία προτείνετε",)),
    ),
    Letter(
        name="polish",
        kind="Polish in windows-1250",
        sender="Marta Nowak <marta.nowak@letterbox.example>",
        to="cinema@audiomania.example",
        subject="Ściana zamiast ekranu?",
        when="2026-11-10 20:47",
        charset="windows-1250",
        body=text(
            "\nCzy mogę wyświetlać obraz na białej ścianie? Jaką farbę wybrać?\n",
            charset="windows-1250",
        ),
        expect=Expect(readable=("na białej ścianie",)),
    ),
    Letter(
        name="mixed-charsets",
        kind="text in koi8-r, HTML of the same words in UTF-8, subject in windows-1251",
        sender="Леонид Маслов <l.maslov@yashchik.example>",
        to="cinema@audiomania.example",
        subject="Проектор мигает",
        when="2026-11-10 20:58",
        charset="windows-1251",
        body=multipart(
            "alternative",
            "=-=mixed.charsets.20261110",
            text(
                "\nПосле обновления проектор мигает раз в минуту.\n", charset="koi8-r"
            ),
            html("\n<p>После обновления <b>проектор</b> мигает раз в минуту.</p>\n"),
        ),
        expect=Expect(readable=("мигает раз в минуту",)),
    ),
)
