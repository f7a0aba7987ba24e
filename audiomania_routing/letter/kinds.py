# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Interim: the file of the same name that is being written replaces this one whole."""
from dataclasses import dataclass
from enum import Enum


class Kind(str, Enum):
    PERSONAL = "personal"
    AUTO_REPLY = "auto_reply"
    GENERATED = "g"
    BULK = "b"
    SPAM = "s"
    DELIVERY_FAILURE = "f"
    DELIVERY_DELAY = "d"
    DELIVERY_SUCCESS = "ds"
    READ_RECEIPT = "rr"


REPORTS = {Kind.DELIVERY_FAILURE, Kind.DELIVERY_DELAY, Kind.DELIVERY_SUCCESS}


@dataclass
class Verdict:
    kind: Kind
    evidence: str
    report: object = None


def classify(m):
    if (
        (m.get("Auto-Submitted") or "").lower().startswith("auto-replied")
        or m.get("Precedence") == "auto_reply"
        or "X-Autoreply" in m
    ):
        return Verdict(Kind.AUTO_REPLY, "auto")
    if "mailer-daemon" in (m.get("From") or "").lower():
        return Verdict(Kind.DELIVERY_FAILURE, "b")
    return Verdict(Kind.PERSONAL, "")
