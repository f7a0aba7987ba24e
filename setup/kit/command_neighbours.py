# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/neighbours [SUITE…] [--afresh]`: what ours stand on works as without them.

The tests of Odoo and OCA run on two databases, one with our addons and one without,
and each test that ends otherwise is printed. A difference that is right stands in
`tests/neighbours/explained.ini` with a sentence; any other one is a failure, and so is
an explanation that explains nothing any more. `lint` is Odoo's own `test_lint`: what it
finds in our sources, and in models and routes that it does not find without ours.

What the tests do without ours does not change while Odoo and OCA do not: it is kept
(--afresh runs it again). The outcome stands in `tests/neighbours/RESULTS.md`.

"""

import configparser
import dataclasses
import datetime
import json
import os
import re
import shutil
import time
from collections import Counter

from . import cache, databases, odoo
from .console import Failure, run, say, step
from .loopback import free_port
from .postgres import server
from .python_env import python

FOLDER = cache.REPOSITORY / "tests" / "neighbours"
EXPLAINED = FOLDER / "explained.ini"
RESULTS = FOLDER / "RESULTS.md"
RATING = "odoo-addon-helpdesk-mgmt-rating==19.0.1.0.0.7"
RATING_HASH = "20efe0e503675e6d3318e65b0d4eca6a1c398d01e157573016552c0b58268cdd"

BUILD = 1  # to be raised when what is kept of a run without ours changes

LINT = "lint"
SUITES = {
    "helpdesk_mgmt": ("helpdesk_mgmt", "/helpdesk_mgmt"),
    "helpdesk_mgmt_rating": ("helpdesk_mgmt_rating", "/helpdesk_mgmt_rating"),
    "gateway": ("test_mail", "mail_gateway,mail_loop,mail_tools"),
    "rating": ("rating", "/rating"),
    "sale": ("sale", "/sale"),
    "sale_stock": ("sale_stock", "/sale_stock"),
    "purchase": ("purchase", "/purchase"),
    "purchase_stock": ("purchase_stock", "/purchase_stock"),
    LINT: ("test_lint", "/test_lint"),
}
"""Each suite: the addon that must be installed, and the tags of its tests."""

LEFT_OUT = {
    "sale": {
        "TestTaxesDownPaymentSale": "the taxes of each country: two minutes a test, of"
        " sums that none of ours touches"
    },
}
"""Test classes of a suite that do not run, and why."""

OF_PYPI = {"helpdesk_mgmt_rating": f"{RATING} --hash=sha256:{RATING_HASH}"}
"""Addons that are tested and that nothing of ours needs: from PyPI, when asked for."""

PASSED, FAILED, SKIPPED, MISSING = "passed", "failed", "skipped", "not run"
ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ )", re.M)
LINE = re.compile(
    r"^\S+ \S+ \d+ (?:INFO|ERROR) \S+ (?:odoo\.\S+): "
    r"(Starting|FAIL:|ERROR:|skipped) (?:Subtest )?(\S+)(?: \((\S+)\))?",
    re.M,
)
RESULT = re.compile(r"odoo\.tests\.result: \d+ failed, \d+ error\(s\) of (\d+) tests")
FOUND = re.compile(
    r"^\S+ \S+ \d+ (?:WARNING|ERROR) \S+ odoo\.(?:addons\.test_lint|http)"
)
NO_FINDING = re.compile(r'^(?:\S+ \S+ \d+ [A-Z]+ |Traceback|  File "|    |\s*$)')
ROW = re.compile(r"^\| `(\w+)` \|.*\|$", re.M)
__doc__ += "".join(f"    setup/neighbours {name}\n" for name in SUITES)

RESULTS_TEXT = """# What the neighbours' tests said last

`setup/neighbours` writes this file. Each suite runs on a database with our addons and
on one without; **differ** is how many tests end otherwise, each of which is explained
in [explained.ini](explained.ini) and below. A test that fails or is skipped on both
sides is listed too.

| suite | tests | passed without ours | passed with ours | differ | minutes, both | on |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
{rows}

## What differs, and why

{differences}

## What does not run

{left_out}

## What passes on neither side

