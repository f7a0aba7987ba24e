# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What would hang or swell a parser is found, and cut, before anything is parsed."""

import email
import email.policy
import tracemalloc

import pytest
from hypothesis import given
from letter import bounds, reading
from letter.bounds import LIMITS, Limits, exceeded, shorten
from letter.defects import Code
from letter.glance import glance
from letter_samples import ANYTHING, NAMES, build, letter

SMALL = Limits(
    letter=1500,
    headers=400,
    header=120,
    part_header=60,
    addresses=3,
    references=3,
    signs=40,
    part_signs=12,
    parts=4,
    depth=2,
    text=300,
)
MIXED = "Content-Type: multipart/mixed; boundary="


def codes(raw, limits=LIMITS):
    return [defect.code for defect in exceeded(raw, limits)]


def enclosures(number):
    """Enclosures that never end, each in the one before."""
    opened = (f"{MIXED}b{n}\n\n--b{n}\n" for n in range(number))
    return ("From: a@b.ru\n" + "".join(opened) + "\nText\n").encode()


def parts(number, of="\n\nText\n"):
    return (f"From: a@b.ru\n{MIXED}b\n" + f"\n--b{of}" * number).encode()


BOMBS = {
    "huge-header.eml": Code.HEADER_TOO_LARGE,
    "huge-references.eml": Code.TOO_MANY_REFERENCES,
    "six-hundred-parts.eml": Code.TOO_MANY_PARTS,
    "sixty-levels.eml": Code.TOO_DEEP,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_what_is_too_much_in_the_letters_of_the_repository_is_named(name):
    assert BOMBS[name] in codes(letter(name))


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(BOMBS)))
def test_nothing_is_too_much_in_a_letter_that_people_send(name):
    raw = letter(name)
    assert exceeded(raw) == ()
    assert shorten(raw) == raw


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (enclosures(21), Code.TOO_DEEP),
        (enclosures(40_000), Code.TOO_DEEP),
        (b"Content-Type: message/rfc822\n\n" * 60_000, Code.TOO_DEEP),
        (parts(500), Code.TOO_MANY_PARTS),
        (parts(300_000), Code.TOO_MANY_PARTS),
        (build(b"To: " + b"a@b.ru, " * 501), Code.TOO_MANY_ADDRESSES),
        (build(b"References: " + b"<a@b.ru> " * 501), Code.TOO_MANY_REFERENCES),
        (build(b"Subject: " + b"word " * 43_000), Code.HEADER_TOO_LARGE),
        (build(b"From: " + b"(" * 20_000), Code.TOO_MANY_SIGNS),
        (build(b"Content-Type: text/plain" + b"()" * 400), Code.TOO_MANY_SIGNS),
        (parts(120, '\nContent-Type: a/b; c="d"' + "(e)" * 90), Code.TOO_MANY_SIGNS),
        (parts(1, f"\nX-A: {'a' * 40_000}\n\n"), Code.HEADER_TOO_LARGE),
        (parts(20, f"\nX-A: {'a' * 30_000}\n\n"), Code.HEADERS_TOO_LARGE),
        (build(*["X-A: " + "b" * 1000] * 300), Code.HEADERS_TOO_LARGE),
        (b"X-A: b\n" * 500_000, Code.HEADERS_TOO_LARGE),
        (build(body=b"a" * (5 * 2**20)), Code.TEXT_TOO_LARGE),
        (build("Content-Type: a/b", body=b"a" * (40 * 2**20)), Code.LETTER_TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Code) else "",
)
def test_what_is_too_much_is_named_and_cut(raw, code):
    assert code in codes(raw)
    short = shorten(raw)
    assert exceeded(short) == ()
    assert len(short) < len(raw)
    message = email.message_from_bytes(short, policy=email.policy.SMTP)
    assert list(message.walk())


