# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Defects are what Odoo raises at, hangs at or reads wrongly, and nothing else."""

import pytest
from broken import EXAMPLES, SOUND
from hypothesis import given
from letter import trial
from letter.bounds import Limits
from letter.defects import Code, Defect
from letter.soundness import find_defects, is_sound
from letter_samples import ANYTHING, NAMES, index, letter

# Read right by Odoo although something is wrong with them, or the other way round.
BOUNDS = {code for code in Code if code.value.startswith("too_")} | {
    code for code in Code if code.value.endswith("_too_large")
}
# What the index calls by these names is what Odoo reads wrong, always.
ALWAYS = {"unknown charset", "wrong charset", "nul", "many parts", "deep parts"}


def codes(raw):
    return [defect.code for defect in find_defects(raw)]


@pytest.mark.parametrize(
    ("code", "raw"),
    [(code, raw) for code, raw, _words in EXAMPLES],
    ids=[code.value for code, _raw, _words in EXAMPLES],
)
def test_a_defect_is_found_and_named(code, raw):
    assert code in codes(raw)
    assert not is_sound(raw)


@pytest.mark.parametrize("raw", SOUND)
def test_what_is_read_right_is_no_defect(raw):
    assert codes(raw) == []
    assert trial.why_not(raw) == ""


def test_there_is_an_example_for_every_kind_of_damage():
    assert {code for code, _raw, _words in EXAMPLES} | BOUNDS == set(Code)


def test_what_is_too_much_is_a_defect_and_nothing_is_parsed():
    raw = b"To: a@b.ru\nContent-Type: font/woff\n\nText"
    found = find_defects(raw, Limits(letter=10))
    assert found[0] == Defect(Code.LETTER_TOO_LARGE, str(len(raw)))
    assert Code.BAD_CONTENT_TYPE not in {defect.code for defect in found}


@pytest.mark.parametrize("entry", index(), ids=lambda entry: entry["file"])
def test_the_letters_of_the_repository_are_as_wrong_as_their_index_says(entry):
    raw = letter(entry["file"])
    if ALWAYS & set(entry["expected"]["defect"]):
        assert codes(raw)
    if not entry["expected"]["defect"] and codes(raw):
        assert entry["file"] in {
            "huge-references.eml",
            "words-after-the-end.eml",
            "words-in-a-name.eml",
        }


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_that_odoo_cannot_read_is_never_called_sound(name):
    raw = letter(name)
    if is_sound(raw):
        assert trial.why_not(raw) == ""


@given(ANYTHING)
def test_no_octets_that_odoo_cannot_read_are_called_sound(raw):
    if is_sound(raw):
        assert trial.why_not(raw) == ""


def test_ordinary_letters_are_not_parsed(monkeypatch):
    def must_not(raw):
        raise AssertionError("parsed")

    monkeypatch.setattr(trial, "why_not", must_not)
    for name in ("plain-text.eml", "multipart-alternative.eml", "attachment-photo.eml"):
        assert is_sound(letter(name))
    with pytest.raises(AssertionError, match="parsed"):
        is_sound(letter("forward-as-attachment.eml"))
