# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/i18n [--check]`: the .pot of each addon from its sources, and its Russian.

Without an argument the .pot files are written and new sentences added to ru.po.
With --check nothing is written: what is not current or not translated is told, and
the exit status is 1.
"""

import argparse
import os
import subprocess

from . import cache, databases, odoo
from .console import run, step
from .postgres import server


def main(args):
    parser = argparse.ArgumentParser(
        prog="setup/i18n",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="write nothing, only tell")
    check = parser.parse_args(args).check
    with server("test") as postgres:
        template = databases.product(postgres)
        database = f"i18n_{os.getpid()}"
        with databases.temporary(postgres, template, database):
            fresh = {n: _export(postgres, database, n) for n in odoo.addons()}
    script = cache.SETUP / "kit" / "catalogues.py"
    files = [f"{name}={path}" for name, path in fresh.items()]
    verb = "check" if check else "update"
    command = [odoo.python(), "-B", script, verb, *files]
    return subprocess.run(command, check=False).returncode


def _export(postgres, database, name):
    target = cache.scratch() / f"{database}-{name}.pot"
    with step(f"Reading the sentences of {name}"):
        command = odoo.command(
            "i18n", "export", "-d", database, "-l", "pot", "-o", target, name
        )
        run(
            command,
            f"exporting {name}",
            env=odoo.environment(postgres),
            cwd=cache.REPOSITORY,
        )
    return target
