# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Puts letters together as the bytes that travel: RFC 5322 and MIME, by hand.

Python's own `email` package is not used to write them: it folds and encodes
differently from one version to the next, and it never makes the letters that other
programs make.  Everything here gives the same bytes on every machine.
"""

import base64
import binascii
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

CRLF = b"\r\n"
MOSCOW = timezone(timedelta(hours=3))
DOMAIN = "audiomania.example"
WORD = 64  # characters of an encoded word: with the header's name a line is under 78


@dataclass(frozen=True)
class Expect:
    """What the product makes of a letter (rules of product.md)."""

    outcome: str = "new"
    conversation: str = "new"
    inquiry: bool = True
    readable: tuple[str, ...] = ()
    customer: str | None = None
    names: tuple[str, ...] = ()
    continues: str | None = None
    questions: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    public: bool = False
    rule: int = 1
    defect: tuple[str, ...] = ()  # what is wrong with it: the names of `defects.py`
    answers: str | None = None  # the letter of ours on an order that it answers


@dataclass(frozen=True)
class Letter:
    """One sample: its envelope, its entity (`body`: MIME headers, blank, content)."""

    name: str
    kind: str
    sender: str
    to: str
    subject: str | None
    when: str
    body: bytes
    expect: Expect
    cc: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    charset: str = "utf-8"
    encoding: str = "B"
    return_path: str | None = None
    message_id: str | None = field(default="")
    delivered_to: str = ""
    # Headers as these very bytes, in place of what is made here; None leaves it out
    raw: tuple[tuple[str, bytes | None], ...] = ()
    # What a program on the way did to the whole of it
    finish: Callable[[bytes], bytes] = bytes

    @property
    def file(self):
        return f"{self.name}.eml"

    @property
    def address(self):
        return address_of(self.sender)

    @property
    def own_id(self):
        """The Message-ID; None in a letter that has none."""
        if self.message_id == "":
            return f"<{self.name}@{self._host}>"
        return self.message_id

    @property
    def mailbox(self):
        """The mailbox of ours that it was delivered to."""
        return self.delivered_to or address_of(self.to.split(",")[0])

    @property
    def _host(self):
        return self.address.partition("@")[2] or "relay.example"

    def to_bytes(self):
        head = b"".join(
            key.encode("ascii") + b": " + value + CRLF for key, value in self._lines()
        )
        return self.finish(head + self.body)

    def _lines(self):
        raw = dict(self.raw)
        for key, value in self._headers():
            value = raw.pop(key) if key in raw else value and value.encode("ascii")
            if value:
                yield key, value
        yield from ((key, value) for key, value in raw.items() if value is not None)

    def _headers(self):
        path = self.address if self.return_path is None else self.return_path
        date = _date(self.when)
        yield "Return-Path", f"<{path}>"
        yield "Delivered-To", self.mailbox
        yield (
            "Received",
            f"from mx.{self._host} ([192.0.2.25])\r\n"
            f"\tby mx.{DOMAIN} with ESMTPS id {_queue_id(self.name)}\r\n"
            f"\tfor <{self.mailbox}>; {date}",
        )
        yield "Date", date
        yield "From", person(self.sender, self.charset, self.encoding)
        yield "To", people(self.to, self.charset, self.encoding)
        yield "Cc", people(self.cc, self.charset, self.encoding)
        if self.subject is not None:
            yield "Subject", word(self.subject, self.charset, self.encoding)
        yield "Message-ID", self.own_id
        yield from self.extra
        yield "MIME-Version", "1.0"


def _date(when):
    moment = datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=MOSCOW)
    return format_datetime(moment)


def _queue_id(name):
    return f"4C{zlib.crc32(name.encode()):08X}"


def address_of(mailbox):
    return mailbox.rpartition("<")[2].strip(" >")


# -- headers -------------------------------------------------------------------------


def word(text, charset="utf-8", encoding="B"):
    """RFC 2047: `text` as encoded words, one a line, the name of the header first."""
    if text.isascii():
        return _fold(text)
    return "\r\n ".join(
        f"=?{charset}?{encoding}?{_encode_word(chunk, charset, encoding)}?="
        for chunk in _chunks(text, charset, encoding)
    )


def _encode_word(chunk, charset, encoding):
    raw = chunk.encode(charset)
    if encoding == "B":
        return base64.b64encode(raw).decode("ascii")
    quoted = binascii.b2a_qp(raw, quotetabs=True, header=True).decode("ascii")
    return quoted.replace("?", "=3F")


def _chunks(text, charset, encoding):
    room = WORD - len(f"=?{charset}?{encoding}??=")
    chunk = ""
    for character in text:
        if len(_encode_word(chunk + character, charset, encoding)) > room:
            yield chunk
            chunk = ""
        chunk += character
    yield chunk


def _fold(text):
    lines, line = [], ""
    for piece in text.split(" "):
        if line and len(line) + len(piece) > WORD:
            lines.append(line)
            line = ""
        line = f"{line} {piece}" if line else piece
    return "\r\n ".join([*lines, line])


def person(mailbox, charset="utf-8", encoding="B"):
    """`Name <address>` with the name encoded where it must be."""
    name, bracket, address = mailbox.rpartition("<")
    if not bracket:
        return mailbox
    name = name.strip()
    special = name.isascii() and set(name) & set('.,:;@()"')
    name = f'"{name}"' if special else word(name, charset, encoding)
    space = " " if len(name) + len(address) < WORD else "\r\n "
    return f"{name}{space}<{address}"


def people(mailboxes, charset="utf-8", encoding="B"):
    return ",\r\n ".join(
        person(mailbox.strip(), charset, encoding)
        for mailbox in mailboxes.split(",")
        if mailbox.strip()
    )


# -- entities ------------------------------------------------------------------------


def encode(data, transfer):
    """`data` as it travels under that Content-Transfer-Encoding."""
    if transfer == "base64":
        return base64.encodebytes(data).replace(b"\n", CRLF)
    if transfer == "quoted-printable":
        data = binascii.b2a_qp(data, istext=True)
    return data.replace(b"\n", CRLF)


def entity(content_type, data, transfer="7bit", **headers):
    """A MIME entity: its headers, a blank line, its content."""
    lines = [
        f"Content-Type: {content_type}",
        f"Content-Transfer-Encoding: {transfer}",
        *(f"Content-{key.title()}: {value}" for key, value in headers.items()),
    ]
    head = "\r\n".join(lines).encode("ascii")
    return head + CRLF + CRLF + encode(data, transfer)


def raw_entity(*headers, data=b""):
    """An entity whose headers are these very bytes, or the text of them."""
    lines = (
        line.encode("ascii") if isinstance(line, str) else line for line in headers
    )
    return CRLF.join(lines) + CRLF + CRLF + data.replace(b"\n", CRLF)


def mislabelled(content_type, content, charset, transfer="8bit"):
    """Text in `charset` under a Content-Type that says something else."""
    return entity(content_type, (content.strip("\n") + "\n").encode(charset), transfer)


def text(content, charset="utf-8", transfer="8bit", subtype="plain", params=""):
    content = content.strip("\n") + "\n"
    return entity(
        f"text/{subtype}; charset={charset}{params}", content.encode(charset), transfer
    )


def html(content, charset="utf-8", transfer="quoted-printable"):
    return text(content, charset, transfer, subtype="html")


def multipart(subtype, boundary, *parts, params=""):
    head = f'Content-Type: multipart/{subtype};{params}\r\n boundary="{boundary}"'
    mark = b"--" + boundary.encode("ascii")
    body = b"".join(mark + CRLF + part + CRLF for part in parts)
    head = head.encode("ascii") + CRLF + CRLF
    return (
        head
        + b"This is a multi-part message in MIME format."
        + CRLF
        + (body + mark + b"--" + CRLF)
    )


def attachment(name, content_type, data, charset="utf-8"):
    """A file in base64; the name as most programs send it, in encoded words."""
    shown = word(name, charset)
    return entity(
        f'{content_type};\r\n name="{shown}"',
        data,
        "base64",
        disposition=f'attachment;\r\n filename="{shown}"',
    )


def inline(cid, name, content_type, data):
    return entity(
        f'{content_type}; name="{name}"',
        data,
        "base64",
        id=f"<{cid}>",
        disposition=f'inline; filename="{name}"',
    )


def attached_letter(raw):
    """A whole letter inside a letter (message/rfc822)."""
    return entity("message/rfc822", raw.replace(CRLF, b"\n"), "8bit")


# -- files ---------------------------------------------------------------------------


def pdf(line):
    """A page with one line of text, small and valid."""
    stream = f"BT /F1 14 Tf 60 760 Td ({line}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\n" % count
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def photo(width=96, height=72):
    """A picture of a turntable: a record on a wooden plinth, as a PNG."""
    palette = bytes((150, 104, 62, 18, 18, 20, 54, 54, 58, 200, 60, 40, 210, 210, 205))
    rows = b"".join(
        b"\0" + bytes(_colour(x - width // 2.4, y - height // 2) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", _deflate(rows)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _png_chunk(kind, data) for kind, data in (*chunks, (b"IEND", b""))
    )


def _colour(x, y):
    radius = int((x * x + y * y) ** 0.5)
    if radius > 32:
        return 4 if 38 <= x <= 41 and y < 20 else 0
    if radius < 10:
        return 4 if radius < 2 else 3
    return 1 if radius % 4 else 2


def _deflate(data):
    """zlib with one stored block: compressors differ, this does not."""
    size = len(data)
    block = b"\x01" + struct.pack("<HH", size, size ^ 0xFFFF) + data
    return b"\x78\x01" + block + struct.pack(">I", zlib.adler32(data))


def _png_chunk(kind, data):
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def tnef(name, data):
    """winmail.dat of Outlook with one file inside (TNEF)."""
    title = name.encode("cp1251") + b"\0"
    attributes = (
        (1, 0x00089006, struct.pack("<I", 0x00010000)),
        (1, 0x00069007, struct.pack("<II", 1251, 0)),
        (1, 0x00078008, b"IPM.Microsoft Mail.Note\0"),
        (2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)),
        (2, 0x00018010, title),
        (2, 0x0006800F, data),
    )
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(
        struct.pack("<BII", level, attribute, len(content))
        + content
        + struct.pack("<H", sum(content) & 0xFFFF)
        for level, attribute, content in attributes
    )


def pkcs7(kind):
    """The frame of a signature (kind 2) or of an encrypted letter (3), empty."""
    oid = bytes.fromhex("06092a864886f70d0107")
    inner = bytes.fromhex("0201013100300b") + oid + b"\x01" + b"\x31\0"
    content = b"\x30" + bytes([len(inner)]) + inner
    content = oid + bytes([kind]) + b"\xa0" + bytes([len(content)]) + content
    return b"\x30" + bytes([len(content)]) + content


def docx(*paragraphs):
    """A word processor's document with those paragraphs."""
    namespace = "http://schemas.openxmlformats.org"
    main = f"{namespace}/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paragraphs)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{namespace}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document'
        '.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{namespace}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{namespace}/officeDocument/2006/relationships'
        '/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body>'
        "</w:document>",
    }
    return _zip(files)


def _zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2026, 11, 1, 12, 0, 0))
            info.create_system = 3
            xml = f'<?xml version="1.0" encoding="UTF-8"?>{content}'
            archive.writestr(info, xml.encode())
    return out.getvalue()
