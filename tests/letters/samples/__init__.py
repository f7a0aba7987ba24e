# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters, a module for each reason why letters differ.

The order is the order in which they arrive: an answer stands after what it answers.
"""

from . import (
    addresses,
    automatic,
    broken_threads,
    charsets,
    envelopes,
    extremes,
    files,
    forwards,
    headers,
    machines,
    mailings,
    ours,
    programs,
    questions,
    reports,
    structure,
    threads,
    wrong_charsets,
)

LETTERS = (
    *questions.LETTERS,
    *charsets.LETTERS,
    *files.LETTERS,
    *addresses.LETTERS,
    *threads.LETTERS,
    *machines.LETTERS,
    *wrong_charsets.LETTERS,
    *headers.LETTERS,
    *structure.LETTERS,
    *programs.LETTERS,
    *extremes.LETTERS,
    *envelopes.LETTERS,
    *broken_threads.LETTERS,
    *forwards.LETTERS,
    *automatic.LETTERS,
    *reports.LETTERS,
    *mailings.LETTERS,
)

# What we wrote before and some of the letters answer
OURS = ours.OURS
