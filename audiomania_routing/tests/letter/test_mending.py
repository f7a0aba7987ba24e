# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A mended letter can be read, and says what the broken one says."""

import email
import email.policy

import pytest
from broken import (
    EXAMPLES,
    HEAD,
    LONG,
    PDF,
    SOUND,
    STATUS,
    WORDS,
    base64,
    mixed,
    report,
    text,
)
from hypothesis import given
from hypothesis import strategies as st
from letter import mending, reading, trial
from letter.bounds import Limits
from letter.defects import Code
from letter.glance import glance
from letter.mending import is_sound, mend, plain_text
from letter_samples import ANYTHING, NAMES, build, index, letter

HEADERS = (
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "Reply-To",
)
LARGE = {"six-hundred-parts.eml"}


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.SMTP)


def in_one_line(text):
    return " ".join(text.split())


def files(raw):
    """Names and octets of the files in a letter, as Python's own reader gives them."""
    return {
        part.get_filename(): part.get_payload(decode=True)
        for part in parsed(raw).walk()
        if part.get_filename()
    }


def assert_can_be_read(raw):
    assert is_sound(raw)
    assert trial.why_not(raw) == ""
    message = parsed(raw)
    for name in HEADERS:
        for value in message.get_all(name, []):
            value.encode()
    for part in message.walk():
        if not part.is_multipart():
            part.get_content()


@pytest.mark.parametrize(
    ("raw", "words"),
    [(raw, words) for _code, raw, words in EXAMPLES],
    ids=[code.value for code, _raw, _words in EXAMPLES],
)
def test_every_example_of_damage_is_mended_and_says_the_same(raw, words):
    mended = mend(raw)
    assert_can_be_read(mended.raw)
    assert mended.defects
    assert words in plain_text(mended.raw) + "".join(
        each.decode("utf-8", "replace") + each.decode("cp1251", "replace")
        for each in files(mended.raw).values()
    )


@pytest.mark.parametrize("raw", SOUND)
def test_a_sound_letter_can_be_written_anew_too(raw):
    mended = mend(raw)
    assert_can_be_read(mended.raw)
    assert mended.defects == ()
    assert in_one_line(plain_text(mended.raw)) == in_one_line(plain_text(raw))


@pytest.mark.parametrize("entry", index(), ids=lambda entry: entry["file"])
def test_the_words_of_the_letters_of_the_repository_survive(entry):
    raw = letter(entry["file"])
    mended = mend(raw).raw
    assert_can_be_read(mended)
    words = in_one_line(plain_text(mended))
    for readable in entry["expected"]["readable"]:
        assert in_one_line(readable) in words
    if entry["file"] not in LARGE:
        assert words == in_one_line(plain_text(raw))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_seen_at_a_glance_survives(name):
    before, after = glance(letter(name)), glance(mend(letter(name)).raw)
    assert after.sender_email == before.sender_email
    assert after.subject == before.subject
    assert set(after.recipients) >= set(before.recipients[:20])
    if (
        before.message_id
        and before.message_id.isascii()
        and " " not in before.message_id
    ):
        assert after.message_id in (before.message_id, f"<{before.message_id}>")


@pytest.mark.parametrize("name", sorted(set(NAMES) - LARGE))
def test_no_file_of_a_letter_is_lost(name):
    raw = letter(name)
    if not is_sound(raw):
        return
    mended = files(mend(raw).raw)
    for file_name, octets in files(raw).items():
        assert octets is None or octets in mended.values(), file_name


@given(ANYTHING)
def test_any_octets_are_mended(raw):
    assert_can_be_read(mend(raw).raw)


@given(ANYTHING)
def test_any_octets_have_words(raw):
    words = plain_text(raw)
    assert len(words) <= 100_000
    assert "\0" not in words
    words.encode()


# Octets from 0x80 to 0xBF (typographic signs, Ё) may be read as UTF-8 as well.
RUSSIAN = st.characters(
    codec="ascii", categories=("L", "N", "P", "Zs")
) | st.characters(min_codepoint=0x410, max_codepoint=0x44F)


