# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter for each kind of damage, as short as it can be, and what it says."""

from base64 import b64encode

from letter.defects import Code
from letter_samples import build

WORDS = "Добрый день, где мой заказ?"
RUSSIAN = WORDS.encode("windows-1251")
HEAD = ("From: a@b.ru", "To: c@d.ru", "Subject: Hi", "MIME-Version: 1.0")
LONG = "Константин Константинопольский из Константинополя"


def text(charset, body=RUSSIAN, *more):
    return build(
        *HEAD, f"Content-Type: text/plain; charset={charset}", *more, body=body
    )


def base64(body, kind="text/plain; charset=utf-8"):
    coding = "Content-Transfer-Encoding: base64"
    return build(*HEAD, f"Content-Type: {kind}", coding, body=body)


def mixed(*parts, end=True, boundary="b"):
    """A letter of these parts, each a text that begins with its headers."""
    body = "".join(f"\r\n--{boundary}\r\n{part}" for part in parts)
    body += f"\r\n--{boundary}--\r\n" if end else ""
    return build(
        *HEAD, f'Content-Type: multipart/mixed; boundary="{boundary}"', body=body
    )


def report(*parts, kind="multipart/report; report-type=delivery-status; boundary=b"):
    body = "".join(f"\r\n--b\r\n{part}" for part in parts)
    head = ("From: MAILER-DAEMON@b.ru", "To: c@d.ru", "Subject: Returned")
    return build(*head, f"Content-Type: {kind}", body=body + "\r\n--b--\r\n")


NOTICE = "\r\nNot delivered\r\n"
STATUS = (
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; b.ru\r\n\r\n"
    "Final-Recipient: rfc822; gone@b.ru\r\nAction: failed\r\n"
)
SPLIT = "From: =?utf-8?b?0JrQvtC90YHRgtCw0L0=?=\r\n =?utf-8?b?0YLQuNC9?= <a@b.ru>"
PDF = b"%PDF-1.4 \x00\x01\x02" * 9
CODED = b64encode(f"{WORDS}!".encode())

