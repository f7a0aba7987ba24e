# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/clean`: stop what still runs and remove everything that the kit made."""

import os
import shutil

from . import cache, databases, postgres
from .console import say, step


def main(args):
    if os.environ.get("PGHOST"):
        _drop_databases()
    else:
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
