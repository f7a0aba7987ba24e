# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Base64, quoted-printable and uuencode undone, also where they are damaged."""

from __future__ import annotations

import binascii
import re
from contextlib import suppress

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]")
# No sign of base64 and no blank: the words that a mailing list appended have one.
NO_SIGN = re.compile(rb"[^A-Za-z0-9+/=\s\x00]")
LINE = re.compile(rb"[^\r\n]+")
CLEAN_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*")
PADDED = re.compile(rb"=+")
BEGIN = re.compile(rb"^begin [^\r\n]*", re.MULTILINE)
BROKEN_SOFT_END = re.compile(rb"=[ \t]+(\r?\n|\Z)")


def decode(octets: bytes, coding: str) -> bytes:
    """What was meant; octets without a coding stay as they are.

    >>> decode(b"SGVs\\nbG8=", "base64"), decode(b"=41= \\nB", "quoted-printable")
    (b'Hello', b'AB')
    """
    if coding == "base64":
        return unbase64(octets)
    if coding == "quoted-printable":
        return unquote(octets)
    if coding == "uuencode":
        return unuu(octets)
    return octets


def is_clean_base64(octets: bytes) -> bool:
    """Whether every reader reads the same in it.

    >>> is_clean_base64(b"SGVs\\r\\nbG8=\\r\\n"), is_clean_base64(b"SGVsbG8")
    (True, False)
    """
    signs = len(octets) - octets.count(b"\r") - octets.count(b"\n")
    return signs % 4 == 0 and CLEAN_BASE64.fullmatch(octets) is not None


def unbase64(octets: bytes) -> bytes:
    r"""Several pieces with ends of their own, missing ends, and text after it.

    >>> unbase64(b"SGVsbG8=\nSGVsbG8")
    b'HelloHello'
    >>> unbase64(b"SGVsbG8=\n\n-- \nA list.\n")
    b'Hello\n-- \nA list.\n'
    >>> unbase64(b"No base64, but said so.")
    b'No base64, but said so.'
    """
    if is_clean_base64(octets):
        return binascii.a2b_base64(octets)
    coded, text = octets, b""
    noise = NO_SIGN.search(octets)
    if noise:
        line = octets.rfind(b"\n", 0, noise.start()) + 1
        if _is_text(octets[line:]):
            coded, text = octets[:line], octets[line:]
    pieces = PADDED.split(NOT_BASE64.sub(b"", coded))
    found = b"".join(_piece(piece) for piece in pieces)
    return found + b"\n" + text if found and text else found or text


def unquote(octets: bytes) -> bytes:
    """Line breaks that are none are undone, also with blanks after them."""
    return binascii.a2b_qp(BROKEN_SOFT_END.sub(rb"=\1", octets))


def unuu(octets: bytes) -> bytes:
    r"""The lines between "begin" and "end"; all of it when there are none.

    >>> unuu(b"begin 644 a.txt\n#86)C\n`\nend\n"), unuu(b"words")
    (b'abc', b'words')
    """
    begin = BEGIN.search(octets)
    found = []
    for match in LINE.finditer(octets, begin.end() if begin else len(octets)):
        if match[0].strip() == b"end":
            break
        with suppress(binascii.Error):
            found.append(binascii.a2b_uu(match[0]))
    return b"".join(found) or octets


def _piece(signs: bytes) -> bytes:
    """One piece without its end; a single sign at the end says nothing."""
    signs = signs[:-1] if len(signs) % 4 == 1 else signs
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _is_text(octets: bytes) -> bool:
    """Words that were appended, not noise between the lines."""
    return b" " in octets.strip() and b"\0" not in octets
