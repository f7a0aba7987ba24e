# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters are what their index says, and can be made again."""

import email
import email.policy
import json
import re
from pathlib import Path

import make_letters
import pytest

HERE = Path(__file__).resolve().parent
INDEX = json.loads((HERE / "index.json").read_bytes())
LETTERS = {entry["file"]: entry for entry in INDEX["letters"]}
OUTCOMES = {"new", "continued", "duplicate", "bounce", "auto_reply", "loop", "spam"}
OURS = {entry["message_id"] for entry in INDEX["ours"]}
DOMAIN = "@audiomania.example"

every_letter = pytest.mark.parametrize("name", LETTERS)


def parsed(name):
    raw = (HERE / name).read_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


def words_of(message):
    """All text of a letter, decoded, without tags, in one line."""
    texts = [
        part.get_content()
        for part in message.walk()
        if part.get_content_maintype() == "text"
    ]
    return one_line(re.sub(r"<[^>]+>", "", "\n".join(texts)))


def one_line(text):
    return " ".join(text.split())


def expected(name):
    return LETTERS[name]["expected"]


def test_every_letter_stands_in_the_index_and_the_other_way_round():
    assert {path.name for path in HERE.glob("*.eml")} == set(LETTERS)


def test_there_are_at_least_25_kinds():
    assert len({entry["kind"] for entry in LETTERS.values()}) >= 25


def test_making_the_letters_again_gives_the_same_bytes():
    assert make_letters.differences() == []


def test_a_changed_letter_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(make_letters, "HERE", tmp_path)
    make_letters.write()
    letter = tmp_path / "thanks.eml"
    letter.write_bytes(letter.read_bytes().replace(b"Pavel", b"Peter"))
    (tmp_path / "stranger.eml").write_bytes(b"\r\n")
    assert make_letters.differences() == ["stranger.eml", "thanks.eml"]


@every_letter
def test_lines_end_as_on_the_wire(name):
    raw = (HERE / name).read_bytes()
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@every_letter
def test_headers_are_seven_bits_and_not_over_78_characters(name):
    headers = (HERE / name).read_bytes().partition(b"\r\n\r\n")[0]
    assert headers.isascii()
    assert [line for line in headers.split(b"\r\n") if len(line) > 78] == []


@every_letter
def test_a_letter_parses_without_defects(name):
    for part in parsed(name).walk():
        assert part.defects == []


@every_letter
def test_headers_are_what_the_index_says(name):
    message, entry = parsed(name), LETTERS[name]
    assert message["From"].addresses[0].addr_spec == entry["from"]
    assert message["Subject"] == entry["subject"]
    assert message["Message-ID"] == entry["message_id"]
    assert [to.addr_spec for to in message["To"].addresses] == entry["to"]
    copies = message["Cc"].addresses if message["Cc"] else ()
    assert [cc.addr_spec for cc in copies] == entry["cc"]


@every_letter
def test_its_words_can_be_read(name):
    words = words_of(parsed(name))
    for field in ("readable", "questions", "mentions"):
        for snippet in expected(name)[field]:
            assert one_line(snippet) in words


@every_letter
def test_its_files_are_there(name):
    names = [part.get_filename() for part in parsed(name).walk() if part.get_filename()]
    assert names == expected(name)["attachments"]


@every_letter
def test_the_letter_is_sent_to_us(name):
    entry = LETTERS[name]
    assert any(address.endswith(DOMAIN) for address in entry["to"] + entry["cc"])
    assert set(expected(name)["names"]) <= set(entry["to"] + entry["cc"])


@every_letter
def test_what_is_expected_agrees_with_itself(name):
    expect = expected(name)
    assert expect["outcome"] in OUTCOMES
    assert expect["inquiry"] == (expect["outcome"] in ("new", "continued"))
    assert bool(expect["continues"]) == (expect["conversation"] == "continued")


def test_a_letter_continues_what_came_before_it():
    earlier = set(OURS)
    for name in LETTERS:
        message, continued = parsed(name), expected(name)["continues"]
        if continued:
            assert continued in earlier, name
            assert continued in message.as_string(), name
        earlier.add(message["Message-ID"])


def test_message_ids_are_different_but_for_the_duplicate():
    ids = [entry["message_id"] for entry in INDEX["letters"] if entry["message_id"]]
    doubles = {one for one in ids if ids.count(one) > 1}
    assert doubles == {LETTERS["duplicate.eml"]["message_id"]}