{neither}
"""


def main(args):
    afresh = "--afresh" in args
    names = [name for name in args if name != "--afresh"] or list(SUITES)
    if {"-h", "--help"} & set(names):
        say(__doc__.strip())
        return 0
    if unknown := [name for name in names if name not in SUITES]:
        raise Failure(f"no suite {unknown[0]!r}.", f"use {', '.join(SUITES)}.")
    with server("test") as postgres:
        bad = sum([_compare(postgres, name, afresh) for name in names])
    say(f"\n{bad} differences that nobody has explained" if bad else "\nNo difference")
    return 1 if bad else 0


def _compare(postgres, name, afresh):
    """How many tests of a suite end otherwise than without ours, unexplained."""
    stock = _run_stock(postgres, name, afresh)
    ours = _run_ours(postgres, name)
    if not set(stock["tests"].values()) & {PASSED}:
        raise Failure(f"none of the tests of {name} passes without our addons either.")
    explained = read_explained(EXPLAINED, name)
    if name == LINT:
        bad = _report_findings(ours, stock, explained)
    else:
        found = differences(ours["tests"], stock["tests"])
        bad = _report(name, found, explained)
    minutes = (ours["seconds"] + stock["seconds"]) / 60
    if not bad:
        write_results(RESULTS, name, ours["tests"], stock["tests"], minutes)
    return bad


def _run_ours(postgres, name):
    addons = ",".join(odoo.addons())
    return _run(postgres, databases.product(postgres), name, "with our addons", addons)


def _run_stock(postgres, name, afresh):
    """The same tests without ours: kept until what they are made of changes."""
    template = databases.host(postgres)
    more = [*_left_out_tags(name), OF_PYPI.get(SUITES[name][0]), BUILD]
    made_of = cache.key(template, *SUITES[name], *more)
    kept = cache.home() / "neighbours" / f"{name}-{made_of}.json"
    if afresh or not kept.exists():
        found = _run(postgres, template, name, "without them", "")
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(found))
    return json.loads(kept.read_text())


def _run(postgres, template, name, title, linted):
    """How each test ended, and what Odoo's lint found, in a database of its own.

    :param linted: the addons whose sources `lint` reads
    """
    addon, tags = SUITES[name]
    title = f"{name}, {title}"
    database = f"neighbours_{cache.key(title)}"
    log = cache.home() / "logs" / f"{title.replace(', ', '-').replace(' ', '-')}.log"
    flags = _flags(addon, ",".join([tags, *_left_out_tags(name)]))
    if _is_installed(postgres, template, addon):
        flags[flags.index("-i") : flags.index("-i") + 2] = []
    more = _lint_environment(linted) if name == LINT else {}
    with_more = dataclasses.replace(postgres, env=postgres.env | more)
    started = time.monotonic()
    with databases.temporary(postgres, template, database), step(title):
        odoo.run_logged(with_more, log, "-d", database, *flags)
    text = log.read_text(errors="replace")
    return {
        "tests": read_log(text, log),
        "found": read_findings(text),
        "seconds": time.monotonic() - started,
    }


def _left_out_tags(name):
    return [f"-/{SUITES[name][0]}:{test}" for test in LEFT_OUT.get(name, ())]


def _flags(addon, tags):
    path = _fetch(addon) if addon in OF_PYPI else []
    paths = [cache.REPOSITORY, FOLDER / "addons", *path]
    return [
        "--addons-path", ",".join(map(str, paths)),
        "--load", "base,web,rpc,neighbours_last",
        "-i", addon, "--test-tags", tags, "--stop-after-init",
        "--without-demo", "--http-port", free_port(), "--max-cron-threads", "0",
    ]  # fmt: skip


def _is_installed(postgres, database, addon):
    statement = f"select state from ir_module_module where name = '{addon}'"
    return postgres.sql(statement, database) == "installed"


def _fetch(addon):
    """The folder in which an addon of PyPI stands, fetched once, by its hash."""
    wanted = OF_PYPI[addon]
    folder = cache.home() / "neighbours" / cache.key(wanted)
    if not folder.exists():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        (making / "requirements.txt").write_text(f"{wanted}\n")
        command = [python(), "-m", "pip", "install", "-q", "--require-hashes"]
        command += ["--no-deps", "--target", making, "-r", making / "requirements.txt"]
        with step(f"Fetching {addon}"):
            run(command, "pip install")
        making.rename(folder)
    return [folder / "odoo" / "addons"]


def _lint_environment(linted):
    """What Odoo's lint needs: the tools of the gates, and which sources to read."""
    run([cache.REPOSITORY / ".ci" / "gates", "tools"], "installing the gates' tools")
    tools = cache.home() / "gates"
    commands = [*tools.glob("py*/bin"), *tools.glob("node*/node_modules/.bin")]
    packages = tools.glob("py*/lib/python*/site-packages")
    return {
        "NEIGHBOURS_LINT": linted,
        "PATH": os.pathsep.join([os.environ["PATH"], *map(str, commands)]),
        "NEIGHBOURS_PACKAGES": os.pathsep.join(map(str, packages)),
        "ESLINT_USE_FLAT_CONFIG": "false",
    }