@given(st.text(RUSSIAN, max_size=11))
def test_words_survive_sign_for_sign(words):
    raw = build(
        *HEAD,
        "Content-Type: text/plain; charset=windows-1251",
        body=words.encode("cp1251"),
    )
    again = mend(raw + b"\0").raw
    assert plain_text(again).split() == words.split()


# ----------------------------------------------------------------------
# The original
# ----------------------------------------------------------------------


def test_the_original_is_attached_as_octets_that_nobody_parses():
    raw = text("x-unknown")
    part = list(parsed(mend(raw).raw).walk())[-1]
    assert part.get_filename() == "original.eml"
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_content() == raw


def test_the_original_is_left_out_when_it_is_large_or_adds_nothing():
    assert "original.eml" not in files(
        mend(text("x-unknown"), Limits(original=100)).raw
    )
    assert "original.eml" not in files(mend(build(*HEAD, body="a\x07b")).raw)
    assert files(mend(b"").raw) == {}


# ----------------------------------------------------------------------
# Headers
# ----------------------------------------------------------------------


def mended_header(*lines, name="From"):
    broken = "Content-Type: font/woff"
    value = parsed(mend(build(*lines, broken)).raw)[name]
    return None if value is None else str(value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"From: {LONG} <a@b.ru>", f"{LONG} <a@b.ru>"),
        ("From: =?utf-8?q?a?= =?utf-8?q?_b?= <a@b.ru>", "a b <a@b.ru>"),
        ('From: "a, b" <a@b.ru>', '"a, b" <a@b.ru>'),
        ('From: "a \\"b\\" =?c?=" <a@b.ru>', '"a \\"b\\" c" <a@b.ru>'),
        ('From: <"ivan the third"@b.ru>', '"ivan the third"@b.ru'),
        ("From: Boris from the third floor", '"Boris from the third floor"'),
        ("From: Почта <я@дом.рф>", "Почта <я@дом.рф>"),
        ("From: <>", None),
        ("Reply-To: a@b.ru", "a@b.ru"),
    ],
)
def test_who_wrote_is_kept(written, read):
    found = mended_header(written)
    assert (
        found is None
        if read is None
        else found.replace('"', "") == read.replace('"', "")
    )


def test_who_wrote_is_told_by_another_header_when_from_has_no_address():
    assert mended_header("From: Boris", "Return-Path: <b@c.ru>") == "Boris <b@c.ru>"


@pytest.mark.parametrize(
    ("name", "lines", "read"),
    [
        ("To", ("To: a@b.ru; c@d.ru", "To: a@b.ru"), "a@b.ru, c@d.ru"),
        ("Return-Path", ("Return-Path: <MAILER-DAEMON>",), "<>"),
        ("Return-Path", ("Return-Path: a@b.ru",), "<a@b.ru>"),
        ("Message-ID", ("Message-ID: a@b",), "<a@b>"),
        ("Message-ID", ("Message-ID: <a b@c>",), "<ab@c>"),
        ("Message-ID", ("Message-ID: <>",), None),
        ("References", ("References: <a@b>\r\n,<c@d> junk",), "<a@b> <c@d>"),
        ("In-Reply-To", ("In-Reply-To: nothing",), None),
        ("Date", ("Date: 2 Nov 2026 10:00 +0300",), "Mon, 02 Nov 2026 10:00:00 +0300"),
        ("Date", ("Date: soon",), None),
        ("Auto-Submitted", ("Auto-Submitted: auto-replied",), "auto-replied"),
        ("List-Id", ("List-Id: =?utf-8?q?a?= <l.b.ru>",), "a <l.b.ru>"),
        ("X-Spam-Flag", ("X-Spam-Flag: YES", "X-Spam-Flag: NO"), "YES"),
        ("Subject", ("Subject:", "Subject: Да\x07!"), "Да!"),
        ("DKIM-Signature", ("DKIM-Signature: v=1",), None),
        ("X-Empty", ("X-Empty:",), None),
    ],
)
def test_a_header_is_kept_as_far_as_it_makes_sense(name, lines, read):
    found = mended_header(*lines, name=name)
    assert found == read


