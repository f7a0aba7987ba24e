# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters of a size, a depth or a number of things that nobody means well with."""

from base64 import encodebytes
from re import sub

MB = 1024 * 1024
CUT = b'Content-Type: multipart/mixed; boundary="cut"'
HTML = b"Content-Type: text/html; charset=utf-8"
TO = b"headphones@hifi.example"
TEXT = b"Content-Type: text/plain\r\n\r\nIs it green?\r\n"


def build(name, *headers, body=b"Is it green?\r\n", to=TO, subject=b"A giant"):
    """A letter: these headers below those of every letter."""
    lines = (
        b"From: Petr <petr@customer.example>",
        b"To: " + to,
        b"Subject: " + subject,
        b"Date: Mon, 05 Oct 2026 10:00:00 +0300",
        b"Message-ID: <%s@giants.example>" % sub(r"\W+", "-", name).encode(),
        b"MIME-Version: 1.0",
        *headers,
    )
    return b"\r\n".join([*lines, b"", body])


def with_recipients(name):
    people = (b"Person %d <p%d@o%d.example>" % (n, n, n % 97) for n in range(10_000))
    return build(name, to=b",\r\n ".join([TO, *people]))


def with_delivered_to(name):
    lines = (b"Delivered-To: p%d@o.example" % number for number in range(10_000))
    return build(name, *lines)


