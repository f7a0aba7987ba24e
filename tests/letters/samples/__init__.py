# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters, a module for each reason why letters differ.

The order is the order in which they arrive: an answer stands after what it answers.
"""

from . import addresses, charsets, files, machines, questions, threads

LETTERS = (
    *questions.LETTERS,
    *charsets.LETTERS,
    *files.LETTERS,
    *addresses.LETTERS,
    *threads.LETTERS,
    *machines.LETTERS,
)

# What we wrote before and some of the letters answer
OURS = threads.OURS
