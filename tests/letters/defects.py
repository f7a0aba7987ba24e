# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can be wrong with a letter: a name, and a check that it really is.

Each check reads bytes, by hand: what these letters have is what parsers stumble on.
"""

import base64
import binascii
import codecs
import email
import email.policy
import quopri
import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

LINE = 998  # characters of a line, without its end (RFC 5322)
CHARSETS = (
    "utf-8",
    "windows-1251",
    "koi8-r",
    "mac_cyrillic",
    "gbk",
    "iso-8859-1",
)
CHARSET = re.compile(rb'charset=["\']?([^\s;"\']*)', re.IGNORECASE)
WORD = re.compile(rb"=\?([^?]+)\?([bq])\?(.*?)\?=", re.IGNORECASE | re.DOTALL)
MAILBOX = re.compile(
    rb'(?:"[^"\\]*"|[\w .=?+/-]*) *<[\w.+-]+@[\w.-]+>|[\w.+-]+@[\w.-]+'
)


def split(raw):
    """The headers and the body of a letter, whichever its line ends are."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    if not gap:
        head, _gap, body = raw.partition(b"\n\n")
    return head, body


def headers(raw, name):
    """The unfolded values of every header of that name."""
    found = re.findall(
        rb"^%s:[ \t]*((?:.*)(?:\r?\n[ \t].*)*)" % name.encode(),
        split(raw)[0],
        re.IGNORECASE | re.MULTILINE,
    )
    return [re.sub(rb"\r?\n[ \t]", b" ", value).strip() for value in found]


