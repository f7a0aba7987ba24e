# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A history as it is written: `events.csv`, and `absences.csv` where there is one."""

import csv
from datetime import datetime, time, timedelta, timezone
from math import isfinite
from typing import NamedTuple

EVENTS, ABSENCES = "events.csv", "absences.csv"
COLUMNS = ("time", "case", "customer", "employee", "kind", "category", "amount")
ABSENCE_COLUMNS = ("employee", "from", "to")
KINDS = ("opened", "taken", "resolved", "order", "rating")
WORST, BEST = 1.0, 5.0


class Unreadable(Exception):
    """What is wrong with a history, in a sentence with the file and the line."""


class Event(NamedTuple):
    """One row; an empty text is not known.

    :param amount: of an order, or the mark of a rating from 1 to 5; None: not known
    """

    time: datetime
    case: str
    customer: str
    employee: str
    kind: str
    category: str = ""
    amount: float | None = None


class History(NamedTuple):
    """Events in the order of time, and when who was away.

    :param absences: {employee: [(from, to), …]}, the end excluded; None: not known
    """

    events: list
    absences: dict | None = None


def read(folder):
    """The history of a folder. Rows may stand in any order.

    :raise Unreadable: what is missing, or which line cannot be understood
    """
    if not folder.is_dir():
        raise Unreadable(f"{folder} is not a folder.")
    if not (folder / EVENTS).is_file():
        raise Unreadable(f"There is no {EVENTS} in {folder}.")
    events = [_event(row) for row in _rows(folder / EVENTS, COLUMNS)]
    if not (folder / ABSENCES).is_file():
        return History(in_order(events))
    return History(in_order(events), _absences(folder / ABSENCES))


def in_order(events):
    """By time. Of one moment what opened comes first, so that it is asked without
    knowing what happened in the same moment; else the order of the rows is kept."""
    return sorted(events, key=lambda event: (event.time, event.kind != "opened"))


class _Row(dict):
    """A row that knows where it stands."""

    where = ""

    def problem(self, text):
        return Unreadable(f"{self.where}: {text}")


def _rows(path, columns):
    try:
        with open(path, newline="", encoding="utf-8-sig") as stream:
            yield from _named(path, csv.reader(stream), columns)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not written in UTF-8: {error}.") from error


def _named(path, reader, columns):
    head = [name.strip().lower() for name in next(_lines(path, reader), [])]
    missing = [name for name in columns if name not in head]
    if missing:
        lacking = ", ".join(missing)
        raise Unreadable(f"{path}, line 1: these columns are missing: {lacking}.")
    for values in _lines(path, reader):
        if not any(values):
            continue
        row = _Row(zip(head, map(str.strip, values), strict=False))
        row.where = f"{path}, line {reader.line_num}"
        if len(values) != len(head):
            counts = f"{len(values)} values for {len(head)} columns"
            raise row.problem(f"{counts}.")
        yield row


def _lines(path, reader):
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable(f"{path}, line {reader.line_num}: {error}.") from error


def _event(row):
    if row["kind"] not in KINDS:
        raise row.problem(f"kind {row['kind']!r} is none of {', '.join(KINDS)}.")
    return Event(
        _moment(row, "time"),
        row["case"],
        row["customer"],
        row["employee"],
        row["kind"],
        row["category"],
        _amount(row),
    )


def _amount(row):
    text = row["amount"]
    if not text:
        return None
    try:
        amount = float(text)
    except ValueError:
        amount = float("nan")
    if not isfinite(amount):
        raise row.problem(f"amount {text!r} is not a number.")
    if row["kind"] == "rating" and not WORST <= amount <= BEST:
        raise row.problem(f"a mark is from {WORST:g} to {BEST:g}, not {text}.")
    return amount


def _moment(row, column):
    """A moment in UTC; one without a zone is taken for UTC."""
    text = row[column]
    zulu = text[:-1] + "+00:00" if text[-1:] in ("Z", "z") else text
    try:
        moment = datetime.fromisoformat(zulu)
        if moment.tzinfo:
            return moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError):
        example = "2025-03-03T09:30:00"
        message = f"{column} {text!r} is not a time such as {example}."
        raise row.problem(message) from None
    return moment


def _absences(path):
    """A day without a time is away to its end."""
    absences = {}
    for row in _rows(path, ABSENCE_COLUMNS):
        start, end = _moment(row, "from"), _moment(row, "to")
        if len(row["to"]) <= len("2025-03-03"):
            end = datetime.combine(end, time()) + timedelta(days=1)
        if not row["employee"] or end <= start:
            raise row.problem("an absence has an employee, and ends after it begins.")
        absences.setdefault(row["employee"], []).append((start, end))
    for intervals in absences.values():
        intervals.sort()
    return absences
