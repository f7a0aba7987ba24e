# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ways in which the same words are written as bytes."""

from wire import Expect, Letter, html, text

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
)
