# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Marks of customers, from 1 to 5: what one says, and what many say (rules 3, 25).

>>> spring, autumn = datetime(2025, 3, 3), datetime(2025, 8, 30)
>>> half_life = autumn - spring
>>> Mark(1.0, spring).faded(autumn, half_life)
-0.5
>>> Mark(2.0, spring).rules_out(spring, threshold=2.0, half_life=half_life)
True
>>> Mark(2.0, spring).rules_out(autumn, threshold=2.0, half_life=half_life)
False
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .affinity import decay

WORST, BEST = 1.0, 5.0
NEUTRAL = (WORST + BEST) / 2


@dataclass(frozen=True)
class Mark:
    """One mark and when it was given."""

    value: float
    given_at: datetime

    def faded(self, now: datetime, half_life: timedelta) -> float:
        """From -1 (the worst) to 1 (the best), as much as is left of it.

        A clock that runs ahead makes no mark count more than once.

        >>> Mark(5.0, datetime(2025, 3, 4)).faded(datetime(2025, 3, 3), timedelta(1))
        1.0
        """
        age = max(now - self.given_at, timedelta(0))
        return (self.value - NEUTRAL) / (BEST - NEUTRAL) * decay(age, half_life)

    def rules_out(self, now: datetime, threshold: float, half_life: timedelta) -> bool:
        """Rule 3: bad, and more than half of it is still left."""
        return self.value <= threshold and now - self.given_at < half_life


@dataclass(frozen=True)
class Marks:
    """What all customers say of one employee.

    :param mean: the average of his marks
    :param number: how many there are; it is always shown with the average
    :param usual: the average of the marks of all employees
    """

    mean: float
    number: int
    usual: float

    def averaged(self, strength: float) -> float:
        """Rule 25: his average, as if he had got so many usual marks before.

        One mark hardly moves it, many speak for themselves:

        >>> Marks(mean=1.0, number=1, usual=4.0).averaged(strength=9.0)
        3.7
        >>> Marks(mean=1.0, number=91, usual=4.0).averaged(strength=9.0)
        1.27
        >>> Marks(mean=1.0, number=0, usual=4.0).averaged(strength=0.0)
        4.0
        """
        return round(self.usual + self.against_usual(strength) * (BEST - WORST), 9)

    def against_usual(self, strength: float) -> float:
        """From -1 (the worst where the best is usual) to 1: his average against it.

        >>> Marks(mean=5.0, number=1, usual=4.0).against_usual(strength=1.0)
        0.125
        """
        if not self.number:
            return 0.0
        known = self.number / (self.number + strength)
        return known * (self.mean - self.usual) / (BEST - WORST)