@pytest.mark.parametrize("name", range(1, 20))
def test_headers_without_end_are_too_much_wherever_the_limit_cuts_them(name):
    """Also in the middle of a name, which then looks like the first line of a text."""
    raw = build(*[f"X-{'n' * name}: a"] * 40_000)
    assert Code.HEADERS_TOO_LARGE in codes(raw)
    assert exceeded(shorten(raw)) == ()


def test_a_text_of_one_line_at_the_limit_is_a_text():
    head = b"From: a@b.ru\nSubject: " + b"s" * (SMALL.header - 10) + b"\n\n"
    raw = head + b"word " * (SMALL.headers // 5)
    assert Code.HEADERS_TOO_LARGE not in codes(raw, SMALL)


def test_just_as_much_as_may_be_is_fine():
    assert codes(enclosures(20)) == []
    assert codes(parts(499)) == []
    assert codes(build(b"To: " + b"a@b.ru, " * 499)) == []
    assert codes(build(body=b"a" * 5_000_000)) == []


def test_a_file_may_be_larger_than_a_text():
    raw = build("Content-Disposition: attachment; filename=a", body=b"a" * 6_000_000)
    assert codes(raw) == []


def test_who_wrote_and_to_whom_is_kept_when_the_headers_are_cut():
    raw = build(
        *["X-A: " + "b" * 1000] * 300, "From: a@b.ru", "To: c@d.ru", "Subject: Hi"
    )
    seen = glance(shorten(raw))
    assert (seen.sender_email, seen.recipients, seen.subject) == (
        "a@b.ru",
        ("c@d.ru",),
        "Hi",
    )
    assert shorten(raw).endswith(b"Text\r\n")


def test_the_first_addresses_and_the_latest_references_are_kept():
    ids = [f"<{number}@b.ru>" for number in range(600)]
    raw = build(
        "To: " + ",".join(f"u{n}@b.ru" for n in range(600)),
        "References: " + " ".join(ids),
    )
    short = shorten(raw)
    assert glance(short).recipients[0] == "u0@b.ru"
    assert b"<599@b.ru>" in short
    assert b"<99@b.ru>" not in short


def test_one_header_that_names_letters_too_often_is_cut_at_its_end():
    short = shorten(build("In-Reply-To: " + "<a@b.ru>" * 600))
    assert short.count(b"<a@b.ru>") == LIMITS.references


def test_the_parts_before_the_last_one_are_kept():
    short = shorten(parts(600))
    assert len(reading.read(short).root.parts) == LIMITS.parts - 1


def test_the_outer_enclosures_are_kept():
    deepest = max(
        part.depth for part in reading.read(shorten(enclosures(90))).root.walk()
    )
    assert deepest == LIMITS.depth


@given(ANYTHING)
def test_whatever_is_cut_is_short_enough(raw):
    short = shorten(raw, SMALL)
    assert exceeded(short, SMALL) == ()
    if not exceeded(raw, SMALL):
        assert short == raw


def test_what_cannot_be_cut_to_measure_is_left_out(monkeypatch):
    monkeypatch.setattr(bounds, "TRIES", 0)
    assert shorten(parts(600)) == b""


def test_the_memory_for_twice_the_letter_is_twice_at_most():
    def peak(size):
        raw = parts(size, "\nContent-Type: text/plain\n\nText\n")
        tracemalloc.start()
        exceeded(raw)
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    assert peak(20_000) < 1.1 * peak(10_000)


def test_twice_the_letter_is_twice_the_work(monkeypatch):
    def looked_at(number):
        lines = []
        split = bounds.headers.split_part
        monkeypatch.setattr(
            bounds.headers,
            "split_part",
            lambda raw, start, end, **kw: (
                lines.append(end - start) or split(raw, start, end, **kw)
            ),
        )
        exceeded(enclosures(number))
        monkeypatch.undo()
        return sum(lines)

    assert looked_at(4000) < 2.2 * looked_at(2000)
