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
    TOO_MUCH_MARKUP = "too_much_markup"
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