def with_a_file(name, size=50 * MB):
    file = encodebytes(bytes(range(256)) * (size * 57 // 78 // 256))
    head = (
        b"Content-Type: application/octet-stream\r\n"
        b"Content-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=film.bin\r\n\r\n"
    )
    parts = (b"", TEXT, head + file)
    return build(name, CUT, body=b"--cut\r\n".join(parts) + b"\r\n--cut--\r\n")


def with_text(name):
    return build(name, body=b"Is it green? No, it is blue.\r\n" * (50 * MB // 30))


def with_parts(name):
    return build(name, CUT, body=b"--cut\r\n".join([b"", *[TEXT] * 1000]))


def with_files(name):
    parts = (
        b"Content-Type: text/x-odd\r\n"
        b"Content-Disposition: attachment; filename=%d-%s.txt\r\n\r\nHi\r\n"
        % (number, b"n" * 100)
        for number in range(10_000)
    )
    return build(name, CUT, body=b"--cut\r\n".join([b"", TEXT, *parts]))


def with_a_header(name):
    return build(name, b"X-Long: " + b"a" * MB)


def with_a_subject(name):
    return build(
        name, subject=b" ".join([b"=?utf-8?B?0JfQtdC70ZHQvdGL0LU=?="] * 30_000)
    )


def with_references(name):
    known = b" ".join(b"<r%d@x.example>" % number for number in range(50_000))
    return build(name, b"References: " + known, b"In-Reply-To: " + known)


def with_parameters(name):
    many = b"; ".join(b"x%d=%d" % (number, number) for number in range(60_000))
    return build(name, b"Content-Type: text/plain; " + many)


def with_headers(name):
    return build(name, *(b"X-%d: a" % number for number in range(100_000)))


def with_folds(name):
    return build(name, b"X-A: b\r\n" + b" c\r\n" * 100_000 + b" d")


def nested(name):
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(1, 100)
    )
    closed = b"".join(b"--b%d--\r\n" % n for n in reversed(range(1, 100)))
    return build(name, CUT, body=b"--cut\r\n" + opened + TEXT + closed + b"--cut--\r\n")


def in_letters(name):
    letter = b"Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: in\r\n"
    return build(name, letter + letter * 99)


def in_one_line(name):
    return build(name, body=b"a" * (20 * MB) + b"\r\n")


def nested_html(name, tags, closes=True):
    opened = b"".join(b"<%s>" % tag for tag in tags)
    closed = b"".join(b"</%s>" % tag for tag in reversed(tags)) if closes else b""
    body = opened * 5000 + b"Is it green?" + closed * 5000
    return build(name, HTML, body=b"<html><body>%s</body></html>\r\n" % body)


def of_html(name, piece, start=b""):
    """As long as a text may be before it is cut, of one thing again and again."""
    return build(name, HTML, body=start + piece * (4 * MB // len(piece)) + b"Green?")


def of_text(name, piece):
    return build(name, body=piece * (4 * MB // len(piece)) + b"\r\n")


def with_images(name):
    images = (
        b'<img src="data:image/png;base64,%s">' % encodebytes(b"%d" % number).strip()
        for number in range(2000)
    )
    return build(name, HTML, body=b"".join(images))


def in_many(name, head, piece):
    """Of as many texts as there may be, each longer than people write."""
    part = head + b"\r\n\r\n" + piece * (9_000 // len(piece)) + b"\r\n"
    return build(name, CUT, body=b"--cut\r\n".join([b"", *[part] * 490]))


def in_base64(name, page):
    coded = HTML, b"Content-Transfer-Encoding: base64"
    return build(name, *coded, body=encodebytes(page))


GIANTS = {
    "10,000 recipients": with_recipients,
    "delivered to 10,000": with_delivered_to,
    "50 MB of a file": with_a_file,
    "39 MB of a file": lambda name: with_a_file(name, 39 * MB),
    "50 MB of text": with_text,
    "1,000 parts": with_parts,
    "10,000 files": with_files,
    "a header of 1 MB": with_a_header,
    "a subject of 1 MB": with_a_subject,
    "references to 50,000 letters": with_references,
    "60,000 parameters": with_parameters,
    "100,000 headers": with_headers,
    "100,000 folds": with_folds,
    "parts 100 deep": nested,
    "letters 100 deep": in_letters,
    "one line of 20 MB": in_one_line,
    "tables 5,000 deep": lambda name: nested_html(name, (b"table", b"tr", b"td")),
    "quotes 5,000 deep": lambda name: nested_html(name, (b"blockquote",)),
    "quotes never closed": lambda name: nested_html(
        name, (b"div", b"blockquote"), False
    ),
    "fonts 5,000 deep": lambda name: nested_html(name, (b"font", b"b")),
    "nothing but <": lambda name: of_html(name, b"<"),
    "nothing but < in base64": lambda name: in_base64(name, b"<" * 3 * MB),
    "encodings without end": lambda name: of_html(name, b"x encoding=y ", b"<a "),
    "490 pages": lambda name: in_many(name, HTML, b"<p>Is it green?</p>"),
    "490 texts": lambda name: in_many(name, b"Content-Type: text/plain", b"a? "),
    "comments never closed": lambda name: of_html(name, b"<!--"),
    "attributes without end": lambda name: of_html(name, b"x=y ", b"<a "),
    "styles without end": lambda name: of_html(
        name, b"<p style='color: red; color: blue'>a</p>"
    ),
    "line breaks": lambda name: of_html(name, b"<br>"),
    "lines in base64": lambda name: in_base64(name, b"a\n" * MB),
    "entities": lambda name: of_html(name, b"&lt;"),
    "paragraphs": lambda name: of_html(name, b"<p>Is it green?</p>"),
    "an image in the text": lambda name: of_html(
        name, b"iVBO", b'<img src="data:image/png;base64,'
    ),
    "2,000 images in the text": with_images,
    "words": lambda name: of_text(name, b"word "),
    "short lines": lambda name: of_text(name, b"a\r\n"),
    "quoted lines": lambda name: of_text(name, b"> Is it?\r\n"),
    "questions": lambda name: of_text(name, b"Is it green? "),
    "numbers": lambda name: of_text(name, b"S00042 +7 (495) 123-45-67 INV/2026/00001 "),
    "digits": lambda name: of_text(name, b"1"),
    "blanks": lambda name: of_text(name, b" "),
    "empty lines": lambda name: of_text(name, b"\r\n"),
    "dashes": lambda name: of_text(name, b"-_"),
    "signs of addresses": lambda name: of_text(name, b"a@"),
    "an address without end": lambda name: of_text(name, b"http://a.b."),
}
