# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/bench [NAME…] [--small]`: the benchmarks of `tests/bench`, each against stock.
`setup/bench backtest DIR [--weights FILE]`: how often the routing names who took it.

Every benchmark measures ours and the alternative in turn, in one run, on databases
that are copies of the same templates, and prints ratios of medians. Nothing fails.
--small   fewer repetitions and smaller data, to see that a benchmark runs

Large databases are filled once and kept (their names begin with bench_) until the
addons or the benchmark change. One run at a time: two would measure each other.

A backtest needs no database: it replays the history in DIR (events.csv, and
absences.csv where there is one), as audiomania_routing/readme/DEVELOP.md describes it.
"""

import argparse
import json
import os
import subprocess
import sys

from . import cache, databases, odoo
from .console import Failure, say, step
from .postgres import server

FOLDER = cache.REPOSITORY / "tests" / "bench"
HEADINGS = ("work", "ours", "stock", "ratio", "goal", "met")


def main(args):
    if args[:1] == ["backtest"]:
        return _backtest(args[1:])
    options = _parse(args)
    with cache.lock("bench", wait=False) as alone:
        if not alone:
            raise Failure(
                "another setup/bench runs already from this cache folder.",
                "wait until it has ended: two at once would measure each other.",
            )
        rows = _run_all(options.names or benchmarks(), options.small)
    _print_table(rows)
    _print_plans(rows)
    result = cache.home() / "bench.json"
    result.write_text(json.dumps(rows, indent=1))
    say(f"\n(as JSON: {result})")
    return 0


def _parse(args):
    parser = argparse.ArgumentParser(
        prog="setup/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one of {', '.join(benchmarks())}"
    )
    parser.add_argument(
        "--small", action="store_true", help="to see that a benchmark runs"
    )
    options = parser.parse_args(args)
    unknown = set(options.names) - set(benchmarks())
    if unknown:
        there = ", ".join(benchmarks())
        raise Failure(
            f"no benchmark {', '.join(sorted(unknown))}.", f"there are: {there}"
        )
    return options


def _run_all(names, small):
    with server("main") as postgres:
        stock, ours = databases.host(postgres), databases.product(postgres)
        return [
            row for name in names for row in _run(postgres, name, stock, ours, small)
        ]


def _backtest(args):
    """Plain Python, so it is asked here and now; the figures are kept as JSON too."""
    result = cache.home() / "backtest.json"
    command = [sys.executable, "-B", "-m", "backtest", "--json", result, *args]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER)}
    return subprocess.run(command, check=False, env=environment).returncode


def benchmarks():
    return sorted(f.stem.removeprefix("bench_") for f in FOLDER.glob("bench_*.py"))


def _run(postgres, name, stock, ours, small):
    """The rows of one benchmark, run on fresh copies of both templates."""
    output = cache.scratch() / f"bench-{name}.json"
    log = cache.home() / "logs" / f"bench-{name}.log"
    log.parent.mkdir(exist_ok=True)
    with (
        databases.temporary(postgres, stock, "bench_stock"),
        databases.temporary(postgres, ours, "bench_ours"),
        step(f"Benchmark {name}"),
        open(log, "w") as stream,
    ):
        # what the kept databases are made of
        databases.mark(postgres, "bench_stock", stock)
        databases.mark(postgres, "bench_ours", ours)
        command = [odoo.python(), "-B", FOLDER / f"bench_{name}.py", output]
        command += ["--small"] if small else []
        environment = odoo.environment(postgres)
        status = subprocess.run(
            command, check=False, env=environment, stdout=stream, stderr=stream
        ).returncode
    if status:
        quoted = "\n".join("    " + line for line in odoo.tail(log, 15))
        raise Failure(f"benchmark {name} ended with status {status}\n{quoted}")
    return json.loads(output.read_text())


def _print_table(rows):
    table = [HEADINGS, *([str(row[h]) for h in HEADINGS] for row in rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(HEADINGS))]
    say("")
    for line in table:
        say("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)))


def _print_plans(rows):
    """The plans of PostgreSQL that a benchmark hands over beside its figures."""
    for row in rows:
        if plan := row.get("plan"):
            say(f"\nPlan: {row['work']}")
            say("\n".join(f"  {line}" for line in plan))
