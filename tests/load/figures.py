# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was measured, noted by many threads at once."""

import math
import threading
import time
from collections import Counter, defaultdict
from contextlib import contextmanager


class Figures:
    def __init__(self):
        self.lock = threading.Lock()
        self.seconds = defaultdict(list)
        self.failed = Counter()
        self.told = Counter()
        self.errors, self.understood = [], set()
        self.is_on = False

    @contextmanager
    def measuring(self, kind):
        """One request of this kind; before the load is whole nothing is noted."""
        began = time.perf_counter()
        try:
            yield
        finally:
            if self.is_on:
                with self.lock:
                    self.seconds[kind].append(time.perf_counter() - began)

    def note(self, kind, seconds):
        with self.lock:
            self.seconds[kind].append(seconds)

    def fail(self, kind, what):
        """What nobody may ever see."""
        with self.lock:
            self.failed[kind] += 1
            self.errors.append(f"{kind}: {what}")

    def tell(self, sentence):
        """What a person is told and understands, such as who was faster."""
        with self.lock:
            self.told[sentence] += 1

    def understand(self, sentence):
        """Odoo's log repeats it."""
        with self.lock:
            self.understood.add(sentence.splitlines()[0])

    def summarise(self, minutes):
        """A row for each kind, the most frequent first, in milliseconds."""
        kinds = sorted(
            self.seconds.keys() | self.failed.keys(),
            key=lambda kind: (-len(self.seconds[kind]), kind),
        )
        return [self._summarise(kind, minutes) for kind in kinds]

    def _summarise(self, kind, minutes):
        times = self.seconds[kind]
        return {
            "request": kind,
            "count": len(times),
            "a minute": round(len(times) / minutes, 1),
            **describe(times),
            "errors": self.failed[kind],
        }


def describe(seconds):
    """{name: milliseconds} of the usual and of the worst."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: percentile(seconds, share) for name, share in shares.items()}


def percentile(seconds, share):
    """In milliseconds: so many of a hundred took no longer.

    >>> percentile([0.003, 0.001, 0.002], 0.5)
    2
    >>> percentile([], 0.5)
    0
    """
    if not seconds:
        return 0
    ordered = sorted(seconds)
    return round(ordered[math.ceil(share * len(ordered)) - 1] * 1000)
