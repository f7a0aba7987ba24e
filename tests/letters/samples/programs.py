# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What mail programs make of a letter: parts in parts, signatures, calendars."""

from wire import (
    Expect,
    Letter,
    attachment,
    entity,
    html,
    inline,
    multipart,
    pdf,
    photo,
    pkcs7,
    text,
    tnef,
)

INLINE_AND_FILE = """
<html><body><p>Так стоят колонки сейчас:</p>
<p><img src="cid:room.20261121@gorizont" alt="room"></p>
<p>План комнаты приложен. Что передвинуть в первую очередь?</p></body></html>
"""

INVITATION = """BEGIN:VCALENDAR
PRODID:-//Letterbox//Calendar 4.2//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:audition-20261205@letterbox.example
DTSTAMP:20261121T080000Z
DTSTART:20261205T090000Z
DTEND:20261205T100000Z
SUMMARY:Audition of the F80
ORGANIZER;CN=Daniel Reeves:mailto:daniel.reeves@letterbox.example
ATTENDEE;CN=Hi-Fi;RSVP=TRUE:mailto:hifi@audiomania.example
END:VEVENT
END:VCALENDAR
"""

VCARD = """BEGIN:VCARD
VERSION:3.0
FN:Анатолий Гусев
TEL;TYPE=CELL:+7 916 555-01-13
EMAIL:af.gusev@yashchik.example
END:VCARD
"""

PGP_SIGNED = """
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

Please confirm the price of two Lumen P80, valid until the end of the year.
- --\x20
Studio Northlight
-----BEGIN PGP SIGNATURE-----

iHUEARYKAB0WIQTu0f6mQm0f6mQm0f6mQm0f6mQm0f6mQUCZR0AAAoJEGZCbR/q
ZCbRnQEA0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0BAOD9p4Q=
=4c1d
-----END PGP SIGNATURE-----
"""

PGP_BLOCK = b"""-----BEGIN PGP MESSAGE-----

hF4DZkJtH+pkJtESAQdA0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0w
0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6mQm0f6m
=a1f3
-----END PGP MESSAGE-----
"""

PGP_SIGNATURE = b"""-----BEGIN PGP SIGNATURE-----

iHUEARYKAB0WIQTu0f6mQm0f6mQm0f6mQm0f6mQm0f6mQUCZR0AAAoJEGZCbR/q
=77ac
-----END PGP SIGNATURE-----
"""

