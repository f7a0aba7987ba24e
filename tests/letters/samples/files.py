# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters that bring something: documents, photographs, pictures in the text."""

from wire import (
    Expect,
    Letter,
    attachment,
    docx,
    html,
    inline,
    multipart,
    pdf,
    photo,
    text,
)

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

INLINE_HTML = """
<html><body><p>Hello, look at the arm of my turntable, please:</p>
<p><img src="cid:arm.20261112@letterbox.example" width="96" height="72" alt="arm"></p>
<p>It always stops at the same groove. Is it the anti-skating?</p>
<p>James Whitfield</p></body></html>
"""

LETTERS = (
    Letter(
        name="attachment-pdf",
        kind="a PDF attached",
        sender="Алексей Орлов <a.orlov@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="План зала и список оборудования",
        when="2026-11-11 10:05",
        body=multipart(
            "mixed",
            "----=_NextPart_000_0012_01DC5301.7F4A",
            text(
                """
Добрый день!

Во вложении план малого зала. Предложите, пожалуйста, ресивер и акустику 5.1
и скажите, сколько займёт монтаж.

Алексей Орлов
студия «Горизонт»
""",
                transfer="base64",
            ),
            attachment(
                "План зала.pdf",
                "application/pdf",
                pdf("Small hall, 6.4 x 4.1 m, screen on the short wall"),
            ),
        ),
        expect=Expect(readable=("план малого зала",), attachments=("План зала.pdf",)),
    ),
    Letter(
        name="attachment-photo",
        kind="a photograph attached",
        sender="Roman Denisov <r.denisov@yashchik.example>",
        to="sales@audiomania.example",
        subject="Box was damaged on arrival",
        when="2026-11-11 14:26",
        body=multipart(
            "mixed",
            "Apple-Mail=_6B0F1E57-52C1-4C0D-9A3B-2F0E6C1D7A55",
            text(
                """
Good afternoon,

this is how the turntable arrived yesterday. The courier would not wait.
Do I open it or do you send somebody?

Roman

Sent from my phone
""",
                charset="us-ascii",
                transfer="7bit",
            ),
            attachment("IMG_2041.png", "image/png", photo()),
        ),
        expect=Expect(
            readable=("The courier would not wait",), attachments=("IMG_2041.png",)
        ),
    ),
    Letter(
        name="attachment-docx",
        kind="a word processor's document, named in windows-1251",
        sender="Отдел снабжения <snab@filarmonia-kluch.example>",
        to="sales@audiomania.example",
        subject="Заявка на оборудование для филармонии",
        when="2026-11-12 09:30",
        charset="windows-1251",
        body=multipart(
            "mixed",
            "=_kluch_20261112_093011",
            text(
                """
Просим выставить счёт согласно заявке (во вложении).
Оплата по безналичному расчёту, договор готовы подписать.

Отдел снабжения, филармония «Ключ»
""",
                charset="windows-1251",
            ),
            attachment(
                "Заявка 78.docx",
                WORD_TYPE,
                docx(
                    "Заявка № 78",
                    "1. Усилитель Nordvik A120, 2 шт.",
                    "2. Акустика Altair F80, 2 пары.",
                ),
                charset="windows-1251",
            ),
        ),
        expect=Expect(
            readable=("выставить счёт согласно заявке",),
            attachments=("Заявка 78.docx",),
        ),
    ),
    Letter(
        name="inline-image",
        kind="a picture inside the text (multipart/related)",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Arm stops in the middle of a side",
        when="2026-11-12 21:14",
        body=multipart(
            "related",
            "------------080307040509010203060704",
            html(INLINE_HTML),
            inline("arm.20261112@letterbox.example", "arm.png", "image/png", photo()),
        ),
        expect=Expect(
            readable=("It always stops at the same groove",), attachments=("arm.png",)
        ),
    ),
)
