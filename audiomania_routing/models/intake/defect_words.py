# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was wrong with a letter, in plain words for administrators. No model."""

from odoo.tools.translate import LazyTranslate

from ...letter.defects import Code

_lt = LazyTranslate(__name__)

SENTENCES = {
    Code.LETTER_TOO_LARGE: _lt(
        "The letter is larger than letters may be; its start was read."
    ),
    Code.HEADERS_TOO_LARGE: _lt(
        "The headers together are too long; some were left out."
    ),
    Code.HEADER_TOO_LARGE: _lt("A header is too long; its start was read."),
    Code.TOO_MANY_ADDRESSES: _lt(
        "A header names too many addresses; the first were read."
    ),
    Code.TOO_MANY_REFERENCES: _lt(
        "It refers to too many letters; the latest were read."
    ),
    Code.TOO_MANY_SIGNS: _lt(
        "A header has so many quotes and brackets that reading it "
        "would take too long; its start was read."
    ),
    Code.TOO_MANY_PARTS: _lt("It has too many parts; the first were read."),
    Code.TOO_DEEP: _lt(
        "Parts are enclosed in parts too many times; the outer were read."
    ),
    Code.TEXT_TOO_LARGE: _lt("The text is too long; its start was read."),
    Code.TOO_MUCH_MARKUP: _lt(
        "The page would take too long to be read as a page; its words were read."
    ),
    Code.BAD_HEADER_LINES: _lt(
        "A line among the headers is no header; what follows was read."
    ),
    Code.HEADER_TWICE: _lt(
        "A header that may stand once stands several times; the first "
        "that says something was read."
    ),
    Code.BAD_HEADER: _lt("A header cannot be read as it stands; its text was read."),
    Code.BAD_ADDRESS: _lt(
        "Addresses are written against the rules; those that can be "
        "recognised were read."
    ),
    Code.BAD_DATE: _lt("The date cannot be read."),
    Code.BAD_HEADER_CHARSET: _lt(
        "Characters in a header are in another charset than it says; "
        "the charset was guessed."
    ),
    Code.SPLIT_NAME: _lt(
        "A name is written in several pieces; they were put together."
    ),
    Code.BAD_CONTENT_TYPE: _lt(
        "A part says wrongly what it is; it was taken for what it "
        "looks like, or for a file."
    ),
    Code.BAD_FILE_NAME: _lt(
        "The name of a file is written against the rules; it was read "
        "as well as possible."
    ),
    Code.BAD_BOUNDARY: _lt(
        "The parts are not kept apart as the letter says; what was found was read."
    ),
    Code.UNKNOWN_CHARSET: _lt(
        "The text names a charset that nobody knows; it was guessed."
    ),
    Code.WRONG_CHARSET: _lt(
        "The text is in another charset than it says; it was guessed."
    ),
    Code.BAD_BASE64: _lt("A part in base64 is damaged; what is whole was read."),
    Code.BAD_QUOTED_PRINTABLE: _lt(
        "A text in quoted-printable is damaged; its line breaks were mended."
    ),
    Code.CONTROL_CHARACTERS: _lt(
        "There are characters that no text has; they were removed."
    ),
    Code.BAD_REPORT: _lt(
        "A report on delivery is not built as reports are; its text was read."
    ),
    Code.UNREADABLE: _lt(
        "Odoo cannot read this letter; its words and files were taken out "
        "and put into a new one."
    ),
}