LETTERS = (
    Letter(
        name="alternative-of-one",
        kind="multipart/alternative with text only",
        sender="Laura Fenn <laura.fenn@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Stylus brush",
        when="2026-11-21 09:00",
        body=multipart(
            "alternative",
            "alternative-of-one",
            text("\nIs a stylus brush included with the Sonograf M20?\n"),
        ),
        expect=Expect(readable=("Is a stylus brush included",)),
    ),
    Letter(
        name="html-with-pictures-and-files",
        kind="text, HTML with a picture inside, and a file, in three levels",
        sender="Филармония «Ключ» <snab@filarmonia-kluch.example>",
        to="hifi@audiomania.example",
        subject="Расстановка в малом зале",
        when="2026-11-21 09:05",
        body=multipart(
            "mixed",
            "level-one-20261121",
            multipart(
                "related",
                "level-two-20261121",
                multipart(
                    "alternative",
                    "level-three-20261121",
                    text("\nПлан комнаты приложен. Что передвинуть?\n"),
                    html(INLINE_AND_FILE),
                ),
                inline(
                    "room.20261121@gorizont", "room.png", "image/png", photo(48, 40)
                ),
            ),
            attachment("План.pdf", "application/pdf", pdf("Plan of the small hall")),
        ),
        expect=Expect(
            readable=("План комнаты приложен",), attachments=("room.png", "План.pdf")
        ),
    ),
    Letter(
        name="calendar-invitation",
        kind="an invitation with a calendar file",
        sender="Daniel Reeves <daniel.reeves@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Invitation: Audition of the F80",
        when="2026-11-21 09:10",
        body=multipart(
            "mixed",
            "calendar-mixed",
            multipart(
                "alternative",
                "calendar-alternative",
                text("\nAudition of the F80, Saturday at noon. Does it suit you?\n"),
                entity(
                    "text/calendar; charset=utf-8; method=REQUEST", INVITATION.encode()
                ),
            ),
            attachment("invite.ics", "application/ics", INVITATION.encode()),
        ),
        expect=Expect(
            readable=("Saturday at noon. Does it suit you?",),
            attachments=("invite.ics",),
        ),
    ),
    Letter(
        name="winmail-dat",
        kind="Outlook's winmail.dat with a file inside (TNEF)",
        sender="Игорь Лапин <i.lapin@sevzvezda.example>",
        to="cinema@audiomania.example",
        subject="Перечень номеров",
        when="2026-11-21 09:15",
        body=multipart(
            "mixed",
            "----=_NextPart_winmail",
            text("\nПеречень номеров для саундбаров во вложении.\n"),
            attachment(
                "winmail.dat",
                "application/ms-tnef",
                tnef("Номера.txt", b"101, 102, 203\r\n"),
            ),
        ),
        expect=Expect(
            readable=("Перечень номеров для саундбаров",), attachments=("winmail.dat",)
        ),
    ),
    Letter(
        name="smime-signed",
        kind="signed with S/MIME (smime.p7s)",
        sender="Studio Gorizont <office@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="Signed order of a screen",
        when="2026-11-21 09:20",
        body=multipart(
            "signed",
            "----smime-4F1A",
            text("\nWe confirm the order of the screen, 2.4 m wide, white frame.\n"),
            attachment("smime.p7s", "application/pkcs7-signature", pkcs7(2)),
            params='\r\n protocol="application/pkcs7-signature"; micalg=sha-256;',
        ),
        expect=Expect(
            readable=("We confirm the order of the screen",), attachments=("smime.p7s",)
        ),
    ),
    Letter(
        name="smime-encrypted",
        kind="encrypted with S/MIME: nobody here can read it, somebody must answer",
        sender="Kirill Gromov <k.gromov@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="Confidential: tender",
        when="2026-11-21 09:25",
        body=entity(
            "application/pkcs7-mime;\r\n smime-type=enveloped-data; name=smime.p7m",
            pkcs7(3),
            "base64",
            disposition="attachment; filename=smime.p7m",
        ),
        expect=Expect(attachments=("smime.p7m",)),
    ),
    Letter(
        name="pgp-inline",
        kind="signed with PGP inside the text",
        sender="Northlight Recording <studio@northlight.example>",
        to="cinema@audiomania.example",
        subject="Price of two projectors",
        when="2026-11-21 09:30",
        body=text(PGP_SIGNED, charset="us-ascii", transfer="7bit"),
        expect=Expect(readable=("Please confirm the price of two Lumen P80",)),
    ),
    Letter(
        name="pgp-mime-signed",
        kind="signed with PGP/MIME",
        sender="Oskar Lind <oskar.lind@letterbox.example>",
        to="hifi@audiomania.example",
        subject="Warranty abroad",
        when="2026-11-21 09:35",
        body=multipart(
            "signed",
            "pgp-signed-20261121",
            text("\nIs the warranty of the A120 valid in Sweden, too?\n"),
            attachment("signature.asc", "application/pgp-signature", PGP_SIGNATURE),
            params='\r\n protocol="application/pgp-signature"; micalg=pgp-sha512;',
        ),
        expect=Expect(readable=("valid in Sweden",), attachments=("signature.asc",)),
    ),
    Letter(
        name="pgp-mime-encrypted",
        kind="encrypted with PGP/MIME: nobody here can read it, somebody must answer",
        sender="Oskar Lind <oskar.lind@letterbox.example>",
        to="hifi@audiomania.example",
        subject="...",
        when="2026-11-21 09:40",
        body=multipart(
            "encrypted",
            "pgp-encrypted-20261121",
            entity("application/pgp-encrypted", b"Version: 1\n"),
            entity(
                "application/octet-stream; name=encrypted.asc",
                PGP_BLOCK,
                disposition="inline; filename=encrypted.asc",
            ),
            params='\r\n protocol="application/pgp-encrypted";',
        ),
        expect=Expect(attachments=("encrypted.asc",)),
    ),
    Letter(
        name="vcard",
        kind="a visiting card attached",
        sender="Анатолий Гусев <af.gusev@yashchik.example>",
        to="hifi@audiomania.example",
        subject="Мой новый телефон",
        when="2026-11-21 09:45",
        body=multipart(
            "mixed",
            "vcard-20261121",
            text("\nСообщаю новый телефон, карточка во вложении. Жду звонка.\n"),
            attachment("Гусев.vcf", "text/x-vcard; charset=utf-8", VCARD.encode()),
        ),
        expect=Expect(
            readable=("карточка во вложении. Жду звонка",),
            mentions=("+7 916 555-01-13",),
            attachments=("Гусев.vcf",),
        ),
    ),
    Letter(
        name="apple-mail",
        kind="Apple Mail: a file in the middle of the text",
        sender="Claire Dubois <claire.dubois@courrier.example>",
        to="headphones@audiomania.example",
        subject="Facture",
        when="2026-11-21 09:50",
        body=multipart(
            "alternative",
            "Apple-Mail=_ALT-20261121",
            text("\nBonjour, la facture est fausse.\n\nMerci de la corriger.\n"),
            multipart(
                "mixed",
                "Apple-Mail=_MIX-20261121",
                html("\n<html><body>Bonjour, la facture est fausse.</body></html>\n"),
                entity(
                    "application/pdf; x-unix-mode=0644; name=facture.pdf",
                    pdf("Invoice 88"),
                    "base64",
                    disposition="inline; filename=facture.pdf",
                ),
                html("\n<html><body>Merci de la corriger.</body></html>\n"),
            ),
        ),
        expect=Expect(
            readable=("la facture est fausse", "Merci de la corriger"),
            attachments=("facture.pdf",),
        ),
    ),
    Letter(
        name="html-charset-twice",
        kind="HTML re-encoded to UTF-8 on the way, its <meta> still says windows-1251",
        sender="Бухгалтерия <buh@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="Закрывающие документы",
        when="2026-11-21 09:55",
        body=html(
            '\n<html><head><meta http-equiv="Content-Type" content="text/html;'
            ' charset=windows-1251"></head><body><p>Вышлите закрывающие документы'
            " за октябрь.</p></body></html>\n"
        ),
        expect=Expect(readable=("Вышлите закрывающие документы",)),
    ),
    Letter(
        name="empty-body",
        kind="an empty body: the question is the subject",
        sender="Андрей Климов <a.klimov@yashchik.example>",
        to="vinyl@audiomania.example",
        subject="Вы сегодня работаете?",
        when="2026-11-21 10:00",
        body=text("\n", charset="us-ascii", transfer="7bit"),
        expect=Expect(),
    ),
    Letter(
        name="empty-html",
        kind="HTML with no word in it, a picture of the words instead",
        sender="Ирина Литвинова <i.litvinova@posta.example>",
        to="sales@audiomania.example",
        subject="Смотрите картинку",
        when="2026-11-21 10:05",
        body=multipart(
            "related",
            "picture-only",
            html('\n<html><body><img src="cid:words@posta"></body></html>\n'),
            inline("words@posta", "words.png", "image/png", photo(40, 30)),
        ),
        expect=Expect(attachments=("words.png",)),
    ),
    Letter(
        name="only-a-file",
        kind="no text, the whole letter is a scanned page",
        sender="Scanner <scanner@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="Scan_0012",
        when="2026-11-21 10:10",
        body=entity(
            "application/pdf; name=Scan_0012.pdf",
            pdf("Please quote three ceiling mounts"),
            "base64",
            disposition="attachment; filename=Scan_0012.pdf",
        ),
        expect=Expect(attachments=("Scan_0012.pdf",)),
    ),
    Letter(
        name="only-a-forward-of-nothing",
        kind="a part of a part: message/partial, the first of two",
        sender="Viktor Panin <v.panin@posta.example>",
        to="cinema@audiomania.example",
        subject="Long list (1/2)",
        when="2026-11-21 10:15",
        body=entity(
            'message/partial; id="list@posta.example"; number=1; total=2',
            b"Subject: Long list\n\nPlease price the list that follows.\n",
        ),
        expect=Expect(readable=("Please price the list",), defect=("message part",)),
    ),
)
