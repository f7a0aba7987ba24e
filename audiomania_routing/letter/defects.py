# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What may be wrong with a letter, and how that is said to an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Code(str, Enum):
    """A kind of damage; stored with the letter's entry."""

    LETTER_TOO_LARGE = "letter_too_large"
    HEADERS_TOO_LARGE = "headers_too_large"
    HEADER_TOO_LARGE = "header_too_large"
    TOO_MANY_ADDRESSES = "too_many_addresses"
    TOO_MANY_REFERENCES = "too_many_references"
    TOO_MANY_SIGNS = "too_many_signs"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    TEXT_TOO_LARGE = "text_too_large"
    BAD_HEADER_LINES = "bad_header_lines"
    HEADER_TWICE = "header_twice"
    BAD_HEADER = "bad_header"
    BAD_ADDRESS = "bad_address"
    BAD_DATE = "bad_date"
    BAD_HEADER_CHARSET = "bad_header_charset"
    SPLIT_NAME = "split_name"
    BAD_CONTENT_TYPE = "bad_content_type"
    BAD_FILE_NAME = "bad_file_name"
    BAD_BOUNDARY = "bad_boundary"
    UNKNOWN_CHARSET = "unknown_charset"
    WRONG_CHARSET = "wrong_charset"
    BAD_BASE64 = "bad_base64"
    BAD_QUOTED_PRINTABLE = "bad_quoted_printable"
    CONTROL_CHARACTERS = "control_characters"
    BAD_REPORT = "bad_report"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Defect:
    """One kind of damage; ``detail`` names where and what, from the letter itself."""

    code: Code
    detail: str = ""


# In plain words, for administrators; whoever shows them translates by the code.
DEFECTS: dict[Code, str] = {
    Code.LETTER_TOO_LARGE: "The letter is larger than letters may be; its start was "
    "read.",
    Code.HEADERS_TOO_LARGE: "The headers together are too long; some were left out.",
    Code.HEADER_TOO_LARGE: "A header is too long; its start was read.",
    Code.TOO_MANY_ADDRESSES: "A header names too many addresses; the first were read.",
    Code.TOO_MANY_REFERENCES: "It refers to too many letters; the latest were read.",
    Code.TOO_MANY_SIGNS: "A header has so many quotes and brackets that reading it "
    "would take too long; its start was read.",
    Code.TOO_MANY_PARTS: "It has too many parts; the first were read.",
    Code.TOO_DEEP: "Parts are enclosed in parts too many times; the outer were read.",
    Code.TEXT_TOO_LARGE: "The text is too long; its start was read.",
    Code.BAD_HEADER_LINES: "A line among the headers is none; what follows was read.",
    Code.HEADER_TWICE: "A header that may stand once stands several times; the first "
    "that says something was read.",
    Code.BAD_HEADER: "A header cannot be read as it stands; its text was read.",
    Code.BAD_ADDRESS: "Addresses are written against the rules; those that can be "
    "recognised were read.",
    Code.BAD_DATE: "The date cannot be read.",
    Code.BAD_HEADER_CHARSET: "Letters in a header are in another charset than it says; "
    "the charset was guessed.",
    Code.SPLIT_NAME: "A name is written in several pieces; they were put together.",
    Code.BAD_CONTENT_TYPE: "A part says wrongly what it is; it was taken for what it "
    "looks like, or for a file.",
    Code.BAD_FILE_NAME: "The name of a file is written against the rules; it was read "
    "as well as possible.",
    Code.BAD_BOUNDARY: "The parts are not kept apart as the letter says; what was "
    "found was read.",
    Code.UNKNOWN_CHARSET: "The text names a charset that nobody knows; it was guessed.",
    Code.WRONG_CHARSET: "The text is in another charset than it says; it was guessed.",
    Code.BAD_BASE64: "A part in base64 is damaged; what is whole was read.",
    Code.BAD_QUOTED_PRINTABLE: "A text in quoted-printable is damaged; its line "
    "breaks were mended.",
    Code.CONTROL_CHARACTERS: "There are characters that no text has; they were "
    "removed.",
    Code.BAD_REPORT: "A report on delivery is not built as reports are; its text was "
    "read.",
    Code.UNREADABLE: "Odoo cannot read this letter; its words and files were taken out "
    "and put into a new one.",
}
