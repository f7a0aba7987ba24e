# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why: what speaks for or against somebody, before it is put into words (rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .facts import Employee

Value = str | int | float | datetime | None
Params = tuple[tuple[str, Value], ...]


class Code(str, Enum):
    """One reason. Stored; each has one sentence for users."""

    # Whom it is addressed to
    CONTINUES = "continues"
    NAMED = "named"
    NAMED_LATER = "named_later"
    NO_WINDOW_FOR_NAMED = "no_window_for_named"
    AWAY = "away"
    SUBSTITUTE = "substitute"
    TRANSFERRED = "transferred"
    TRANSFERRED_TEAM = "transferred_team"
    # Who stands out where nobody is named
    STANDS_OUT = "stands_out"
    OUTRANKED = "outranked"
    BEST_AWAY = "best_away"
    WOULD_LEAD = "would_lead"
    BELOW_THRESHOLD = "below_threshold"
    LEAD_TOO_SMALL = "lead_too_small"
    AT_LIMIT = "at_limit"
    LEAD_BEYOND_LIMIT = "lead_beyond_limit"
    NO_ROOM_ELSEWHERE = "no_room_elsewhere"
    STAND_OUT_OFF = "stand_out_off"
    NO_STAFF = "no_staff"
    ALL_RULED_OUT = "all_ruled_out"
    # Who is ruled out
    RATED_BADLY = "rated_badly"
    EXCLUDED = "excluded"
    RULED_OUT = "ruled_out"
    HIDDEN = "hidden"
    # Which rungs there are
    WINDOW_CUT = "window_cut"
    AUDIENCE_KNOWN = "audience_known"
    AUDIENCE_FROM_LETTER = "audience_from_letter"
    AUDIENCE_UNKNOWN = "audience_unknown"
    AUDIENCE_WITHOUT_TEAM = "audience_without_team"
    CUSTOMER_GUESSED = "customer_guessed"
    TEAM_EMPTY = "team_empty"
    TEAM_EXCLUDED = "team_excluded"
    TEAM_CANNOT_ACT = "team_cannot_act"
    DEPARTMENT_CANNOT_ACT = "department_cannot_act"
    # What changes when it is decided again
    WINDOW_KEPT = "window_kept"
    WINDOW_LOST = "window_lost"
    WINDOW_ENDED = "window_ended"
    SEEN_ALREADY = "seen_already"

    @property
    def confidential(self) -> bool:
        """It tells marks: only for those who may read ratings."""
        return self in (Code.RATED_BADLY, Code.HIDDEN)


@dataclass(frozen=True)
class Reason:
    """One sentence of the explanation, before it is put into words."""

    code: Code
    employee_id: int | None = None
    params: Params = ()

    @classmethod
    def of(
        cls, code: Code, employee: Employee | None = None, **params: Value
    ) -> Reason:
        employee_id = employee.id if employee else None
        return cls(code, employee_id, tuple(sorted(params.items())))


class Veto(float):
    """What a criterion answers to rule somebody out, whatever speaks for him.

    He is never the addressee and is ranked last. As a number it is below any value.

    >>> Veto(Code.RATED_BADLY, mark=1.0) < -1.0
    True
    """

    code: Code
    given: dict[str, Value]

    def __new__(cls, code: Code = Code.RULED_OUT, **params: Value) -> Veto:
        veto = super().__new__(cls, "-inf")
        veto.code = code
        veto.given = params
        return veto

    def reason(self, criterion: str, employee: Employee) -> Reason:
        """What is said of it; which criterion, where there is no code of its own."""
        params = self.given
        if self.code is Code.RULED_OUT:
            params = {**params, "criterion": criterion}
        return Reason.of(self.code, employee, **params)