# What is wrong, and a word that must be read in it all the same.
EXAMPLES = [
    (Code.BAD_HEADER_LINES, build("Subject: long", "story", *HEAD[:2]), "Text"),
    (Code.BAD_HEADER_LINES, build("Subject : x", *HEAD[:2]), "Text"),
    (Code.BAD_HEADER_LINES, b"\r\n" + build(*HEAD), "Text"),
    (Code.BAD_HEADER_LINES, b"\xef\xbb\xbf" + build(*HEAD), "Text"),
    (Code.HEADER_TWICE, build(*HEAD, "Subject: Ho"), "Text"),
    (Code.HEADER_TWICE, build(*HEAD, "From: x@y.ru"), "Text"),
    (Code.BAD_HEADER, build(*HEAD, "Message-ID: <"), "Text"),
    (Code.BAD_HEADER, build(*HEAD, "Message-ID: <a b@c.ru>"), "Text"),
    (Code.BAD_ADDRESS, build("From: a@b.ru; To: c@d.ru"), "Text"),
    (Code.BAD_ADDRESS, build("From: Ivan ivan@b.ru", *HEAD[1:]), "Text"),
    (Code.BAD_ADDRESS, build("From: a@b.ru", "To: a:;b"), "Text"),
    (Code.BAD_ADDRESS, build("From: <a@b.ru> %", "To: a@b.ru %@%"), "Text"),
    (Code.BAD_DATE, build(*HEAD, "Date: Tue, 31 Feb 2026 11:03:00 +0300"), "Text"),
    (Code.BAD_DATE, build(*HEAD, "Date: Пн, 2 ноя 2026"), "Text"),
    (Code.BAD_HEADER_CHARSET, build(*HEAD[:2], b"Subject: " + RUSSIAN), "Text"),
    (Code.BAD_HEADER_CHARSET, build(b"From: " + RUSSIAN + b" <a@b.ru>"), "Text"),
    (Code.BAD_HEADER_CHARSET, build("Subject: =?utf-8?q?a?b?="), "Text"),
    (Code.SPLIT_NAME, build(SPLIT, *HEAD[1:]), "Text"),
    (
        Code.TOO_MUCH_MARKUP,
        build(*HEAD, "Content-Type: text/html", body="Text" + "<" * 20_000),
        "Text",
    ),
    (Code.BAD_CONTENT_TYPE, build(*HEAD, "Content-Type: font/woff"), "Text"),
    (Code.BAD_CONTENT_TYPE, build(*HEAD, "Content-Type: --text/plain"), "Text"),
    (Code.BAD_CONTENT_TYPE, build(*HEAD, "Content-Type: html", body="<b>Hi"), "Hi"),
    (
        Code.BAD_CONTENT_TYPE,
        build(*HEAD, 'Content-Type: text/plain; charset=""'),
        "Text",
    ),
    (
        Code.BAD_CONTENT_TYPE,
        build(*HEAD, "Content-Type: application/octet-stream"),
        "Text",
    ),
    (Code.BAD_CONTENT_TYPE, base64(CODED, "message/rfc822"), ""),
    (
        Code.BAD_BOUNDARY,
        mixed("\r\nOne\r\n").replace(b'"b"', b"b; boundary*0=b; boundary*1=c"),
        "One",
    ),
    (
        Code.BAD_FILE_NAME,
        build(
            *HEAD, b'Content-Disposition: attachment; filename="' + RUSSIAN + b'.txt"'
        ),
        "Text",
    ),
    (Code.BAD_BOUNDARY, mixed("\r\nOne\r\n", boundary="x").replace(b'"x"', b'"y"'), ""),
    (Code.BAD_BOUNDARY, build(*HEAD, "Content-Type: multipart/mixed"), "Text"),
    (Code.BAD_BOUNDARY, mixed("\r\nOne\r\n") + b"And two\r\n", "And two"),
    (Code.UNKNOWN_CHARSET, text("x-unknown"), WORDS),
    (Code.UNKNOWN_CHARSET, text("win-1251"), WORDS),
    (Code.UNKNOWN_CHARSET, text("punycode"), WORDS),
    (Code.WRONG_CHARSET, text("us-ascii"), WORDS),
    (Code.WRONG_CHARSET, text("us-ascii", WORDS.encode()), WORDS),
    (Code.WRONG_CHARSET, text("us-ascii", WORDS.encode("koi8-r")), WORDS),
    (Code.WRONG_CHARSET, text("utf-8"), WORDS),
    (Code.WRONG_CHARSET, text("iso-8859-1"), WORDS),
    (Code.WRONG_CHARSET, text("koi8-r"), WORDS),
    (Code.WRONG_CHARSET, text("windows-1251", WORDS.encode("koi8-r")), WORDS),
    (Code.WRONG_CHARSET, text("windows-1251", WORDS.encode()), WORDS),
    (Code.WRONG_CHARSET, text("iso-8859-1", b"\x93Quoted\x94"), "“Quoted”"),
    (Code.WRONG_CHARSET, build(*HEAD, body=WORDS.encode("cp866")), WORDS),
    (Code.WRONG_CHARSET, build(*HEAD, body=b"\x1b$B$3$s\x1b(B"), "こん"),
    (
        Code.WRONG_CHARSET,
        build(*HEAD, "Content-Type: text/html", body=b'<meta charset="gbk">\xc4\xe3'),
        "你",
    ),
    (
        Code.WRONG_CHARSET,
        text("utf-8", RUSSIAN, "Content-Disposition: attachment; filename=a.csv"),
        WORDS,
    ),
    (Code.BAD_BASE64, base64(CODED[:-4] + b"A"), "Добрый день"),
    (Code.BAD_BASE64, base64(CODED + b"\r\n" + CODED), WORDS),
    (
        Code.BAD_BASE64,
        base64(CODED + b"\r\n-- \r\nA mailing list.\r\n"),
        "mailing list",
    ),
    (Code.BAD_BASE64, base64("No base64 at all, she said."), "she said"),
    (
        Code.BAD_BASE64,
        build(*HEAD, "Content-Transfer-Encoding: base-64", body=b64encode(b"Hello")),
        "Hello",
    ),
    (
        Code.BAD_QUOTED_PRINTABLE,
        build(
            *HEAD, "Content-Transfer-Encoding: quoted-printable", body="be= \r\nfore"
        ),
        "before",
    ),
    (Code.CONTROL_CHARACTERS, build(*HEAD, body=b"a\x00b"), "ab"),
    (Code.CONTROL_CHARACTERS, build("Subject: a\x00b", *HEAD[:2]), "Text"),
    (Code.CONTROL_CHARACTERS, build("Subject: =?utf-8?q?a=07b?=", *HEAD[:2]), "Text"),
    (Code.CONTROL_CHARACTERS, text("utf-7", b"a+2AA-b"), "ab"),
    (
        Code.BAD_REPORT,
        build(*HEAD, "Content-Type: multipart/report; boundary=b", body=""),
        "",
    ),
    (
        Code.UNREADABLE,
        mixed(
            "Content-Type: message/rfc822\r\n\r\nFrom: "
            + "long " * 40
            + " <@\r\n\r\nIn"
        ),
        "In",
    ),
]

# Against a rule, or seldom, and read right all the same.
SOUND = [
    b"",
    b"\r\n",
    b"No headers at all",
    build(*HEAD),
    build(*HEAD, b"Subject: "),
    build("From: Boris from the third floor"),
    build("To: undisclosed-recipients:;"),
    build("From: " + LONG + " <a@b.ru>"),
    build('From: "Petrov, Ivan" <a@b.ru>', "Message-ID: <1$a@[10.0.0.1]>"),
    build(*HEAD, "Subject-2: x", "To: e@f.ru"),
    build(*HEAD, "Date: Mon, 2 Nov 26 10:00:00"),
    build(*HEAD, "In-Reply-To: your letter of Monday"),
    text("utf-7", b"+BBQ-"),
    text('"KOI8-R"', WORDS.encode("koi8-r")),
    text("koi8-u", WORDS.encode("koi8-u")),
    text("windows-1252", "Où est le café ?".encode("cp1252")),
    text("iso-8859-1", "Grüße".encode("latin-1") + b" from Berlin to everybody there"),
    text("windows-1251", "Вы".encode("windows-1251")),
    base64(CODED),
    base64(CODED.rstrip(b"=")),
    base64(""),
    mixed("\r\nOne\r\n", end=False),
    mixed(f"Content-Type: text/plain\r\n\r\n{WORDS}\r\n"),
    mixed("Content-Type: text/plain; name*=utf-8''%D0%AF.txt\r\n\r\nx\r\n"),
    mixed("Content-Type: message/rfc822\r\n\r\nSubject: In\r\n\r\nIn\r\n"),
    report(
        NOTICE, STATUS, "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <a@b>"
    ),
    build("Content-Type: application/pdf; name=a.pdf", body=PDF),
    build(*HEAD, "Content-Transfer-Encoding: x-none", body="Text"),
]
