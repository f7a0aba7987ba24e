# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters are what their index says, and can be made again."""

import email
import email.policy
import json
import re
from pathlib import Path

import make_letters
import pytest
from defects import DEFECTS, headers, recoverable

HERE = Path(__file__).resolve().parent
INDEX = json.loads((HERE / "index.json").read_bytes())
LETTERS = {entry["file"]: entry for entry in INDEX["letters"]}
OUTCOMES = {"new", "continued", "duplicate", "bounce", "auto_reply", "loop", "spam"}
OUTCOMES |= {"refused", "failed"}
OURS = {entry["message_id"]: entry for entry in INDEX["ours"]}
DOMAINS = ("@audiomania.example", "@audiomania-shop.example")
SOUND = [name for name in LETTERS if not LETTERS[name]["expected"]["defect"]]
DEFECTIVE = [name for name in LETTERS if name not in SOUND]
# These checks read one kind of letter, and say nothing of one that is put together well
FOR_ONE_KIND = {"transfer encoding", "boundary", "wrong charset", "no charset"}
KB = 1000

every_letter = pytest.mark.parametrize("name", LETTERS)
every_sound_letter = pytest.mark.parametrize("name", SOUND)
every_defective_letter = pytest.mark.parametrize("name", DEFECTIVE)


def raw_of(name):
    return (HERE / name).read_bytes()


def parsed(name):
    raw = raw_of(name)
    return email.message_from_bytes(raw, policy=email.policy.default)


def words_of(message):
    """All text of a letter, decoded, without tags, in one line."""
    return one_line(re.sub(r"<[^>]+>", "", text_of(message)))


def text_of(message):
    return "\n".join(
        part.get_content()
        for part in message.walk()
        if part.get_content_maintype() == "text"
    )


def one_line(text):
    return " ".join(text.split())


def expected(name):
    return LETTERS[name]["expected"]


def test_every_letter_stands_in_the_index_and_the_other_way_round():
    assert {path.name for path in HERE.glob("*.eml")} == set(LETTERS)


def test_there_are_many_letters_each_of_a_kind_of_its_own():
    kinds = {entry["kind"] for entry in LETTERS.values()}
    assert len(kinds) == len(LETTERS) >= 130


def test_each_outcome_that_a_letter_alone_can_have_is_expected_of_several():
    """Refused by a rule, or failed for want of the database, is tested elsewhere."""
    found = [entry["expected"]["outcome"] for entry in LETTERS.values()]
    assert {one for one in OUTCOMES if found.count(one) > 1} == OUTCOMES - {"failed"}


def test_the_files_stay_small():
    sizes = {name: len(raw_of(name)) for name in LETTERS}
    assert max(sizes.values()) < 300 * KB
    assert sum(sizes.values()) < 3000 * KB


def test_making_the_letters_again_gives_the_same_bytes():
    assert make_letters.differences() == []


def test_a_changed_letter_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(make_letters, "HERE", tmp_path)
    make_letters.write()
    letter = tmp_path / "thanks.eml"
    letter.write_bytes(letter.read_bytes().replace(b"Pavel", b"Peter"))
    (tmp_path / "stranger.eml").write_bytes(b"\r\n")
    assert make_letters.differences() == ["stranger.eml", "thanks.eml"]


@every_sound_letter
def test_lines_end_as_on_the_wire(name):
    raw = raw_of(name)
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@every_sound_letter
def test_headers_are_seven_bits_and_not_over_78_characters(name):
    headers = raw_of(name).partition(b"\r\n\r\n")[0]
    assert headers.isascii()
    assert [line for line in headers.split(b"\r\n") if len(line) > 78] == []


@every_sound_letter
def test_a_sound_letter_parses_without_defects(name):
    for part in parsed(name).walk():
        assert part.defects == []


@every_sound_letter
def test_headers_are_what_the_index_says(name):
    message, entry = parsed(name), LETTERS[name]
    assert message["From"].addresses[0].addr_spec == entry["from"]
    assert message["Subject"] == entry["subject"]
    assert message["Message-ID"] == entry["message_id"]
    assert [to.addr_spec for to in message["To"].addresses] == entry["to"]
    copies = message["Cc"].addresses if message["Cc"] else ()
    assert [cc.addr_spec for cc in copies] == entry["cc"]


