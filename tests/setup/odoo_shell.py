# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's shell on a database that is looked at from outside."""

import subprocess

from kit import cache, odoo


def shell(postgres, database, script, log):
    """What the script printed, run as the superuser in Odoo's shell."""
    command = odoo.command("shell", "-d", database, "--no-http", "--logfile", log)
    done = subprocess.run(
        command,
        input=script,
        check=False,
        text=True,
        capture_output=True,
        env=odoo.environment(postgres),
        cwd=cache.REPOSITORY,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
