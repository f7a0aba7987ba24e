# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters that are too long, too deep, too many, or not text at all."""

import hashlib

from wire import CRLF, Expect, Letter, multipart, pdf, raw_entity, text

DEPTH, PARTS, RECIPIENTS = 60, 600, 200


def _hex(seed, length):
    """Letters that do not compress, the same on every machine."""
    blocks = (hashlib.sha256(b"%s %d" % (seed, n)).hexdigest() for n in range(length))
    return "".join(next(blocks) for _block in range(length // 64 + 1))[:length]


def _nested():
    """A text inside sixty multiparts."""
    inner = text("\nCan you hear me down here?\n", charset="us-ascii")
    for level in range(DEPTH):
        inner = multipart("mixed", f"level-{level:02d}-of-{DEPTH}", inner)
    return inner


def _many():
    """A question and hundreds of tiny parts."""
    note = raw_entity("Content-Type: text/x-log", data=b"ok\n")
    return multipart(
        "mixed",
        "many-parts",
        text("\nThe log of my streamer is attached. Why does it stop?\n"),
        *[note] * (PARTS - 1),
    )


def _long_line():
    words = "Колонки играют тихо, потом громко, потом опять тихо. "
    line = words * (100_000 // len(words) + 1)
    return ("Почему так? " + line[:100_000]).encode()


LETTERS = (
    Letter(
        name="one-long-line",
        kind="one line of 100,000 characters",
        sender="Роман Денисов <r.denisov@yashchik.example>",
        to="cinema@audiomania.example",
        subject="Громкость гуляет",
        when="2026-11-21 11:00",
        body=raw_entity(
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            data=_long_line() + b"\n",
        ),
        expect=Expect(
            readable=("Почему так? Колонки играют тихо",), defect=("long line",)
        ),
    ),
    Letter(
        name="nul-bytes",
        kind="NUL bytes in the subject and in the text",
        sender="Peter Hallam <p.hallam@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Fuse blown",
        when="2026-11-21 11:05",
        raw=(("Subject", b"Fuse \0blown"),),
        body=raw_entity(
            "Content-Type: text/plain; charset=utf-8",
            data=b"Which \0fuse does the A60\0\0 take?\n\0",
        ),
        expect=Expect(readable=("does the A60",), defect=("nul",)),
    ),
    Letter(
        name="lone-cr",
        kind="lines that end in CR alone",
        sender="Алла Астахова <a.astakhova@posta.example>",
        to="hifi@audiomania.example",
        subject="Ножки колонок",
        when="2026-11-21 11:10",
        body=text("\nЗдравствуйте!\rПодойдут ли шипы М6 к Altair F50?\rАлла\n"),
        expect=Expect(readable=("Подойдут ли шипы М6",), defect=("line ends",)),
    ),
    Letter(
        name="lf-only",
        kind="lines that end in LF alone, headers too",
        sender="Вероника Астахова <v.astakhova@posta.example>",
        to="vinyl@audiomania.example",
        subject="Скорость плывёт",
        when="2026-11-21 11:15",
        body=text("\nСкорость проигрывателя плывёт.\nМожно ли настроить дома?\n"),
        finish=lambda raw: raw.replace(CRLF, b"\n"),
        expect=Expect(readable=("Можно ли настроить дома?",), defect=("line ends",)),
    ),
    Letter(
        name="mbox-line",
        kind="the From line of an mbox before the headers",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Platter mat",
        when="2026-11-21 11:20",
        body=text("\nFelt or rubber mat for the T5?\n"),
        finish=lambda raw: b"From j.whitfield Sat Nov 21 11:20:00 2026\r\n" + raw,
        expect=Expect(readable=("Felt or rubber mat",), defect=("mbox line",)),
    ),
    Letter(
        name="mbox-line-quoted",
        kind="the From line of an mbox, quoted by a second program (>From)",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Platter mat, again",
        when="2026-11-21 11:25",
        body=text("\nSorry: cork is possible, too?\n"),
        finish=lambda raw: b">From j.whitfield Sat Nov 21 11:25:00 2026\r\n" + raw,
        expect=Expect(readable=("cork is possible",), defect=("mbox line",)),
    ),
    Letter(
        name="byte-order-mark",
        kind="a byte order mark before the first header",
        sender="Marta Nowak <marta.nowak@letterbox.example>",
        to="cinema@audiomania.example",
        subject="Remote control code",
        when="2026-11-21 11:30",
        body=text("\nWhich code does my television need?\n"),
        finish=lambda raw: b"\xef\xbb\xbf" + raw,
        expect=Expect(
            readable=("Which code does my television",), defect=("mbox line",)
        ),
    ),
    Letter(
        name="no-blank-line",
        kind="headers, and nothing after them",
        sender="Евгений Котов <e.kotov@novosti-pochta.example>",
        to="cinema@audiomania.example",
        subject="Перезвоните мне, пожалуйста",
        when="2026-11-21 11:35",
        body=b"Content-Type: text/plain\r\n",
        expect=Expect(defect=("no body",)),
    ),
    Letter(
        name="huge-header",
        kind="a header of 210 KB",
        sender="Ольга Морозова <o.morozova@posta.example>",
        to="headphones@audiomania.example",
        subject="Промокод не работает",
        when="2026-11-21 11:40",
        extra=(("X-Tracking", _hex(b"header", 210_000)),),
        body=text("\nПромокод на доставку не принимается. Что делать?\n"),
        expect=Expect(readable=("Промокод на доставку",), defect=("long header line",)),
    ),
    Letter(
        name="huge-recipients",
        kind="two hundred people in copy",
        sender="Aleksei Orlov <a.orlov@gorizont-studio.example>",
        to="cinema@audiomania.example",
        cc=",".join(f"guest{number:03d}@hall.example" for number in range(RECIPIENTS)),
        subject="Opening of the small hall",
        when="2026-11-21 11:45",
        body=text("\nWill your technician be there on the evening of the opening?\n"),
        expect=Expect(
            readable=("Will your technician be there",), public=True, rule=15
        ),
    ),
    Letter(
        name="six-hundred-parts",
        kind="600 parts",
        sender="Tech <k.gromov@gorizont-studio.example>",
        to="hifi@audiomania.example",
        subject="Streamer stops",
        when="2026-11-21 11:50",
        body=_many(),
        expect=Expect(readable=("Why does it stop?",), defect=("many parts",)),
    ),
    Letter(
        name="sixty-levels",
        kind="parts in parts, sixty deep",
        sender="Daniel Reeves <daniel.reeves@letterbox.example>",
        to="headphones@audiomania.example",
        subject="Forwarded too often",
        when="2026-11-21 11:55",
        body=_nested(),
        expect=Expect(readable=("Can you hear me down here?",), defect=("deep parts",)),
    ),
    Letter(
        name="long-message-id",
        kind="a Message-ID of 6,000 characters",
        sender="Anneke Visser <anneke.visser@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Shipping to Utrecht",
        when="2026-11-21 12:00",
        message_id=f"<{_hex(b'message', 6000)}@letterbox.example>",
        body=text("\nWhat is the postage for ten records to Utrecht?\n"),
        expect=Expect(
            readable=("postage for ten records",), defect=("long header line",)
        ),
    ),
    Letter(
        name="control-characters",
        kind="control characters, half an emoji and words written from right to left",
        sender="Михаил Голубев <m.golubev@yashchik.example>",
        to="headphones@audiomania.example",
        subject="Странные знаки",
        when="2026-11-21 12:05",
        body=raw_entity(
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            data="Наушники \x07\x1b[31mтрещат\x1b[0m \u202eслева\u202c ".encode()
            + b"\xed\xa0\xbd\xff. "
            + "Это лечится?\n".encode(),
        ),
        expect=Expect(readable=("Это лечится?",), defect=("wrong charset",)),
    ),
    Letter(
        name="long-file-name",
        kind="a file with a name of 400 characters",
        sender="Кафе «Пластинка» <zakaz@plastinka-cafe.example>",
        to="vinyl@audiomania.example",
        subject="Акт приёмки",
        when="2026-11-21 12:10",
        body=multipart(
            "mixed",
            "long-name",
            text("\nАкт приёмки музыкального автомата во вложении, подпишите.\n"),
            raw_entity(
                "Content-Type: application/pdf",
                "Content-Disposition: attachment;",
                f' filename="{_hex(b"name", 400)}.pdf"',
                data=pdf("Act").replace(b"\xff", b""),
            ),
        ),
        expect=Expect(
            readable=("Акт приёмки музыкального автомата",),
            attachments=(f"{_hex(b'name', 400)}.pdf",),
        ),
    ),
)