@every_sound_letter
def test_its_words_can_be_read(name):
    words = words_of(parsed(name))
    for field in ("readable", "questions", "mentions"):
        for snippet in expected(name)[field]:
            assert one_line(snippet) in words


@every_sound_letter
def test_its_files_are_there(name):
    names = [part.get_filename() for part in parsed(name).walk() if part.get_filename()]
    assert names == expected(name)["attachments"]


@every_defective_letter
def test_a_defect_that_is_named_is_there(name):
    raw = raw_of(name)
    for defect in expected(name)["defect"]:
        assert DEFECTS[defect](raw), defect


def test_each_defect_is_in_some_letter_and_in_no_sound_one():
    named = {one for name in DEFECTIVE for one in expected(name)["defect"]}
    assert named == set(DEFECTS)
    wrong = {
        (name, defect)
        for name in SOUND
        for defect in set(DEFECTS) - FOR_ONE_KIND
        if DEFECTS[defect](raw_of(name))
    }
    assert wrong == set()


@every_defective_letter
def test_what_is_wrong_with_it_does_not_hide_its_words_for_ever(name):
    for field in ("readable", "mentions"):
        for snippet in expected(name)[field]:
            assert recoverable(raw_of(name), snippet), snippet


@every_letter
def test_the_letter_is_sent_to_us(name):
    entry = LETTERS[name]
    named = entry["to"] + entry["cc"]
    assert any(one.lower().endswith(DOMAINS) for one in [*named, entry["delivered_to"]])
    assert headers(raw_of(name), "Delivered-To")
    assert set(expected(name)["names"]) <= set(named)


@every_letter
def test_what_is_expected_agrees_with_itself(name):
    expect = expected(name)
    assert expect["outcome"] in OUTCOMES
    assert expect["inquiry"] == (expect["outcome"] in ("new", "continued"))
    assert bool(expect["continues"]) == (expect["conversation"] == "continued")
    assert (expect["conversation"] == "new") == (expect["outcome"] == "new")
    if expect["outcome"] in ("duplicate", "loop", "spam", "refused"):
        assert expect["conversation"] == "none"


def test_a_letter_continues_what_came_before_it():
    """It names the Message-ID, or else the number of the conversation."""
    earlier = set(OURS)
    for name, entry in LETTERS.items():
        expect = entry["expected"]
        assert not expect["answers"] or expect["answers"] in OURS
        for named in filter(None, (expect["continues"], expect["answers"])):
            assert named in earlier, name
            number = OURS.get(named, {}).get("number", named)
            raw = re.sub(rb"\r\n ", b"", raw_of(name)).decode("utf-8", "replace")
            if number not in raw + (entry["subject"] or ""):
                assert named.strip("<>") in raw + text_of(parsed(name)), name
        earlier.add(entry["message_id"])


def test_message_ids_are_different_but_for_duplicates_and_one_bad_program():
    ids = [entry["message_id"] for entry in INDEX["letters"] if entry["message_id"]]
    doubles = {one for one in ids if ids.count(one) > 1}
    repeated = ("duplicate.eml", "duplicate-by-other-way.eml")
    assert doubles == {LETTERS[name]["message_id"] for name in repeated}
    assert LETTERS["message-id-second-use.eml"]["message_id"] in doubles


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("plain-text.eml", "duplicate.eml"),
        ("message-id-first-use.eml", "duplicate-by-other-way.eml"),
    ],
)
def test_a_duplicate_differs_in_trace_headers_alone(first, again):
    assert raw_of(first) != raw_of(again)
    assert (
        raw_of(first).partition(b"\r\n\r\n")[2]
        == (raw_of(again).partition(b"\r\n\r\n")[2])
    )
    for name in ("From", "To", "Date", "Subject", "Message-ID"):
        assert headers(raw_of(first), name) == headers(raw_of(again), name)