def read_log(text, log=""):
    """{test: how it ended}, as Odoo's log tells it."""
    if not RESULT.search(text):
        raise Failure(f"Odoo ended before its tests did.\n  (all of it: {log})")
    found = {}
    for what, name, where in LINE.findall(text):
        if name == "setUpClass":
            name = f"{where.rpartition('.')[2]}.setUpClass"
        if what == "Starting":
            found.setdefault(name, PASSED)
        else:
            found[name] = SKIPPED if what == "skipped" else FAILED
    return found


def read_findings(text):
    """The lines in which Odoo's lint says what it does not like."""
    blocks = [block for block in ENTRY.split(text) if FOUND.match(block)]
    return sorted({line for block in blocks for line in _finding_lines(block)})


def _finding_lines(block):
    head, *rest = block.splitlines()
    warning = [head.partition(": ")[2]] if " WARNING " in head else []
    return warning + [line for line in rest if not NO_FINDING.match(line)]


def differences(ours, stock):
    """{test: (with our addons, without them)} of those that end otherwise."""
    return {
        test: (ours.get(test, MISSING), stock.get(test, MISSING))
        for test in sorted(ours.keys() | stock.keys())
        if ours.get(test) != stock.get(test)
    }


def read_explained(file, name):
    """{test: why it may end otherwise} of a suite."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str
    parser.read_string(file.read_text())
    return dict(parser[name]) if parser.has_section(name) else {}


def _report(name, found, explained):
    """Print all that differs; how many of them stand without a reason."""
    bad = 0
    for test, (ours, stock) in found.items():
        reason = explained.get(test)
        bad += not reason
        say(f"    {name}: {test}: {ours} with our addons, {stock} without")
        say(f"        {reason or 'NOT EXPLAINED'}")
    for test in explained.keys() - found.keys():
        bad += 1
        say(f"    {name}: {test}: explained, and no difference")
    return bad


def _report_findings(ours, stock, explained):
    """Print what the lint finds with ours only, line by line; how many lines stand
    without a reason. A check that did not run is a finding."""
    lines = [line for line in ours["found"] if line not in stock["found"]]
    lines += [
        f"{test} {SKIPPED}" for test, how in ours["tests"].items() if how == SKIPPED
    ]
    bad = 0
    for line in lines:
        if not any(re.search(pattern, line) for pattern in explained):
            bad += 1
            say(f"    {LINT}: {line}")
    for pattern in explained:
        if not any(re.search(pattern, line) for line in lines):
            bad += 1
            say(f"    {LINT}: {pattern}: explained, and not found")
    return bad


def write_results(file, name, ours, stock, minutes):
    """Put the row of a suite in the table; what other suites said last stays."""
    text = file.read_text() if file.exists() else ""
    parts = text.partition("## What passes on neither side")
    rows = _lines_of_others(parts[0], name)
    rows.append(_row(name, ours, stock, minutes))
    neither = _lines_of_others(parts[2], name) + _neither_rows(name, ours, stock)
    file.write_text(
        RESULTS_TEXT.format(
            rows="\n".join(sorted(rows)),
            differences=_explained_text() or "Nothing.",
            left_out=_left_out_text(),
            neither=_neither_text(neither),
        )
    )


def _lines_of_others(text, name):
    return [match[0] for match in ROW.finditer(text) if match[1] != name]


def _row(name, ours, stock, minutes):
    cells = (
        f"`{name}`",
        len(stock.keys() | ours.keys()),
        Counter(stock.values())[PASSED],
        Counter(ours.values())[PASSED],
        len(differences(ours, stock)),
        f"{minutes:.0f}",
        datetime.date.today().isoformat(),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _neither_rows(name, ours, stock):
    return [
        f"| `{name}` | `{test}` | {how} |"
        for test, how in sorted(ours.items())
        if how != PASSED and stock.get(test) == how
    ]


def _neither_text(rows):
    head = "| suite | test | on both sides |\n| --- | --- | --- |\n"
    return head + "\n".join(sorted(rows)) if rows else "Nothing."


def _left_out_text():
    return "\n".join(
        f"- `{name}`, `{test}`: {reason}."
        for name, tests in LEFT_OUT.items()
        for test, reason in tests.items()
    )


def _explained_text():
    return "\n".join(
        f"- `{name}`, `{test}`: {reason}"
        for name in SUITES
        for test, reason in read_explained(EXPLAINED, name).items()
    )
