# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/load`: a company at work, its queue under load, and whether all goes well.
`setup/load --results`: the same, and what was measured in `tests/load/RESULTS.md`.

Fifty employees, each with a session and a websocket, work their queues as people do for
ten minutes, while customers' letters come in at five a second: on two workers of Odoo,
its process for websockets and its jobs, with a year of conversations in the database.
All of it stays on the loopback interface, in a database that is made and dropped.

The exit status is 1 when a goal is missed: nobody is shown an error; no failure to
serialise is shown to anybody; nothing but what was expected stands in Odoo's log; 95 of
100 pages of the queue are there within a second; every letter has one entry and one
inquiry.
"""

import argparse
import json
import re
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from . import cache, databases, odoo
from .command_bench import describe_machine
from .console import Failure, say, step
from .loopback import answers, free_port
from .postgres import server

FOLDER = cache.REPOSITORY / "tests" / "load"
RESULTS = FOLDER / "RESULTS.md"
PATIENCE = 180
WORKERS, JOBS = 2, 1
WAITING = 512
"""Connections that may wait for a worker, as docs/en/administrator.md advises: Odoo by
itself lets eight wait for each, and of the next the system drops what they send."""
SECOND = 1000
QUEUE = ("queue: page", "queue: counts on the tabs")
OF_ODOO = re.compile(
    r"py\.warnings: .*bus/websocket\.py:\d+: DeprecationWarning", re.DOTALL
)
"""What Odoo says of gevent when its process for websockets starts."""
RETRIED = re.compile(r" INFO .*tries left, try again in")
TEXT = """# What the load showed last

`setup/load --results` writes this file: {employees} employees for {minutes:g} minutes,
{rate:g} letters a second, {stored:,} conversations of a year, on {workers} workers.

Measured on {machine}, on {day}; customers, employees and the server shared the machine.
Times are in milliseconds. Kinds in brackets are no requests.

{report}
"""


def main(args):
    options = _parse(args)
    name = "load"
    with cache.lock("load", wait=False) as alone, server("main") as postgres:
        if not alone:
            raise Failure(
                "another setup/load runs already from this cache folder.",
                "wait until it has ended: two at once would load each other.",
            )
        with databases.temporary(postgres, databases.product(postgres), name):
            found = put_load(postgres, name, options)
    report = describe(found)
    say("\n" + report)
    (cache.home() / "load_results.json").write_text(json.dumps(found, indent=1))
    if options.results:
        RESULTS.write_text(_describe_results(options, report))
    return 0 if all(met for _goal, met in judge(found)) else 1


def _parse(args):
    parser = argparse.ArgumentParser(
        prog="setup/load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--minutes", type=float, default=10.0, metavar="M")
    add("--employees", type=int, default=50, metavar="N")
    add("--letters-a-second", type=float, default=5.0, metavar="R")
    add("--stored", type=int, default=100_000, metavar="C", help="conversations before")
    add("--results", action="store_true", help="write tests/load/RESULTS.md, too")
    options = parser.parse_args(args)
    options.haste = 1.0
    for name in ("minutes", "employees", "letters_a_second", "stored"):
        if getattr(options, name) <= 0:
            raise Failure(f"--{name.replace('_', '-')} is to be more than nothing.")
    return options


def put_load(postgres, database, options):
    """What was measured of the company in `database`, which is filled first."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with step(f"Making {options.stored:,} conversations"):
            _run(
                postgres,
                folder / "company.log",
                *("company.py", database, folder / "company.json"),
                *("--employees", options.employees, "--stored", options.stored),
            )
        place = json.loads((folder / "company.json").read_text())
        place |= {"database": database, "haste": options.haste, "smtp": free_port()}
        log = folder / "odoo.log"
        with _serving(postgres, place, log):
            (folder / "place.json").write_text(json.dumps(place))
            with step(f"{options.employees} employees at work"):
                _run(
                    postgres,
                    folder / "drive.log",
                    *("drive.py", folder / "place.json", folder / "found.json"),
                    *("--minutes", options.minutes),
                    *("--letters-a-second", options.letters_a_second),
                )
        found = json.loads((folder / "found.json").read_text())
        return found | _read_log(log, found["understood"])


