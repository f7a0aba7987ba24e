# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/odoo ARGS…`: Odoo's own command line with our addons on its path."""

import signal
import subprocess

from . import cache, odoo
from .postgres import server


def main(args):
    with server("main") as postgres:
        process = subprocess.Popen(
            odoo.command(*args), env=odoo.environment(postgres), cwd=cache.REPOSITORY
        )
        # Ctrl-C reaches Odoo by itself; we wait until it has ended.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()
