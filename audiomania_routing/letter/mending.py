# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Interim: the file of the same name that is being written replaces this one whole."""

from dataclasses import dataclass


@dataclass
class M:
    raw: bytes
    defects: tuple = ()


def find_defects(raw):
    return ()


def mend(raw):
    return M(raw)
