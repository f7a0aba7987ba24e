# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a letter is taken for, and what a report says of the letter it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(str, Enum):
    """Who wrote a letter, and why (rules 18 and 20)."""

    PERSONAL = "personal"
    """A person wrote it, or nothing says otherwise."""
    AUTO_REPLY = "auto_reply"
    """A program answered by itself: vacation and the like. It asks nothing."""
    GENERATED = "generated"
    """A program wrote it and somebody asks: a shop form, a marketplace."""
    BULK = "bulk"
    """A mailing to many."""
    SPAM = "spam"
    """A filter on the way called it so."""
    DELIVERY_FAILURE = "delivery_failure"
    """A letter of ours did not arrive."""
    DELIVERY_DELAY = "delivery_delay"
    """A letter of ours has not arrived yet and is tried again."""
    DELIVERY_SUCCESS = "delivery_success"
    """A letter of ours arrived."""
    READ_RECEIPT = "read_receipt"
    """A letter of ours was opened."""
    CHALLENGE = "challenge"
    """The receiver's filter wants a person to confirm a letter of ours."""


REPORTS = frozenset({Kind.DELIVERY_FAILURE, Kind.DELIVERY_DELAY, Kind.DELIVERY_SUCCESS})
"""What became of a letter of ours on its way."""


@dataclass(frozen=True)
class Report:
    """What a program says of a letter of ours.

    :param failed: whom it did not reach (a delay: not yet), normalized addresses
    :param original_ids: the Message-ID of the letter, the surest first, with brackets
    :param references: the Message-IDs that letter referred to
    :param permanent: trying again is of no use
    :param status: of RFC 3463, such as ``5.1.1``; empty: not said
    :param diagnostic: the reason in one sentence, as the other side put it
    """

    kind: Kind
    failed: tuple[str, ...] = ()
    original_ids: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    permanent: bool = False
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a letter is taken for.

    :param evidence: the header or phrase that decided; empty: nothing speaks against a
        person
    :param report: what it says of a letter of ours, where it is a report
    """

    kind: Kind
    evidence: str = ""
    report: Report | None = None
