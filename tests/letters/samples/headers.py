# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Headers: subjects and names, encoded well, badly or not at all."""

import base64

from wire import Expect, Letter, text


def _words(*pieces, charset="utf-8"):
    """Encoded words around bytes that are cut anywhere."""
    return b"\r\n ".join(
        b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(piece)) for piece in pieces
    )


SPLIT = "Доставка в субботу после обеда".encode()
LONG_ASCII = " ".join(f"item {number} of my list;" for number in range(1, 61))

LETTERS = (
    Letter(
        name="raw-subject-utf-8",
        kind="subject and name in UTF-8 without encoding",
        sender="Ирина Астахова <i.astakhova@yashchik.example>",
        to="cinema@audiomania.example",
        subject="Экран с мотором",
        when="2026-11-20 09:00",
        raw=(
            ("Subject", "Экран с мотором".encode()),
            ("From", "Ирина Астахова <i.astakhova@yashchik.example>".encode()),
        ),
        body=text("\nКакой экран с мотором встанет в нишу 220 сантиметров?\n"),
        expect=Expect(
            readable=("встанет в нишу 220 сантиметров",), defect=("8-bit header",)
        ),
    ),
    Letter(
        name="raw-subject-windows-1251",
        kind="subject and name in windows-1251 without encoding",
        sender="Дарья Литвинова <d.litvinova@yashchik.example>",
        to="headphones@audiomania.example",
        subject="Наушники для сына",
        when="2026-11-20 09:05",
        raw=(
            ("Subject", "Наушники для сына".encode("windows-1251")),
            (
                "From",
                "Дарья Литвинова <d.litvinova@yashchik.example>".encode("windows-1251"),
            ),
        ),
        body=text(
            "\nПосоветуйте наушники с ограничением громкости, сыну семь лет.\n",
            charset="windows-1251",
        ),
        expect=Expect(readable=("с ограничением громкости",), defect=("8-bit header",)),
    ),
    Letter(
        name="raw-subject-koi8-r",
        kind="subject in koi8-r without encoding, the body says koi8-r",
        sender="Николай Рудаков <n.rudakov@yashchik.example>",
        to="headphones@audiomania.example",
        subject="Возврат наушников",
        when="2026-11-20 09:10",
        raw=(("Subject", "Возврат наушников".encode("koi8-r")),),
        body=text(
            "\nКак вернуть наушники, если коробка уже открыта?\n", charset="koi8-r"
        ),
        expect=Expect(readable=("Как вернуть наушники",), defect=("8-bit header",)),
    ),
    Letter(
        name="word-cut-inside-a-letter",
        kind="encoded words cut in the middle of a letter",
        sender="Ирина Сафонова <i.safonova@posta.example>",
        to="hifi@audiomania.example",
        subject=SPLIT.decode(),
        when="2026-11-20 09:15",
        raw=(("Subject", _words(SPLIT[:11], SPLIT[11:32], SPLIT[32:])),),
        body=text("\nПривезите, пожалуйста, в субботу, звонок не работает.\n"),
        expect=Expect(
            readable=("звонок не работает",), defect=("broken encoded word",)
        ),
    ),
    Letter(
        name="words-in-a-name",
        kind="a display name of several adjacent encoded words",
        sender=(
            "Муниципальное бюджетное учреждение дополнительного образования"
            " «Школа искусств № 2» <zakaz@art-school2.example>"
        ),
        to="cinema@audiomania.example",
        subject="Оснащение актового зала",
        when="2026-11-20 09:20",
        body=text("\nПросим предложить комплект для актового зала на 120 мест.\n"),
        expect=Expect(readable=("комплект для актового зала",)),
    ),
    Letter(
        name="word-in-quotes",
        kind="an encoded word inside a quoted display name",
        sender="Софья Воронина <s.voronina@posta.example>",
        to="sales@audiomania.example",
        subject="Скидка пенсионерам",
        when="2026-11-20 09:25",
        raw=(
            (
                "From",
                b'"'
                + _words("Софья Воронина".encode())
                + b'" <s.voronina@posta.example>',
            ),
        ),
        body=text("\nЕсть ли у вас скидка для пенсионеров?\n"),
        expect=Expect(
            readable=("скидка для пенсионеров",), defect=("broken encoded word",)
        ),
    ),
    Letter(
        name="q-word-with-spaces",
        kind="Q words with spaces and raw letters inside",
        sender="Николай Мартынов <n.martynov@yashchik.example>",
        to="sales@audiomania.example",
        subject="Где ваш магазин?",
        when="2026-11-20 09:30",
        raw=(
            (
                "Subject",
                b"=?utf-8?Q?=D0=93=D0=B4=D0=B5 =D0=B2=D0=B0=D1=88 "
                + "магазин?".encode()
                + b"?=",
            ),
        ),
        body=text("\nКак пройти к магазину от метро, и до которого часа вы открыты?\n"),
        expect=Expect(
            readable=("Как пройти к магазину",), defect=("broken encoded word",)
        ),
    ),
    Letter(
        name="word-without-padding",
        kind="encoded words without padding, and one in a charset that is none",
        sender="George Pike <george.pike@letterbox.example>",
        to="headphones@audiomania.example",
        subject="Headphones £20 off?",
        when="2026-11-20 09:35",
        raw=(("Subject", b"Headphones =?utf-8?B?wqMyMCBvZmY?= =?x-none?Q?=3F?="),),
        body=text("\nThe leaflet says £20 off. Does it count for the Orfeo H7?\n"),
        expect=Expect(
            readable=("The leaflet says £20 off",), defect=("broken encoded word",)
        ),
    ),
    Letter(
        name="subject-on-one-line",
        kind="a subject of 1,300 characters on one line",
        sender="Laura Fenn <laura.fenn@letterbox.example>",
        to="vinyl@audiomania.example",
        subject=LONG_ASCII,
        when="2026-11-20 09:40",
        raw=(("Subject", LONG_ASCII.encode()),),
        body=text("\nPlease price everything in the subject.\n"),
        expect=Expect(
            readable=("Please price everything",), defect=("long header line",)
        ),
    ),
    Letter(
        name="two-subjects",
        kind="two Subject headers",
        sender="Oskar Lind <oskar.lind@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Amplifier trade-in",
        when="2026-11-20 09:45",
        raw=(("Subject", b"Amplifier trade-in\r\nSubject: (no subject)"),),
        body=text("\nDo you take an old Nordvik A60 in part exchange?\n"),
        expect=Expect(readable=("in part exchange",), defect=("header twice",)),
    ),
    Letter(
        name="line-among-the-headers",
        kind="a line that is no header among the headers",
        sender="Daniel Reeves <daniel.reeves@letterbox.example>",
        to="headphones@audiomania.example",
        subject="Serial number",
        when="2026-11-20 09:50",
        raw=(("X-Scanner", b"clean\r\nscanned by the gateway, no virus found"),),
        body=text("\nWhere do I find the serial number of my H9?\n"),
        expect=Expect(readable=("find the serial number",), defect=("no header",)),
    ),
)
