# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/screenshots [NAME ...]`: the pictures of all screens, taken again.

A demo company is made in a database of its own, shown in Chromium, and dropped. The
pictures replace those in each addon's `static/description`. NAME is a picture or an
addon; without one all are taken.

--languages en,ru     in these languages; Russian ones are called NAME.ru.png
--size 1400x900       the size of the window
--output FOLDER       elsewhere, in the same folders
"""

import argparse
import os
import re
import subprocess
from pathlib import Path

from . import cache, command_demo, databases, odoo, scenes
from .console import Failure, say, step
from .loopback import answers, free_port
from .postgres import server

LANGUAGES = {"en", "ru"}
PATIENCE = 180


def main(args):
    options = _read(args)
    name = f"screenshots_{os.getpid()}"
    with (
        server("main") as postgres,
        databases.temporary(postgres, databases.product(postgres), name),
    ):
        say("  Making a demo company to be pictured:")
        log = cache.home() / "logs" / "screenshots.log"
        command_demo.make_company(postgres, name, log)
        return _photograph(postgres, name, options)


def _read(args):
    parser = argparse.ArgumentParser(
        prog="setup/screenshots",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--languages", default="en")
    parser.add_argument("--size", default="1400x900")
    parser.add_argument("--output", type=Path, default=cache.REPOSITORY)
    options = parser.parse_args(args)
    if unknown := scenes.unknown(options.names):
        there = ", ".join(scene.name for scene in scenes.SCENES)
        raise Failure(f"no picture {', '.join(unknown)}.", f"there are: {there}")
    if unknown := set(options.languages.split(",")) - LANGUAGES:
        raise Failure(f"no language {', '.join(sorted(unknown))}.", "use en, ru.")
    if not re.fullmatch(r"\d{3,4}x\d{3,4}", options.size):
        raise Failure(f"{options.size} is no size.", "write it as 1400x900.")
    return options


def _photograph(postgres, database, options):
    """Serve it, and let the photographer in; his exit status."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = cache.home() / "logs" / "screenshots-odoo.log"
    log.unlink(missing_ok=True)
    flags = ["--http-port", port, "--db-filter", f"^{database}$", "--logfile", log]
    flags += ["--max-cron-threads", "0", "--smtp", "127.0.0.1", "--smtp-port", "9"]
    process = odoo.start(postgres, "-d", database, *flags, start_new_session=True)
    try:
        with step("Starting Odoo"):
            if not answers(process, f"{address}/web/health", PATIENCE):
                raise Failure("Odoo does not answer.", f"read {log}.")
        return _run_photographer(postgres, address, database, options)
    finally:
        odoo.stop(process)


def _run_photographer(postgres, address, database, options):
    where = ["--address", address, "--database", database]
    how = ["--languages", options.languages, "--size", options.size]
    command = [odoo.python(), "-B", cache.SETUP / "kit" / "photographer.py", *where]
    command += [*how, "--output", options.output, *options.names]
    return subprocess.run(
        [str(each) for each in command], env=odoo.environment(postgres), check=False
    ).returncode
