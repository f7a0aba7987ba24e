# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the benchmarks share: two databases in one process, timed in turn."""

import argparse
import contextlib
import hashlib
import json
import logging
import os
import statistics
import sys
import time
from pathlib import Path

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config

STOCK, OURS = "bench_stock", "bench_ours"
MARK = "made by audiomania setup"  # of `kit.databases`: so `setup/clean` finds them
REPETITIONS, WARM_UP = 31, 3
GROWS = "(ours, "
"""How the note begins beside what the same work costs at another size."""


def start():
    """The options of the call, with Odoo ready to open databases."""
    parser = argparse.ArgumentParser()
    parser.add_argument("output", type=Path)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    config.parse_config(["-c", os.environ["ODOO_RC"], "--log-level", "warn"])
    logging.getLogger("odoo.addons.mail").setLevel(logging.ERROR)
    options.repetitions = 5 if options.small else REPETITIONS
    return options


@contextlib.contextmanager
def environment(database):
    """An environment of the superuser that is committed at the end."""
    with Registry(database).cursor() as cr:
        yield odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})


def in_turn(repetitions, *works):
    """Median milliseconds of each of `works`, called one after the other, again and
    again, so that a machine that slows down slows all of them."""
    times = [[] for _work in works]
    for round_ in range(WARM_UP + repetitions):
        for work, measured in zip(works, times, strict=True):
            began = time.perf_counter()
            work(round_)
            if round_ >= WARM_UP:
                measured.append((time.perf_counter() - began) * 1000)
    return [statistics.median(measured) for measured in times]


def row(goal, work, ours, stock, limit, beside="", unit="ms", digits=1):
    """One line of the table.

    :param goal: which one, as `P1`
    :param limit: the largest ratio that will do
    :param beside: what stands in place of stock, where ours is compared with ours: the
        ratio then says how the cost grows
    """
    ratio = ours / stock
    column, other = (
        ("growth", "ratio") if beside.startswith(GROWS) else ("ratio", "growth")
    )
    return {
        "goal": goal,
        "work": work,
        "ours": f"{ours:.{digits}f} {unit}".strip(),
        "alternative": f"{stock:.{digits}f} {unit} {beside}".strip(),
        column: f"{ratio:.{4 if limit < 0.1 else 2}f}",
        other: "",
        "limit": f"<= {limit:.{3 if limit < 0.1 else 2}f}",
        "met": "yes" if ratio <= limit else "no",
    }


@contextlib.contextmanager
def copied(database, copy):
    """A copy of a database, for as long as it is needed."""
    _administer(f'DROP DATABASE IF EXISTS "{copy}"')
    _release(database)
    _administer(f'CREATE DATABASE "{copy}" TEMPLATE "{database}"')
    try:
        yield copy
    finally:
        _release(copy)
        _administer(f'DROP DATABASE "{copy}"')


def multiply(env, table, first, base, number, values, params):
    """Copies of the row `first`, in one statement, with ids that follow `base` without
    a gap. `values`: SQL for columns that differ in the `n`-th copy, with `params`."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    columns = [column for (column,) in env.cr.fetchall() if column != "id"]
    chosen = ", ".join(values.get(each, f'first."{each}"') for each in columns)
    named = ", ".join(f'"{each}"' for each in columns)
    env.cr.execute(
        f'INSERT INTO "{table}" (id, {named}) SELECT {base} + n, {chosen}'
        f' FROM "{table}" AS first, generate_series(1, {number}) AS n'
        f" WHERE first.id = {first}",
        params,
    )
    env.cr.execute(
        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, base + number]
    )


def top(env, table):
    """The largest id of a table."""
    env.cr.execute(f'SELECT COALESCE(MAX(id), 0) FROM "{table}"')
    return env.cr.fetchone()[0]


def kept(template, name, fill):
    """What `fill(name)` gave, of values that JSON knows: `name` is a copy of the
    database `template` that was filled in this run or in an earlier one. It is made
    anew when the template, or the file of the benchmark, is another one."""
    made_of = _describe(template) + Path(sys.argv[0]).read_text()
    made_of = hashlib.sha256(made_of.encode()).hexdigest()[:12]
    noted, _mark, what = _describe(name).removeprefix(MARK).strip().partition(" ")
    if noted == made_of:
        return json.loads(what)
    _release(template)
    _administer(f'DROP DATABASE IF EXISTS "{name}"')
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _sign(name)
    given = fill(name)
    _sign(name, f"{made_of} {json.dumps(given)}")
    return given


def _describe(database):
    """The comment on a database; where there is one it must be ours."""
    text = _administer(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = %s",
        database,
    )
    if text and not (text[0][0] or "").startswith(MARK):
        sys.exit(f"The database {database} was not made by this setup: rename it.")
    return text[0][0] if text else ""


def _sign(database, note=""):
    _administer(f'COMMENT ON DATABASE "{database}" IS %s', f"{MARK} {note}")


def _release(database):
    Registry.delete(database)
    odoo.sql_db.close_db(database)


def _administer(statement, *params):
    with contextlib.closing(odoo.sql_db.db_connect("postgres").cursor()) as cr:
        cr._cnx.autocommit = True
        cr.execute(statement, params or None)
        return cr.fetchall() if cr.description else []


def write(output, rows):
    output.write_text(json.dumps(rows))
