# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An entry is made from any octets: headers, as well as they can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.glance import LONGEST, Glance, glance
from letter_samples import ANYTHING, build, index, letter

NAME = "Константин Константинопольский"


@pytest.mark.parametrize("entry", index(), ids=lambda entry: entry["file"])
def test_every_letter_of_ours_is_seen_as_the_index_says(entry):
    seen = glance(letter(entry["file"]))
    assert seen.message_id == (entry["message_id"] and entry["message_id"][:LONGEST])
    assert seen.sender_email == (entry["from"] or "").lower()
    assert {each.lower() for each in entry["to"]} <= set(seen.recipients)


@given(ANYTHING)
def test_any_octets_can_be_glanced_at(raw):
    seen = glance(raw)
    assert isinstance(seen, Glance)
    assert seen.size == len(raw)
    for text in (seen.message_id or "", seen.sender, seen.subject, seen.date):
        assert "\x00" not in text
        text.encode()
    assert all("@" in each for each in seen.recipients)


@given(st.lists(st.sampled_from([b'"', b"(", b"<", b">", b",", b":", b"\\", b"a@b"])))
def test_any_signs_in_an_address_header_can_be_read(signs):
    found = glance(build(b"To: " + b"".join(signs))).recipients
    assert len(found) <= signs.count(b"a@b")


def test_nothing_at_all_is_a_letter_too():
    assert glance(b"") == Glance(None, "", "", (), "", "", 0)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_headers_that_nobody_encoded_are_read(charset):
    raw = build(
        f"From: {NAME} <k@shop.ru>".encode(charset),
        "Subject: Где мой заказ?".encode(charset),
    )
    seen = glance(raw)
    assert seen.sender == f"{NAME} <k@shop.ru>"
    assert seen.subject == "Где мой заказ?"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"=?utf-8?b?0JTQvtC=?= =?utf-8?b?sdGA0YvQuQ==?=", "Добрый"),
        (b"=?utf-8?b?0JTQvtCx0Q==?=\r\n =?utf-8?b?gNGL0Lk=?=", "Добрый"),
        (b"=?utf-8?q?=D0=94=D0?==?utf-8?q?=BE?=", "До"),
        (b"=?UTF-8?Q?What?? now?=", "What?? now"),
        (b"=?x-none?b?0JTQvtCx0YDRi9C5?=", "Добрый"),
        (b"=?windows-1251?b?0JTQvtCx0YDRi9C5?=", "Добрый"),
        (b"=?utf-8*ru?q?=D0=94?= and =?koi8-r?q?=E4?=", "Д and Д"),
        (b"a=?us-ascii?q?b?=c", "abc"),
        (b"=?utf-8?x?b?=", "=?utf-8?x?b?="),
        (b"one\r\n two\t\x00three", "one two three"),
    ],
)
def test_a_subject_is_read_as_it_was_meant(written, read):
    assert glance(build(b"Subject: " + written)).subject == read


def test_a_subject_without_end_is_cut():
    assert len(glance(build(b"Subject: " + b"ab " * 90_000)).subject) == LONGEST


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Ivan <Ivan@Shop.RU>", "ivan@shop.ru"),
        ("ivan@shop.ru (Ivan)", "ivan@shop.ru"),
        ('"Petrov, Ivan" <ivan@shop.ru>', "ivan@shop.ru"),
        ('"no end <ivan@shop.ru>', "ivan@shop.ru"),
        ("<ivan@shop.ru", "ivan@shop.ru"),
        ("Ivan ivan@shop.ru", "ivan@shop.ru"),
        ("'ivan@shop.ru'", "ivan@shop.ru"),
        ("mailto:ivan@shop.ru", "ivan@shop.ru"),
        ("=?utf-8?q?Petrov,_Ivan?= <ivan@shop.ru>", "ivan@shop.ru"),
        ("=?utf-8?q?Ivan_=3Civan=40shop.ru=3E?=", "ivan@shop.ru"),
        ("Почта <Я@Дом.рф>", "Я@дом.рф"),
        ("Роман Хохлов рх@дом.рф", "рх@дом.рф"),
        ("\\", ""),
        ("MAILER-DAEMON", ""),
        ("<>", ""),
        ("x" * 400 + "@shop.ru", ""),
    ],
)
def test_a_sender_is_found(written, address):
    assert glance(build(f"From: {written}")).sender_email == address


def test_who_wrote_is_told_by_another_header_when_from_does_not():
    raw = build("Return-Path: <back@x.ru>", "Sender: s@x.ru", "From: Postmaster")
    assert glance(raw).sender_email == "s@x.ru"
    assert glance(raw).sender == "Postmaster"


def test_recipients_stand_once_and_to_stands_first():
    raw = build(
        "Delivered-To: box@x.ru",
        "Cc: c@x.ru, A@x.ru",
        "To: a@x.ru, b@x.ru; d@x.ru e@x.ru",
        "X-Original-To: o@x.ru",
        "Envelope-To: e@x.ru",
        "Resent-To: r@x.ru",
    )
    found = [each[0] for each in glance(raw).recipients]
    assert found == ["a", "b", "d", "e", "c", "b", "o", "r"]


def test_a_message_id_is_text_without_controls():
    assert glance(build("Message-ID:\r\n <a\x00b@c>")).message_id == "<ab@c>"
    assert glance(build("Message-ID:  ")).message_id is None
    assert glance(build("Message-ID: ", "Message-Id: <b>")).message_id == "<b>"


@pytest.mark.parametrize(
    "before",
    [b"", b"\r\n\r\n", b"From me Mon\r\n", b">From me\n\n", b"\xef\xbb\xbf"],
)
def test_what_stands_before_the_headers_is_passed(before):
    assert glance(before + build("Subject: Hi", "To: a@b.ru")).subject == "Hi"


def test_a_line_without_a_name_among_the_headers_goes_on_the_one_before():
    raw = build("Subject: a long", "story", "From: a@b.ru", body="To: c@d.ru")
    seen = glance(raw)
    assert (seen.subject, seen.sender_email) == ("a long story", "a@b.ru")
    assert not seen.recipients


def test_a_text_without_headers_has_none():
    assert glance(b"Hello,\nSubject to change\n").subject == ""
    assert glance(b" folded\n:\nSubject: x\n").subject == "x"
