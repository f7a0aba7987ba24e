# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Histories of a known structure: what a replay must say of each is known before."""

import random
from datetime import datetime, timedelta

from .history import Event, History, in_order

BEGIN = datetime(2025, 1, 6, 8)
STEP = timedelta(minutes=20)
WORKED_OUT = timedelta(minutes=10)


def chance(seed, cases=4000, staff=5, customers=40):
    """Anybody takes anything: nothing in the past helps."""
    draw = random.Random(seed)
    return _history(
        (f"c{draw.randrange(customers)}", f"e{draw.randrange(staff)}", "")
        for _case in range(cases)
    )


def loyal(seed, cases=2000, staff=8, customers=40):
    """Each customer has one who takes everything of his."""
    draw = random.Random(seed)
    keeper = {c: f"e{draw.randrange(staff)}" for c in range(customers)}

    def one():
        customer = draw.randrange(customers)
        return f"c{customer}", keeper[customer], ""

    return _history(one() for _case in range(cases))


def specialists(seed, cases=2000, staff=8):
    """Who takes it follows from the category; every customer writes once."""
    draw = random.Random(seed)

    def one(number):
        category = draw.randrange(staff)
        return f"c{number}", f"e{category}", f"k{category}"

    return _history(one(number) for number in range(cases))


def shifts(seed, cases=4000, staff=6, customers=10**6):
    """Half the staff works one week, half the next; any of those takes anything."""
    draw = random.Random(seed)

    def one(number):
        week = (number * STEP).days // 7
        worker = 2 * draw.randrange(staff // 2) + week % 2
        return f"c{draw.randrange(customers)}", f"e{worker}", ""

    return _history(one(number) for number in range(cases))


def with_absences(seed, cases=3000, staff=6, customers=30):
    """Each customer has one who takes everything of his, and one who does while the
    first is on leave: a week of every `staff` weeks, each in his turn."""
    draw = random.Random(seed)
    absences = {}

    def one(number):
        week = (number * STEP).days // 7
        customer = draw.randrange(customers)
        keeper, other = customer % staff, (customer + 1) % staff
        away = week % staff == keeper
        return f"c{customer}", f"e{other if away else keeper}", ""

    last = (cases * STEP).days // 7
    for week in range(last + 1):
        start = BEGIN + timedelta(weeks=week)
        leave = (start, start + timedelta(weeks=1))
        absences.setdefault(f"e{week % staff}", []).append(leave)
    return _history((one(number) for number in range(cases)), absences)


def _history(rows, absences=None):
    """Each is opened, taken and resolved before the next one opens."""
    events = []
    for number, (customer, employee, category) in enumerate(rows):
        at, case = BEGIN + number * STEP, str(number)
        events += (
            Event(at, case, customer, "", "opened", category),
            Event(at + WORKED_OUT / 2, case, customer, employee, "taken", category),
            Event(at + WORKED_OUT, case, customer, employee, "resolved", category),
        )
    return History(in_order(events), absences)
