# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""MIME that is put together wrongly, or named wrongly, or cut off on the way."""

import base64

from wire import (
    CRLF,
    Expect,
    Letter,
    attachment,
    html,
    mislabelled,
    multipart,
    pdf,
    raw_entity,
    text,
)

CONTENT_TYPE = ("content type",)
BOUNDARY = ("boundary",)
TRANSFER = ("transfer encoding",)

UUENCODED = """
The wiring of my cabinet is below.

begin 644 wiring.txt
M4F5D('1O('1H92!L969T+"!B;&%C:R!T;R!T:&4@<FEG:'0L('-C<F5E;B!T
%;R!N;RX`
`
end

Which wire goes to the subwoofer?
"""


def _without_last_boundary(raw):
    return raw[: raw.rindex(b"\r\n--")] + CRLF


LETTERS = (
    Letter(
        name="content-type-text",
        kind="Content-Type: text",
        sender="Peter Hallam <p.hallam@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Speaker cable by the metre",
        when="2026-11-20 10:00",
        body=mislabelled("text", "Do you sell speaker cable by the metre?", "ascii"),
        expect=Expect(readable=("speaker cable by the metre?",), defect=CONTENT_TYPE),
    ),
    Letter(
        name="content-type-text-slash",
        kind="Content-Type: text/ and UTF-8",
        sender="Николай Громов <n.gromov@posta.example>",
        to="hifi@audiomania.example",
        subject="Сетевой фильтр",
        when="2026-11-20 10:05",
        body=mislabelled("text/", "Нужен ли усилителю сетевой фильтр?", "utf-8"),
        expect=Expect(
            readable=("Нужен ли усилителю сетевой фильтр?",), defect=CONTENT_TYPE
        ),
    ),
    Letter(
        name="content-type-empty",
        kind="an empty Content-Type",
        sender="Marta Nowak <marta.nowak@letterbox.example>",
        to="cinema@audiomania.example",
        subject="Lamp hours",
        when="2026-11-20 10:10",
        body=raw_entity("Content-Type: ", data=b"How many hours does the lamp last?\n"),
        expect=Expect(
            readable=("How many hours does the lamp last?",), defect=CONTENT_TYPE
        ),
    ),
    Letter(
        name="content-type-semicolons",
        kind="a Content-Type that is no type: ;;; and parameters without names",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Dust cover hinge",
        when="2026-11-20 10:15",
        body=mislabelled(
            'plain; ;;; ="x"; charset', "The hinge of the dust cover broke.", "ascii"
        ),
        expect=Expect(readable=("hinge of the dust cover",), defect=CONTENT_TYPE),
    ),
    Letter(
        name="content-type-nonsense-text",
        kind="a letter in words, declared application/octet-stream without a name",
        sender="Виктор Панин <v.panin@posta.example>",
        to="cinema@audiomania.example",
        subject="Гарантийный талон",
        when="2026-11-20 10:20",
        body=mislabelled(
            "application/octet-stream",
            "Потерял гарантийный талон на сабвуфер. Можно ли его восстановить?",
            "utf-8",
        ),
        expect=Expect(readable=("Потерял гарантийный талон",), defect=CONTENT_TYPE),
    ),
    Letter(
        name="multipart-without-boundary",
        kind="multipart/mixed without a boundary",
        sender="Helen Marsh <helen@marsh-family.example>",
        to="cinema@audiomania.example",
        subject="Screen size",
        when="2026-11-20 10:25",
        body=raw_entity(
            "Content-Type: multipart/mixed",
            data=b"--part\nContent-Type: text/plain\n\n"
            b"Which screen size fits 3.4 metres?\n--part--\n",
        ),
        expect=Expect(
            readable=("Which screen size fits 3.4 metres?",), defect=BOUNDARY
        ),
    ),
    Letter(
        name="multipart-wrong-boundary",
        kind="multipart whose parts stand between another boundary",
        sender="Артём Жуков <a.zhukov@staryy-yashchik.example>",
        to="cinema@audiomania.example",
        subject="Кронштейн пришёл без болтов",
        when="2026-11-20 10:30",
        body=multipart(
            "mixed",
            "one-boundary-0001",
            text("\nВ коробке с кронштейном нет болтов М8. Дошлёте?\n"),
            attachment("bolts.pdf", "application/pdf", pdf("Four bolts, M8")),
        ).replace(b"--one-boundary-0001", b"--two-boundary-0002"),
        expect=Expect(readable=("нет болтов М8",), defect=BOUNDARY),
    ),
    Letter(
        name="multipart-cut-off",
        kind="multipart without its final boundary",
        sender="Emma Lindqvist <emma@lindqvist.example>",
        to="vinyl@audiomania.example",
        subject="Jazz records, list attached",
        when="2026-11-20 10:35",
        body=_without_last_boundary(
            multipart(
                "mixed",
                "cut-off-20261120",
                text("\nWhich of these records do you still have?\n"),
                attachment("records.pdf", "application/pdf", pdf("Eleven records")),
            )
        ),
        expect=Expect(
            readable=("Which of these records",),
            attachments=("records.pdf",),
            defect=BOUNDARY,
        ),
    ),
    Letter(
        name="multipart-prefix-boundaries",
        kind="nested parts whose boundaries begin alike",
        sender="Наталья Ершова <buh@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="Счёт-фактура за кабели",
        when="2026-11-20 10:40",
        body=multipart(
            "mixed",
            "bound",
            multipart(
                "alternative",
                "boundary",
                text("\nПришлите, пожалуйста, счёт-фактуру за кабели.\n"),
                html("\n<p>Пришлите, пожалуйста, счёт-фактуру за кабели.</p>\n"),
            ),
            attachment("cables.pdf", "application/pdf", pdf("Cables, 14 pieces")),
        ),
        expect=Expect(
            readable=("счёт-фактуру за кабели",), attachments=("cables.pdf",)
        ),
    ),
    Letter(
        name="multipart-without-parts",
        kind="multipart with no part at all, only words before the end",
        sender="Roman Denisov <r.denisov@yashchik.example>",
        to="cinema@audiomania.example",
        subject="Courier did not come",
        when="2026-11-20 10:45",
        body=raw_entity(
            'Content-Type: multipart/mixed; boundary="no-part"',
            data=b"The courier did not come today. When is the next one?\n",
        ),
        expect=Expect(readable=("The courier did not come today",), defect=BOUNDARY),
    ),
    Letter(
        name="words-after-the-end",
        kind="words of the customer after the final boundary",
        sender="Пётр Зайцев <p.zaytsev@yashchik.example>",
        to="vinyl@audiomania.example",
        subject="Фонокорректор",
        when="2026-11-20 10:50",
        body=multipart(
            "mixed",
            "after-the-end",
            text("\nНужен ли фонокорректор к Kvarta T3?\n"),
        )
        + "И сколько он стоит?\r\n".encode(),
        expect=Expect(readable=("Нужен ли фонокорректор",)),
    ),
    Letter(
        name="transfer-unknown",
        kind="a Content-Transfer-Encoding that does not exist",
        sender="Ольга Морозова <o.morozova@posta.example>",
        to="headphones@audiomania.example",
        subject="Усилитель для наушников",
        when="2026-11-20 10:55",
        body=mislabelled(
            "text/plain; charset=utf-8",
            "Посоветуйте усилитель для наушников до 30 тысяч.",
            "utf-8",
            "utf-8bit",
        ),
        expect=Expect(
            readable=("усилитель для наушников до 30 тысяч",), defect=TRANSFER
        ),
    ),
    Letter(
        name="base64-with-garbage",
        kind="base64 with foreign characters, no padding, and a footer in plain words",
        sender="Алексей Орлов <a.orlov@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="Монтаж в январе",
        when="2026-11-20 11:00",
        body=raw_entity(
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            data=base64.b64encode(
                "Можно ли перенести монтаж на вторую неделю января?".encode()
            ).rstrip(b"=")
            + b"\n\n*** checked by the gateway! ***\n",
        ),
        expect=Expect(readable=("перенести монтаж на вторую неделю",), defect=TRANSFER),
    ),
    Letter(
        name="base64-that-is-text",
        kind="declared base64; it is plain words",
        sender="Sabine Krüger <sabine.krueger@briefkasten.example>",
        to="headphones@audiomania.example",
        subject="Zahlung per Karte",
        when="2026-11-20 11:05",
        body=raw_entity(
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            data="Kann ich für die Kopfhörer auch per Karte zahlen?\n".encode(),
        ),
        expect=Expect(readable=("auch per Karte zahlen",), defect=TRANSFER),
    ),
    Letter(
        name="quoted-printable-broken",
        kind="quoted-printable with = that begins nothing and lines cut inside =D0",
        sender="Денис Крылов <d.krylov@yashchik.example>",
        to="headphones@audiomania.example",
        subject="Микрофон",
        when="2026-11-20 11:10",
        body=raw_entity(
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            data=(
                b"price=low, a=b, 100=%, =ZZ\n"
                b"=D0=9C=D0=B8=D0=BA=D1=80=D0=BE=D1=84=D0=BE=D0=BD "
                b"=D1=85=D1=80=D0=B8=D0=BF=D0=B8=D1=82, =D0=BF=D0=BE=D1=87=D0=B8"
                b"=D0=BD=D0=B8=D1=82=D0=B5? =D\n"
            ),
        ),
        expect=Expect(readable=("Микрофон хрипит, почините?",), defect=TRANSFER),
    ),
    Letter(
        name="uuencoded",
        kind="a file in the text, uuencoded as in old times",
        sender="Thomas Berg <thomas.berg@brevlada.example>",
        to="cinema@audiomania.example",
        subject="Wiring of the cabinet",
        when="2026-11-20 11:15",
        body=text(UUENCODED, charset="us-ascii", transfer="7bit"),
        expect=Expect(readable=("Which wire goes to the subwoofer?",)),
    ),
    Letter(
        name="file-name-continuations",
        kind="a file name in the pieces of RFC 2231",
        sender="Отдел снабжения <snab@filarmonia-kluch.example>",
        to="hifi@audiomania.example",
        subject="Договор на подпись",
        when="2026-11-20 11:20",
        body=multipart(
            "mixed",
            "rfc2231-continued",
            text("\nДоговор во вложении, подпишите с вашей стороны.\n"),
            raw_entity(
                "Content-Type: application/pdf",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment;",
                " filename*0*=UTF-8''%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80;",
                " filename*1*=%20%E2%84%96%20;",
                ' filename*2="78.pdf"',
                data=base64.encodebytes(pdf("Contract 78")),
            ),
        ),
        expect=Expect(
            readable=("подпишите с вашей стороны",),
            attachments=("Договор № 78.pdf",),
        ),
    ),
    Letter(
        name="file-name-percent",
        kind="a file name percent-encoded in koi8-r (RFC 2231)",
        sender="Школа искусств <zakaz@art-school2.example>",
        to="cinema@audiomania.example",
        subject="Смета",
        when="2026-11-20 11:25",
        body=multipart(
            "mixed",
            "rfc2231-percent",
            text("\nСмета во вложении. Уложимся ли в сумму?\n"),
            raw_entity(
                "Content-Type: application/pdf;",
                " name*=koi8-r'ru'%F3%CD%C5%D4%C1.pdf",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment;",
                " filename*=koi8-r'ru'%F3%CD%C5%D4%C1.pdf",
                data=base64.encodebytes(pdf("Estimate")),
            ),
        ),
        expect=Expect(readable=("Уложимся ли в сумму?",), attachments=("Смета.pdf",)),
    ),
    Letter(
        name="file-name-raw-windows-1251",
        kind="a file name in windows-1251 without encoding",
        sender="ООО «Тихий дом» <zakaz@tikhiy-dom.example>",
        to="headphones@audiomania.example",
        subject="Реквизиты",
        when="2026-11-20 11:30",
        body=multipart(
            "mixed",
            "raw-file-name",
            text("\nВыставьте счёт, реквизиты во вложении.\n"),
            raw_entity(
                'Content-Type: application/pdf; name="Реквизиты.pdf"'.encode("cp1251"),
                "Content-Transfer-Encoding: base64",
                'Content-Disposition: attachment; filename="Реквизиты.pdf"'.encode(
                    "cp1251"
                ),
                data=base64.encodebytes(pdf("Bank details")),
            ),
        ),
        expect=Expect(
            readable=("реквизиты во вложении",),
            attachments=("Реквизиты.pdf",),
            defect=("file name",),
        ),
    ),
    Letter(
        name="file-name-with-a-path",
        kind="file names that are paths: out of the folder, and of a disk",
        sender="Northlight Recording <studio@northlight.example>",
        to="hifi@audiomania.example",
        subject="Room measurements",
        when="2026-11-20 11:35",
        body=multipart(
            "mixed",
            "names-with-paths",
            text("\nThe measurements are attached. What would you treat first?\n"),
            attachment("../../rooms/one.pdf", "application/pdf", pdf("Room one")),
            attachment("/rooms/two.pdf", "application/pdf", pdf("Room two")),
        ),
        expect=Expect(
            readable=("What would you treat first?",),
            attachments=("../../rooms/one.pdf", "/rooms/two.pdf"),
        ),
    ),
    Letter(
        name="attachment-without-a-name",
        kind="files without names",
        sender="Oskar Lind <oskar.lind@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Picture of the amplifier",
        when="2026-11-20 11:40",
        body=multipart(
            "mixed",
            "no-names",
            text("\nIs this the right input? See the two pages.\n"),
            raw_entity(
                "Content-Type: application/pdf",
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment",
                data=base64.encodebytes(pdf("Page one")),
            ),
            raw_entity(
                "Content-Type: application/pdf",
                "Content-Transfer-Encoding: base64",
                data=base64.encodebytes(pdf("Page two")),
            ),
        ),
        expect=Expect(readable=("Is this the right input?",)),
    ),
)
