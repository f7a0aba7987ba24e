# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/bench [NAME…] [--small]`: the benchmarks of `tests/bench`, each against stock.
`setup/bench [NAME…] --results`: the same, and the table in `tests/bench/RESULTS.md`.
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
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

from . import cache, databases, odoo
from .console import Failure, run, say, step
from .postgres import server

FOLDER = cache.REPOSITORY / "tests" / "bench"
RESULTS = FOLDER / "RESULTS.md"
HEADINGS = ("goal", "work", "ours", "alternative", "ratio", "growth", "limit", "met")

RESULTS_TEXT = """# What was measured last

`setup/bench --results` writes this file. The goals are those of the project: P1 the
queue, P2 a letter, P3 the facts of an inquiry, P4 the engine, P5 the sums of orders,
P6 and P7 alerts, P8 and P9 the purchase journal, P10 the analysis, P11 the search.

- **ratio**: ours against the alternative (stock where nothing else is named), medians
  measured in turn, in one run. Below one: ours is faster.
- **growth**: the same work of ours at one size against another.
- **limit**: the largest ratio, or growth, that will do.

Measured on {machine}. On a machine that is shared with other work an absolute time
means little; a ratio means what it says.

{table}
"""


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
        found = _run_all(options.names or benchmarks(), options.small)
    rows = [row for some in found.values() for row in some]
    _print_table(rows)
    _print_plans(rows)
    result = cache.home() / (
        "bench_small.json" if options.small else "bench_results.json"
    )
    _keep(result, found)
    say(f"\n(as JSON: {result})")
    if options.results:
        RESULTS.write_text(_describe_results(json.loads(result.read_text())))
    return 0


def _keep(result, found):
    """The newest rows of each benchmark, with when they were measured."""
    kept = json.loads(result.read_text()) if result.exists() else {}
    today = f"{date.today():%Y-%m-%d}"
    for name, rows in found.items():
        kept[name] = {"date": today, "rows": rows}
    there = benchmarks()
    result.write_text(json.dumps({n: kept[n] for n in there if n in kept}, indent=1))


def _describe_results(kept):
    """The table as Markdown: by goal, with the machine and the day of each row."""
    rows = [
        {**row, "measured": each["date"]}
        for each in kept.values()
        for row in each["rows"]
    ]
    rows.sort(key=lambda row: int(row["goal"][1:]))
    headings = (*HEADINGS, "measured")
    lines = [headings, ["---"] * len(headings)]
    lines += [[row[heading] for heading in headings] for row in rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return RESULTS_TEXT.format(machine=describe_machine(), table=table)


def describe_machine():
    with server("main") as postgres:
        version = postgres.major()
        core = run(odoo.command("--version"), "odoo --version").split()[-1]
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({processor}), {memory:.0f} GiB of memory, Odoo"
        f" {core}, PostgreSQL {version}, Python {platform.python_version()}"
    )


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
    parser.add_argument(
        "--results", action="store_true", help="write tests/bench/RESULTS.md, too"
    )
    options = parser.parse_args(args)
    if options.small and options.results:
        raise Failure("small data say nothing: --results needs the whole ones.")
    unknown = set(options.names) - set(benchmarks())
    if unknown:
        there = ", ".join(benchmarks())
        raise Failure(
            f"no benchmark {', '.join(sorted(unknown))}.", f"there are: {there}"
        )
    return options


def _run_all(names, small):
    """{name of a benchmark: its rows}"""
    with server("main") as postgres:
        stock, ours = databases.host(postgres), databases.product(postgres)
        return {name: _run(postgres, name, stock, ours, small) for name in names}


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
