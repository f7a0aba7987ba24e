# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/clean`: stop what still runs and remove everything that the kit made."""

import os
import shutil

from . import cache, databases, postgres
from .console import Failure, say, step


def main(args):
    with cache.lock("demo", wait=False) as alone:
        if not alone:
            raise Failure("the demo is running.", "stop it with Ctrl-C first.")
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