def test_a_message_id_that_no_reader_reads_gets_another_name_always_the_same():
    first, second = (
        mended_header("Message-ID: <Ы@Ъ>".encode("koi8-r"), name="Message-ID")
        for _ in "ab"
    )
    assert first == second
    assert first.endswith("@mended.invalid>")


def test_many_people_and_many_letters_are_cut_to_what_can_be_read():
    people = ", ".join(f"{LONG} {n} <u{n}@b.ru>" for n in range(400))
    letters = " ".join(f"<{n:060}@b.ru>" for n in range(490))
    raw = build(
        f"To: {people}",
        f"Cc: {people}",
        f"References: {letters}",
        *(f"X-{n}: {LONG * 9}" for n in range(90)),
    )
    mended = mend(raw).raw
    assert_can_be_read(mended)
    assert "<u0@b.ru>" in parsed(mended)["To"]
    assert f"<{489:060}@b.ru>" in parsed(mended)["References"]


# ----------------------------------------------------------------------
# Parts
# ----------------------------------------------------------------------


def test_html_stays_html_and_its_pictures_are_found():
    raw = mixed(
        "Content-Type: text/html; charset=x-odd\r\n\r\n<p>Да</p>\r\n",
        "Content-Type: image/png\r\nContent-ID: <a@b>\r\n"
        "Content-Disposition: inline; filename=a.png\r\n\r\nPNG\r\n",
    )
    page, picture = list(parsed(mend(raw).raw).walk())[2:4]
    assert page.get_content().strip() == "<p>Да</p>"
    assert page.get_content_type() == "text/html"
    assert (picture["Content-ID"], picture.get_filename()) == ("<a@b>", "a.png")
    assert picture.get_content_disposition() == "inline"


def test_a_page_without_parts_is_seen_to_be_one():
    raw = build("Content-Type: multipart/related", body="<html><p>Hi</p></html>")
    assert (
        next(
            p
            for p in parsed(mend(raw).raw).walk()
            if p.get_content_maintype() == "text"
        ).get_content_type()
        == "text/html"
    )


def test_an_invitation_keeps_its_method():
    raw = mixed(
        "Content-Type: text/calendar; method=REQUEST; charset=x\r\n\r\nBEGIN\r\n"
    )
    part = list(parsed(mend(raw).raw).walk())[2]
    assert part.get_param("method") == "REQUEST"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (b'filename="C:\\temp\\a.pdf"', "a.pdf"),
        (b"filename==?utf-8?q?=D0=AF.pdf?=", "Я.pdf"),
        ('filename="Счёт.pdf"'.encode("cp1251"), "Счёт.pdf"),
        (b"filename*=utf-8''%D0%AF.pdf", "Я.pdf"),
        (b"filename*0*=koi8-r''%F1; filename*1=.pdf", "Я.pdf"),
        (b'filename="' + b"a" * 300 + b'.pdf"', "a" * 146 + ".pdf"),
        (b'filename="' + b"a" * 300 + b'"', "a" * 150),
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="open', "open"),
    ],
)
def test_a_file_keeps_its_octets_and_a_safe_name(written, kept):
    head = b"Content-Type: font/woff\r\nContent-Disposition: attachment; " + written
    raw = mixed("%").replace(b"%", head + b"\r\n\r\n" + PDF.replace(b"%", b"."))
    assert files(mend(raw).raw)[kept] == PDF.replace(b"%", b".")


def test_a_text_file_keeps_its_octets_whatever_it_says():
    for octets in (WORDS.encode("cp1251"), b"a\x00\xff\xfe", WORDS.encode()):
        raw = text("utf-8", octets, "Content-Disposition: attachment; filename=a.csv")
        raw = mixed("%").replace(b"%", raw)
        assert octets in [
            each.rstrip(b"\r\n") for each in files(mend(raw).raw).values()
        ]


