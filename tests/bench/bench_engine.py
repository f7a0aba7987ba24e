# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P4: decisions a second on one core, and how the cost grows with the candidates.

No database: facts as a department has them (few of its people know one customer), and
then the worst case, every fact known of everybody.
What is timed is processor time, so that a busy machine changes little. The goal is a
ceiling of time for each decision: it stands where other benchmarks have stock.
"""

import random
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import common

sys.path.insert(0, str(Path(__file__).parents[2] / "audiomania_routing"))

from engine.decision import decide
from engine.facts import Away, Customer, Employee, Inquiry, Segment
from engine.marks import Mark, Marks
from engine.policy import Policy

NOW = datetime(2025, 3, 3, 10)
A_SECOND = 5000
DECISIONS = 200
AUDIENCE, TEAMS = 5, (50, 51, 52, 53, 54)
POLICY = Policy()
CUSTOMER = Customer(AUDIENCE, TEAMS[0], language="de", open_with=(3,))


def schedule(chance):
    """Three weeks of nine to six, a little different for everybody."""
    late = timedelta(minutes=15 * chance.randrange(5))
    days = [NOW.replace(hour=0) + timedelta(days=day) for day in range(21)]
    return tuple(
        (day + timedelta(hours=begin) + late, day + timedelta(hours=end) + late)
        for day in days
        if day.weekday() < 5
        for begin, end in ((9, 12), (13, 18))
    )


def employee(key, chance, known):
    """:param known: of which part of the staff a fact about this customer is known"""
    hours = schedule(chance)

    def share(part):
        return chance.random() if chance.random() < part else 0.0

    away = Away.LEAVE if chance.random() < 0.1 else None
    mark = Mark(float(chance.randint(3, 5)), NOW - timedelta(days=key))
    return Employee(
        key,
        team_ids=(TEAMS[key % len(TEAMS)],),
        away=away,
        at_work_until=None if away else hours[1][1],
        hours=hours,
        handled=share(known),
        conversed=share(known),
        conversed_lately=share(known),
        expertise=share(max(known, 0.3)),
        workshare=share(max(known, 0.8)),
        mark=mark if chance.random() < known else None,
        marks=Marks(3.0 + 2 * chance.random(), key, 4.4),
        open_inquiries=chance.randrange(15),
        languages=("en", "de") if key % 3 else ("en",),
        last_active_at=NOW - timedelta(hours=key) if known == 1.0 else None,
    )


def letters(count):
    """Every second one names somebody; all name products and a document."""
    products = (Segment(AUDIENCE, TEAMS[0], 0.7), Segment(6, TEAMS[1], 0.3))
    return [
        Inquiry(
            key,
            named=(key % count + 1,) if key % 2 else (),
            mentioned=(4, 5),
            products=products,
            language="de",
        )
        for key in range(DECISIONS)
    ]


def workload(count, known):
    chance = random.Random(count)
    staff = [employee(key, chance, known) for key in range(1, count + 1)]
    inquiries = letters(count)

    def decide_all():
        for inquiry in inquiries:
            decide(inquiry, CUSTOMER, staff, POLICY, NOW)

    return decide_all


def measure(works, repetitions):
    """Milliseconds of processor time for one decision of each, timed in turn."""
    times = [[] for _work in works]
    for round_ in range(common.WARM_UP + repetitions):
        for work, measured in zip(works, times, strict=True):
            began = time.process_time()
            work()
            if round_ >= common.WARM_UP:
                measured.append((time.process_time() - began) * 1000 / DECISIONS)
    return [statistics.median(measured) for measured in times]


def row(work, took, limit, beside):
    return common.row(
        "P4", work, took * 1000, limit * 1000, 1.0, beside, unit="us", digits=0
    )


def main():
    options = common.start()
    half, whole, double, worst = measure(
        [workload(25, 0.1), workload(50, 0.1), workload(100, 0.1), workload(50, 1.0)],
        options.repetitions,
    )
    goal = 1000 / A_SECOND
    rows = [
        row(f"decide, 50 candidates: {1000 / whole:.0f}/s", whole, goal, "(5,000/s)"),
        row("decide, 100 candidates", double, 2 * whole, "(ours, twice 50)"),
        row("decide, 50 candidates", whole, 2 * half, "(ours, twice 25)"),
        row(
            f"decide, all known: {1000 / worst:.0f}/s",
            worst,
            2 * whole,
            "(ours, twice)",
        ),
    ]
    common.write(options.output, rows)


if __name__ == "__main__":
    main()
