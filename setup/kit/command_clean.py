# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/clean`: stop what still runs and remove everything that the kit made.

The cache folder with the demo company goes, and so does what lies below `/var/tmp` when
it was run as root. On a PostgreSQL of your own (PGHOST) the databases go that carry the
setup's mark. The checkout stays.
"""

import argparse
import os
import shutil

from . import cache, databases, postgres
from .console import Failure, say, step


def main(args):
    argparse.ArgumentParser(
        prog="setup/clean",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(args)
    for name in ("demo", "cluster-main", "cluster-test"):
        with cache.lock(name, wait=False) as alone:
            if not alone:
                what = f"a command of setup/ is still running ({name})."
                raise Failure(what, "end it, the demo with Ctrl-C, and start again.")
    if os.environ.get("PGHOST"):
        _drop_databases()
    postgres.stop_all()
    with step("Removing the cache folder"):
        for folder in (*postgres.homes(), cache.home()):
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _drop_databases():
    """On the user's own server only what carries our mark goes."""
    with postgres.server("main") as server:
        for name in databases.ours(server):
            say(f"  dropping the database {name}")
            databases.drop(server, name)