def contents(raw):
    """What stands in it, by every transfer encoding that it may have."""
    body = split(raw)[1]
    yield body
    yield quopri.decodestring(body)
    for block in re.findall(rb"(?:[A-Za-z0-9+/]{4,}={0,2}\r?\n?)+", body):
        block = re.sub(rb"[\r\n=]", b"", block)
        try:
            yield base64.b64decode(block[: len(block) // 4 * 4 + 4] + b"==")
        except binascii.Error:
            continue


def recoverable(raw, words):
    """Whether these words stand in the letter, in some encoding that exists."""
    for content in contents(raw):
        for charset in CHARSETS:
            shown = content.decode(charset, "replace")
            shown = " ".join(re.sub(r"<[^>]+>", "", shown).split())
            if " ".join(words.split()) in shown.replace("\0", ""):
                return True
    return False


def _unknown(name):
    try:
        codecs.lookup(name.decode())
    except LookupError:
        return True
    return False


def _charsets(raw):
    return [
        name for line in headers(raw, "Content-Type") for name in CHARSET.findall(line)
    ]


def _unknown_charset(raw):
    return all(_unknown(name) for name in _charsets(raw)) and bool(_charsets(raw))


def _no_charset(raw):
    return not any(_charsets(raw)) and not split(raw)[1].isascii()


def _wrong_charset(raw):
    """The letter's own charset does not give the text; another one does."""
    for name in _charsets(raw):
        try:
            shown = quopri.decodestring(split(raw)[1]).decode(name.decode())
        except UnicodeDecodeError:
            return True
        return bool(re.search("[À-ÿ]{4}", shown))
    return False


def _broken_word(raw):
    for value in (*headers(raw, "Subject"), *headers(raw, "From")):
        if re.search(rb'"=\?[^"]*\?="', value):
            return True
        for charset, way, content in WORD.findall(value):
            if re.search(rb"[\s\x80-\xff]", content) or _unreadable(
                charset, way, content
            ):
                return True
    return False


def _unreadable(charset, way, content):
    try:
        if way in b"bB":
            binascii.a2b_base64(content).decode(charset.decode())
        else:
            quopri.decodestring(content, header=True).decode(charset.decode())
    except (LookupError, UnicodeDecodeError, binascii.Error):
        return True
    return False


def _lines(raw):
    return re.split(rb"\r\n|\n", raw)


def _long_header(raw):
    return max(map(len, _lines(split(raw)[0]))) > LINE


def _twice(raw):
    names = re.findall(rb"^(Subject|From|Date):", split(raw)[0], re.MULTILINE)
    return len(names) > len(set(names))


def _no_header(raw):
    return any(
        line and not re.match(rb"[ \t]|[\w-]+:", line) for line in _lines(split(raw)[0])
    )


def _content_type(raw):
    """No type that is one, or words under the type of a nameless file."""
    (value,) = headers(raw, "Content-Type")
    return value == b"application/octet-stream" or not re.match(
        rb"[\w-]+/[\w.+-]+(;|$)", value
    )


def _boundary(raw):
    value = headers(raw, "Content-Type")[0]
    named = re.search(rb'boundary="([^"]+)"', value)
    return not named or (b"--" + named[1] + b"--\r\n") not in split(raw)[1]


def _transfer_encoding(raw):
    (value,) = headers(raw, "Content-Transfer-Encoding")
    body = split(raw)[1]
    return {
        b"base64": bool(re.search(rb"[^A-Za-z0-9+/=\r\n]", body)),
        b"quoted-printable": bool(re.search(rb"=(?![0-9A-F]{2}|\r\n)", body)),
        b"7bit": False,
        b"8bit": False,
    }.get(value, True)


def _file_name(raw):
    names = re.findall(rb'filename="([^"]*)"', split(raw)[1])
    return any(not name.isascii() for name in names)


def _sender(raw):
    """Not exactly one From with one plain mailbox of somebody else."""
    values = headers(raw, "From")
    return (
        len(values) != 1
        or not MAILBOX.fullmatch(values[0])
        or b'@audiomania.example"' in values[0]
    )


def _recipients(raw):
    values = b", ".join(headers(raw, "To"))
    return not all(MAILBOX.fullmatch(one) for one in re.split(rb", *", values))


def _date(raw):
    """No date, or none that is of the days of these letters."""
    try:
        (value,) = headers(raw, "Date")
        moment = parsedate_to_datetime(value.decode("ascii"))
        there = datetime(2026, 11, 23, tzinfo=timezone.utc)
        two_digits = re.search(rb"\w{3} \d\d \d\d:", value)
        return bool(two_digits) or abs((moment - there).days) > 30
    except (ValueError, TypeError, IndexError):
        return True


def _message_id(raw):
    values = re.findall(
        rb"^Message-ID:([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", split(raw)[0], re.MULTILINE
    )
    return len(values) > 1 or any(
        not re.fullmatch(rb" <[^<>\s@]+@[^<>\s@]+>", value) for value in values
    )


def _references(raw):
    value = b" ".join(headers(raw, "References"))
    return bool(value) and not re.fullmatch(rb"(<[^<>\s@]+@[^<>\s@]+>\s*)+", value)


def _report(raw):
    is_report = b"multipart/report" in headers(raw, "Content-Type")[0]
    return is_report and b"message/" not in split(raw)[1]


def _has_eight_bits(raw):
    return not split(raw)[0].isascii()


def _mixed_ends(raw):
    return len({raw.count(b"\r\n"), raw.count(b"\r"), raw.count(b"\n")}) > 1


def _depth(raw):
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    depth = 0
    while message.is_multipart():
        message, depth = message.get_payload(0), depth + 1
    return depth


DEFECTS = {
    "unknown charset": _unknown_charset,
    "no charset": _no_charset,
    "wrong charset": _wrong_charset,
    "8-bit header": _has_eight_bits,
    "broken encoded word": _broken_word,
    "long header line": _long_header,
    "header twice": _twice,
    "no header": _no_header,
    "content type": _content_type,
    "boundary": _boundary,
    "transfer encoding": _transfer_encoding,
    "file name": _file_name,
    "message part": lambda raw: b"message/partial" in headers(raw, "Content-Type")[0],
    "long line": lambda raw: max(map(len, _lines(raw))) > 100_000,
    "line ends": _mixed_ends,
    "nul": lambda raw: b"\0" in split(raw)[0] and b"\0" in split(raw)[1],
    "mbox line": lambda raw: not re.match(rb"[\w-]+:", raw),
    "no body": lambda raw: b"\r\n\r\n" not in raw,
    "many parts": lambda raw: raw.count(b"\r\n--many-parts\r\n") == 600,
    "deep parts": lambda raw: _depth(raw) == 60,
    "sender": _sender,
    "recipients": _recipients,
    "date": _date,
    "message-id": _message_id,
    "references": _references,
    "report": _report,
}
