# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is said of a replay: a table for who reads, numbers for a program."""

from math import sqrt

from .replay import AMONG, CEILING, ENGINE, LAST, LAST_ELSE, OF_ALL, OF_CUSTOMER

ANSWERS = (ENGINE, OF_ALL, OF_CUSTOMER, LAST, LAST_ELSE, CEILING)
SURE = 1.96
"""So many standard errors on both sides hold the truth 95 times of 100."""


def lines(folder, result):
    """The table, and what was counted."""
    yield f"{folder}: {result.asked:,} cases asked about, {result.left_out:,} left out"
    if not result.asked:
        yield "No case opens of which the history says who took it later."
        return
    yield (
        f"{result.employees:,} employees, {result.customers:,} customers, "
        f"{result.begin:%Y-%m-%d} to {result.end:%Y-%m-%d}"
    )
    yield ""
    width = max(map(len, ANSWERS))
    yield f"{'who really took it is':<{width}}  named first   among {AMONG}"
    for answer in ANSWERS:
        first = _percent(result.share(result.first, answer))
        among = _percent(result.share(result.among, answer))
        yield f"{answer:<{width}}  {first:>11}  {among:>8}"
    yield ""
    error = SURE * sqrt(0.25 / result.asked)
    yield f"By chance a figure may be off by up to {_percent(error)}."
    if result.alone:
        alone = _percent(result.alone / result.asked)
        right = _percent(result.alone_right / result.alone)
        yield f"The engine asks one alone in {alone} of the cases, rightly in {right}."


def numbers(result):
    return {
        "asked": result.asked,
        "left_out": result.left_out,
        "employees": result.employees,
        "customers": result.customers,
        "first": {a: round(result.share(result.first, a), 4) for a in ANSWERS},
        "among": {a: round(result.share(result.among, a), 4) for a in ANSWERS},
        "alone": result.alone,
        "alone_right": result.alone_right,
    }


def _percent(share):
    return f"{100 * share:.1f} %"