@contextmanager
def _serving(postgres, place, log):
    door = socket.create_server(("127.0.0.1", 0), backlog=WAITING)
    port, websockets = door.getsockname()[1], free_port()
    flags = ["--http-port", port, "--gevent-port", websockets, "--logfile", log]
    flags += ["--workers", WORKERS, "--max-cron-threads", JOBS]
    flags += ["--smtp", "127.0.0.1", "--smtp-port", place["smtp"]]
    flags += ["--db-filter", f"^{place['database']}$"]
    process = odoo.start(postgres, "-d", place["database"], *flags, listening=door)
    door.close()
    place["address"] = f"http://127.0.0.1:{port}"
    place["websocket"] = f"ws://127.0.0.1:{websockets}"
    place["pid"] = process.pid
    try:
        for listens in (port, websockets):
            address = f"http://127.0.0.1:{listens}/web/health"
            if not answers(process, address, PATIENCE):
                raise Failure("Odoo does not answer.", f"its log is {log}")
        yield
    finally:
        odoo.stop(process)
        if log.exists():
            _keep(log)


def _keep(log):
    """The log of the last run, to be read when all is over."""
    kept = cache.home() / "logs" / f"load-{log.name}"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(log.read_bytes())


def _run(postgres, log, script, *args):
    command = [odoo.python(), "-B", FOLDER / script, *args]
    with open(log, "w") as stream:
        status = subprocess.run(
            [str(each) for each in command],
            env=odoo.environment(postgres),
            stdout=stream,
            stderr=stream,
            check=False,
        ).returncode
    _keep(log)
    if status:
        quoted = "\n".join("    " + line for line in odoo.tail(log, 15))
        raise Failure(f"{script} ended with status {status}\n{quoted}")


def _read_log(log, understood):
    """:param understood: what people were told, which Odoo's log repeats"""
    retried = len(RETRIED.findall(log.read_text(errors="replace")))
    told = [f"odoo.http: {sentence}" for sentence in understood]
    unexpected = [
        record[:1000]
        for record in odoo.records_of_trouble(log, told)
        if not OF_ODOO.search(record)
    ]
    return {"log": unexpected[:50], "retried": retried}


def judge(found):
    """[(goal, whether it is met)]"""
    letters = found["letters"]
    late = {row["request"]: row["p95"] for row in found["rows"]}
    shown = [error for error in found["errors"] if "serializ" in error.lower()]
    sent = letters["handed over"]
    counted = {letters["accounted for"], letters["entries"], letters["inquiries"]}
    return [
        ("nobody is shown an error", not found["errors"]),
        ("no failure to serialise is shown to anybody", not shown),
        ("nothing unexpected stands in Odoo's log", not found["log"]),
        ("no websocket is lost", not found["lost websockets"]),
        (
            "the queue at p95 is there within a second",
            all(late.get(kind, SECOND) < SECOND for kind in QUEUE),
        ),
        (
            "every letter has one entry and one inquiry",
            sent and counted == {sent} and not letters["left over"],
        ),
    ]


def describe(found):
    """What was measured, as Markdown that is read in a terminal, too."""
    letters = found["letters"]
    outcomes = ", ".join(
        f"{count} {name}" for name, count in letters["outcomes"].items()
    )
    told = [f"- told: {text}, {count} times" for text, count in found["told"].items()]
    return "\n".join(
        [
            *(f"- {'met' if met else 'MISSED'}: {goal}" for goal, met in judge(found)),
            "",
            f"In {found['seconds']} s {found['employees']} employees made"
            f" {found['requests a second']} requests a second (letters among them), and"
            f" worked out {found['worked out']} conversations.",
            "",
            *_table(found["rows"]),
            "",
            f"- letters: {letters['handed over']} handed over ({outcomes}),"
            f" {letters['entries']} entries, {letters['inquiries']} inquiries,"
            f" {letters['accounted for']} accounted for,"
            f" {letters['again']} handed over again",
            f"- answers and notices that left by e-mail: {found['letters that left']}",
            f"- transactions that were retried, unseen: {found['retried']}",
            *told,
            "",
            "From the beginning of the work that tells it until a websocket has it:",
            "",
            *_table([{"told": kind, **row} for kind, row in found["bus"].items()]),
            "",
            *_table(found["processes"]),
            *(f"\n- shown: {error}" for error in found["errors"][:10]),
            *(f"\n- log: {line}" for line in found["log"][:10]),
        ]
    )


def _table(rows):
    if not rows:
        return ["(nothing)"]
    names = list(rows[0])
    cells = [names, *([str(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(names))]
    cells.insert(1, ["-" * width for width in widths])
    return [
        f"| {' | '.join(cell.ljust(w) for cell, w in zip(line, widths, strict=True))} |"
        for line in cells
    ]


def _describe_results(options, report):
    return TEXT.format(
        employees=options.employees,
        minutes=options.minutes,
        rate=options.letters_a_second,
        stored=options.stored,
        workers=WORKERS,
        machine=describe_machine(),
        day=f"{date.today():%Y-%m-%d}",
        report=report,
    )
