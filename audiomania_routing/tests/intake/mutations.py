# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can happen to the bytes of a letter on its way: each a small function with the
places where it happens as numbers from 0 to 1 of its length.

Hypothesis draws them, so a failure is told as the fewest of them that still fail.
"""

import re
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

HEADER = re.compile(rb"(?:[^\r\n]+(?:\r?\n[ \t][^\r\n]*)*\r?\n)")
CHARSET = re.compile(rb'(charset=["\']?)[^\s;"\']*', re.IGNORECASE)
ENCODED_WORD = re.compile(rb"=\?[^?\s]{1,30}\?")
TRANSFER = re.compile(rb"(Content-Transfer-Encoding:[ \t]*)[^\r\n]*", re.IGNORECASE)
BOUNDARY = re.compile(rb'boundary="?([^";\r\n]+)', re.IGNORECASE)
ADDRESS = re.compile(rb"[\w.+-]{1,64}@[\w.-]{1,255}")

CHARSETS = (
    b"utf-7 utf-16 utf-32 koi8-r windows-1251 iso-2022-jp hz idna punycode undefined"
    b" unicode_escape rot13 hex zlib bz2 base64 mbcs x-user-defined 8bit \xff \x00 *''"
).split(b" ")
TRANSFERS = (
    b"base64 quoted-printable x-uuencode 7bit binary x-none BASE64; \xff".split()
)
NOISE = (
    *(b"\0", b"\r", b"\n", b"\r\n\r\n", b"\xff"),
    *(b"\xed\xa0\x80", b"=?", b"--", b"<", b"%s"),
)
ODD_ADDRESSES = (b"", b"@", b"<>", b"a@", b"@b", b'"@', b"a@b@c", "я@я".encode())
CARRIER = (
    b"From: carrier@posta.example\r\nTo: sales@audiomania.example\r\n"
    b"Subject: Fwd\r\nMessage-ID: <%d.carrier@posta.example>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/%s; boundary="carried"\r\n\r\n'
    b"--carried\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--carried--\r\n"
)


def _split(raw):
    head, gap, body = raw.partition(b"\r\n\r\n")
    return HEADER.findall(head + b"\r\n"), gap[2:] + body


def _replace_one(pattern, new, raw, place):
    """One of the matches, the `place`-th of the way, replaced."""
    found = list(pattern.finditer(raw))
    if not found:
        return raw
    match = found[int(place * (len(found) - 1))]
    return raw[: match.start()] + match.expand(new) + raw[match.end() :]


@dataclass(frozen=True)
class Mutation:
    """Something that happens between two places of the letter."""

    start: float
    end: float
    seed: int

    def __call__(self, raw):
        first, last = sorted((int(self.start * len(raw)), int(self.end * len(raw))))
        return self.mutate(raw, first, last, Random(self.seed))


class Cut(Mutation):
    def mutate(self, raw, first, last, _random):
        return raw[:first] + raw[last:]


class Double(Mutation):
    def mutate(self, raw, first, last, _random):
        return raw[:last] + raw[first:]


class Truncate(Mutation):
    def mutate(self, raw, first, _last, _random):
        return raw[:first]


class Shuffle(Mutation):
    """The lines between two places stand in another order."""

    def mutate(self, raw, first, last, random):
        lines = raw[first:last].split(b"\r\n")
        random.shuffle(lines)
        return raw[:first] + b"\r\n".join(lines) + raw[last:]


class Corrupt(Mutation):
    """Some octets become others."""

    def mutate(self, raw, first, last, random):
        octets = bytearray(raw)
        for _one in range(min(20, last - first)):
            octets[random.randrange(first, last)] = random.randrange(256)
        return bytes(octets)


class Insert(Mutation):
    def mutate(self, raw, first, _last, random):
        return raw[:first] + random.choice(NOISE) * random.choice((1, 3)) + raw[first:]


class SwapHeaders(Mutation):
    def mutate(self, raw, _first, _last, random):
        headers, body = _split(raw)
        random.shuffle(headers)
        return b"".join(headers) + body


class DoubleHeader(Mutation):
    def mutate(self, raw, _first, _last, random):
        headers, body = _split(raw)
        if headers:
            headers.insert(random.randrange(len(headers)), random.choice(headers))
        return b"".join(headers) + body


class DropHeader(Mutation):
    def mutate(self, raw, _first, _last, random):
        headers, body = _split(raw)
        if headers:
            headers.pop(random.randrange(len(headers)))
        return b"".join(headers) + body


class SpoilHeader(Mutation):
    """The value of a header becomes noise, or that of another header."""

    def mutate(self, raw, _first, _last, random):
        headers, body = _split(raw)
        if headers:
            number = random.randrange(len(headers))
            name = headers[number].partition(b":")[0]
            values = [header.partition(b":")[2] for header in headers]
            value = random.choice([*values, b" " + random.choice(NOISE) + b"\r\n"])
            headers[number] = name + b":" + value
        return b"".join(headers) + body


class OtherCharset(Mutation):
    def mutate(self, raw, _first, _last, random):
        name = random.choice(CHARSETS).replace(b"\\", b"")
        raw = _replace_one(CHARSET, rb"\g<1>" + name, raw, self.start)
        return _replace_one(ENCODED_WORD, b"=?" + name + b"?", raw, self.end)


class OtherTransfer(Mutation):
    def mutate(self, raw, _first, _last, random):
        return _replace_one(
            TRANSFER, rb"\g<1>" + random.choice(TRANSFERS), raw, self.start
        )


class OddAddress(Mutation):
    def mutate(self, raw, _first, _last, random):
        return _replace_one(ADDRESS, random.choice(ODD_ADDRESSES), raw, self.start / 4)


class BreakBoundary(Mutation):
    """A boundary ends too early, in the header or where it stands."""

    def mutate(self, raw, _first, _last, random):
        if found := BOUNDARY.search(raw):
            mark = re.compile(re.escape(found[1]))
            short = found[1][: random.randrange(len(found[1]))]
            return _replace_one(mark, short.replace(b"\\", b""), raw, self.start)
        return raw


class Nest(Mutation):
    """The whole letter inside another one, a few times."""

    def mutate(self, raw, _first, _last, random):
        kinds = (b"mixed", b"digest", b"report", b"alternative", b"related")
        for number in range(random.choice((1, 1, 2, 30))):
            raw = CARRIER % (number, random.choice(kinds), raw)
        return raw


MUTATIONS = st.one_of(
    *(
        st.builds(kind, st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**16))
        for kind in (
            Cut,
            Double,
            Truncate,
            Shuffle,
            Corrupt,
            Insert,
            SwapHeaders,
            DoubleHeader,
            DropHeader,
            SpoilHeader,
            OtherCharset,
            OtherTransfer,
            OddAddress,
            BreakBoundary,
            Nest,
        )
    )
)


def mutated(raw, mutations):
    """The letter after all of it, one after the other."""
    for mutation in mutations:
        raw = mutation(raw)
    return raw