def test_files_that_are_too_large_are_left_out_and_named():
    limits = Limits(letter=4000)
    raw = mixed(
        "\r\nOne\r\n",
        "Content-Disposition: attachment; filename=big.bin\r\n\r\n" + "x" * 3000,
    )
    mended = mend(raw, limits)
    assert_can_be_read(mended.raw)
    assert "big.bin" in [defect.detail for defect in mended.defects]
    assert "big.bin" not in files(mended.raw)


def test_a_letter_that_is_one_file_too_large_is_empty():
    raw = build("Content-Type: a/b", body=b"x" * 3000)
    assert plain_text(mend(raw, Limits(letter=3500, original=1)).raw) == ""


def test_a_text_that_is_too_long_is_cut_and_named():
    mended = mend(build(*HEAD, body="word " * 1000), Limits(text=400))
    assert Code.TEXT_TOO_LARGE in {defect.code for defect in mended.defects}
    assert plain_text(mended.raw).startswith("word word")
    wide = mend(
        text("windows-1251", ("слово " * 50).encode("cp1251")), Limits(text=500)
    )
    assert Code.TEXT_TOO_LARGE in {defect.code for defect in wide.defects}


def test_many_long_file_names_are_shortened():
    part = "Content-Disposition: attachment; filename*=utf-8''%s%d.a\r\n\r\nx\r\n"
    raw = mixed(*(part % ("%D0%AF" * 40, n) for n in range(300)))
    mended = mend(raw).raw
    assert_can_be_read(mended)
    assert "file" in files(mended)


def test_a_signature_is_no_promise_any_more():
    raw = mixed("\r\nOne\r\n").replace(b"multipart/mixed", b"multipart/signed")
    assert b"multipart/signed" not in mend(raw).raw.split(b"original.eml")[0]


def test_words_at_the_bottom_of_deep_enclosures_are_found():
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(60)
    )
    rfc822 = "Content-Type: message/rfc822\n\n" * 60
    for deep in (opened, rfc822):
        mended = mend(f"From: a@b.ru\n{deep}\nDown here".encode())
        assert_can_be_read(mended.raw)
        assert "Down here" in plain_text(mended.raw)
        assert Code.TOO_DEEP in {defect.code for defect in mended.defects}


def test_the_parts_above_the_limit_are_left_out_and_named():
    mended = mend(mixed(*["\r\nText\r\n"] * 498))
    assert Code.TOO_MANY_PARTS in {defect.code for defect in mended.defects}
    assert_can_be_read(mended.raw)


# ----------------------------------------------------------------------
# Reports
# ----------------------------------------------------------------------


def test_a_report_stays_one_and_its_fields_can_be_read():
    status = (
        STATUS + "Diagnostic-Code: smtp; нет\r\n such person\r\n junk\r\nnone\r\n\r\n"
    )
    returned = (
        "Content-Type: message/rfc822\r\n\r\n"
        "Message-ID: <a@b.ru>\r\nFrom: <@\r\n\r\nOurs"
    )
    message = parsed(mend(report("\r\nSorry\r\n", status, returned)).raw)
    assert message.get_content_type() == "multipart/report"
    assert message.get_param("report-type") == "delivery-status"
    words, fields, letter_back, _original = message.get_payload()
    assert words.get_content().strip() == "Sorry"
    group = fields.get_payload()[1]
    assert group["Final-Recipient"] == "rfc822; gone@b.ru"
    assert group["Diagnostic-Code"].startswith("smtp; нет")
    assert letter_back.get_content()["Message-ID"] == "<a@b.ru>"


def test_fields_begin_with_a_name():
    raw = report(
        "\r\nSorry\r\n",
        "Content-Type: message/delivery-status\r\n\r\n folded\r\n\r\nA: b",
    )
    fields = parsed(mend(raw).raw).get_payload()[1]
    assert fields.get_payload()[0]["A"] == "b"


def test_a_letter_in_base64_is_a_file():
    part = list(parsed(mend(base64("SGk=", "message/rfc822")).raw).walk())[1]
    assert part.get_content() == b"Hi"


