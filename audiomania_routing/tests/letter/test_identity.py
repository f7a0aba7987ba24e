# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two deliveries are one letter when its author wrote one."""

from hypothesis import given
from letter.glance import glance
from letter.identity import content_hash, identity
from letter_samples import ANYTHING, build, letter

LETTER = ("From: a@b.ru", "To: c@d.ru", "Subject: Hi")
TRACE = (
    "Received: from a by b; Mon",
    "Return-Path: <a@b.ru>",
    "DELIVERED-TO: c@d.ru",
    "X-Original-To: c@d.ru",
    "Envelope-To: c@d.ru",
    "Delivery-Date: Mon",
    "Received-SPF: pass",
    "Authentication-Results: mx; dkim=pass",
    "ARC-Seal: i=1",
    "DKIM-Signature: v=1",
    "X-Spam-Status: No",
    "X-Virus-Scanned: yes",
    "Status: RO",
    "X-UIDL: 1",
    "Content-Length: 5",
    "Lines: 1",
)


def of(raw):
    return identity(raw, glance(raw))


def test_how_a_letter_travelled_is_no_difference():
    plain = content_hash(build(*LETTER))
    for line in TRACE:
        assert content_hash(build(line, *LETTER)) == plain, line
        assert content_hash(build(*LETTER, line, " folded")) == plain, line


def test_what_the_author_wrote_is_a_difference():
    plain = content_hash(build(*LETTER))
    assert content_hash(build(*LETTER, body="Other")) != plain
    assert content_hash(build(*LETTER[:2], "Subject: Ho")) != plain
    assert content_hash(build(*LETTER, "Content-Type: text/html")) != plain


def test_line_ends_and_the_shape_of_a_mailbox_file_are_no_difference():
    raw = build(*LETTER, "References: <a> <b>", body="One\r\nFrom two")
    for other in (
        raw.replace(b"\r\n", b"\n"),
        raw.replace(b"\r\n", b"\r"),
        raw.rstrip(),
        raw + b"\r\n",
        b"From a@b.ru Mon\n" + raw,
        raw.replace(b"\nFrom two", b"\n>From two"),
        raw.replace(b"<a> <b>", b"<a>\r\n\t<b>"),
    ):
        assert content_hash(other) == content_hash(raw)


def test_the_duplicate_of_our_letters_is_one_letter_with_the_first():
    assert of(letter("duplicate.eml")) == of(letter("plain-text.eml"))
    assert of(letter("duplicate.eml")) != of(letter("thanks.eml"))


def test_the_same_message_id_with_another_text_is_another_letter():
    one = build("Message-ID: <1@b.ru>", *LETTER)
    assert of(one) == of(one.replace(b"\r\n", b"\n"))
    assert of(one) != of(build("Message-ID: <1@b.ru>", *LETTER, body="Other"))


def test_without_a_message_id_the_date_counts():
    one = build("Date: Mon, 2 Nov 2026 10:00:00 +0300", *LETTER)
    assert of(one) == of(
        build(TRACE[0], one.decode().rstrip().partition("\r\n")[0], *LETTER)
    )
    assert of(one) != of(build("Date: Mon, 2 Nov 2026 10:00:01 +0300", *LETTER))


def test_a_letter_with_neither_is_never_the_same_as_another():
    assert of(build(*LETTER)) is None
    assert of(b"") is None


@given(ANYTHING)
def test_every_octets_have_a_hash_that_stays(raw):
    assert content_hash(raw) == content_hash(raw + b"\n")
    assert of(raw) == of(raw)
