# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Decayed sums: what happened lately weighs more, and nothing is recomputed.

A sum remembers what it is worth and at which moment. As everything decays with one
half-life, the shares of several sums in their total never change by waiting, so a
ranking stays right until something is added.

>>> half_life = timedelta(days=100)
>>> total = DecayedSum(80.0, datetime(2025, 1, 1)).add(
...     10.0, datetime(2025, 4, 11), half_life)
>>> total == DecayedSum(50.0, datetime(2025, 4, 11))
True
>>> total.add(-10.0, datetime(2025, 4, 11), half_life).worth(
...     datetime(2025, 4, 11), half_life)
40.0

The order of the additions does not matter:

>>> DecayedSum(10.0, datetime(2025, 4, 11)).add(
...     80.0, datetime(2025, 1, 1), half_life) == total
True
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

FORGOTTEN = 200
"""After so many half-lives nothing is left: no underflow, and the same in SQL."""


def decay(age: timedelta, half_life: timedelta) -> float:
    """What is left of one after that time.

    >>> decay(timedelta(days=200), timedelta(days=100))
    0.25
    >>> decay(timedelta(days=10**6), timedelta(days=1))
    0.0
    """
    halvings = age / half_life
    return float(2.0**-halvings) if halvings <= FORGOTTEN else 0.0


@dataclass(frozen=True)
class DecayedSum:
    """A sum that was worth ``value`` at the moment ``at``."""

    value: float
    at: datetime

    def worth(self, moment: datetime, half_life: timedelta) -> float:
        """What it is worth at a moment that is not before its own."""
        return self.value * decay(moment - self.at, half_life)

    def add(self, amount: float, at: datetime, half_life: timedelta) -> DecayedSum:
        """The sum with an amount that belongs to a moment, earlier or later.

        Taking back is adding the negative amount at the same moment.
        """
        latest = max(self.at, at)
        added = amount * decay(latest - at, half_life)
        return DecayedSum(self.worth(latest, half_life) + added, latest)


def shares(sums: Mapping[Key, DecayedSum], half_life: timedelta) -> dict[Key, float]:
    """The part of each in the total, from 0 to 1; what is negative has none.

    >>> then, later = datetime(2025, 1, 1), datetime(2025, 4, 11)
    >>> shares({"a": DecayedSum(60.0, then), "b": DecayedSum(10.0, later)},
    ...        timedelta(days=100))
    {'a': 0.75, 'b': 0.25}
    """
    latest = max((each.at for each in sums.values()), default=datetime.min)
    worths = {
        key: max(0.0, each.worth(latest, half_life)) for key, each in sums.items()
    }
    total = sum(worths.values())
    return {key: worth / total if total else 0.0 for key, worth in worths.items()}


def leading(parts: Mapping[int, float], least: float) -> int | None:
    """Whose share is the largest, if it is no thin evidence; of equals the lower id.

    >>> leading({7: 0.5, 3: 0.5}, least=0.4)
    3
    >>> leading({7: 0.3, 3: 0.3, 5: 0.4}, least=0.45) is None
    True
    """
    best = min(parts, key=lambda key: (-parts[key], key), default=None)
    if best is None or parts[best] <= 0 or parts[best] < least:
        return None
    return best