# ----------------------------------------------------------------------
# The last resort
# ----------------------------------------------------------------------


def test_words_make_a_letter_when_the_parts_cannot_be_written(monkeypatch):
    def fail(*args):
        raise RecursionError

    monkeypatch.setattr(mending.writing, "rewrite", fail)
    mended = mend(text("windows-1251"))
    assert_can_be_read(mended.raw)
    assert plain_text(mended.raw) == WORDS
    assert parsed(mended.raw)["From"] == "a@b.ru"
    assert mended.defects[-1].code == Code.UNREADABLE
    assert "original.eml" in files(mended.raw)


def test_words_make_a_letter_when_what_was_written_is_not_sound(monkeypatch):
    monkeypatch.setattr(mending.writing, "rewrite", lambda *args: b"\xff")
    mended = mend(build("From: a@b.ru", body=""), Limits(original=1))
    assert_can_be_read(mended.raw)
    assert mended.defects[-1].detail == "not sound"


def test_the_headers_are_left_out_when_they_cannot_be_written(monkeypatch):
    def fail(*args):
        raise ValueError

    monkeypatch.setattr(mending.writing.heading, "write", fail)
    mended = mend(text("windows-1251"))
    assert_can_be_read(mended.raw)
    assert plain_text(mended.raw) == WORDS
    assert parsed(mended.raw)["From"] is None


def test_an_empty_letter_is_what_is_left_when_nothing_can_be_written(monkeypatch):
    monkeypatch.setattr(mending, "is_sound", lambda raw: False)
    assert mend(text("windows-1251")).raw == b""


def test_words_are_found_in_anything():
    assert plain_text(b"") == ""
    assert plain_text(b"Just words") == "Just words"
    assert plain_text(WORDS.encode("koi8-r")) == WORDS
    assert plain_text(build("Content-Type: font/woff", body="Words")) == "Words"
    assert plain_text(build("Content-Type: application/pdf", body=PDF)) == ""
    assert len(plain_text(b"word " * 100_000)) <= 100_000


def test_plain_words_count_more_than_a_page():
    raw = mixed("\r\nPlain\r\n", "Content-Type: text/html\r\n\r\n<b>Page</b>\r\n")
    assert plain_text(raw) == "Plain"
    assert plain_text(raw.replace(b"Plain", b"")) == "Page"


def test_the_work_for_twice_the_letter_is_twice_at_most(monkeypatch):
    def looked_at(number):
        seen = []
        split = reading.headers.split_part
        monkeypatch.setattr(
            reading.headers,
            "split_part",
            lambda raw, start, end, **kw: (
                seen.append(end - start) or split(raw, start, end, **kw)
            ),
        )
        deep = "".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
            for n in range(number)
        )
        mend(f"From: a@b.ru\n{deep}\nText".encode())
        monkeypatch.undo()
        return sum(seen)

    assert looked_at(4000) < 2.5 * looked_at(2000)


def test_fields_of_a_report_make_no_part_of_its_own():
    report = build(
        *HEAD,
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        body="--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n"
        "Content-Type: multipart/report; boundary=c\r\n\r\n--b--\r\n",
    )
    assert_can_be_read(mend(report + b"\0").raw)


def test_a_file_with_the_sign_for_unreadable_octets_is_kept():
    raw = (
        b"From: a@b.ru\nTo: c@d.ru\nSubject: s\nDate: Fri, 10 Aug 2012 14:16:26 +0000\n"
        b"Message-ID: <1@b.ru>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n'
        b"\n--x\nContent-Type: text/plain\n\nSee the file\n"
        b'--x\nContent-Type: text/xml; charset="us-ascii"\n'
        b'Content-Disposition: attachment; filename="a.xml"\n'
        b"Content-Transfer-Encoding: 8bit\n\n<a>\xef\xbf\xbd</a>\n--x--\n"
    )
    mended = mend(raw)
    assert [defect.code for defect in mended.defects] == [Code.WRONG_CHARSET]
    assert b'filename="a.xml"' in mended.raw
