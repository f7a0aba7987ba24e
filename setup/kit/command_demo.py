# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/demo [--fresh] [--port N]`: the demo company in a browser, letters arriving.

Ctrl-C stops everything; the next start goes on where you left it.

--fresh   build the company anew; what was done in it is lost
--port N  where Odoo answers (8069, or any free port when that is taken)
"""

import argparse
import signal
import subprocess
import sys

from . import cache, databases, odoo
from .console import Failure, say, step
from .loopback import answers, free_port
from .postgres import server

DATABASE = "demo"
PATIENCE = 180  # seconds for Odoo to answer
OPEN_PIPE = f"""
import sys
sys.path.insert(0, {str(cache.SETUP)!r})
from company import build, feed, open_pipe
open_pipe(env)
"""
BUILD = f"""{OPEN_PIPE}
build(env)
feed(env)
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def main(args):
    parser = argparse.ArgumentParser(
        prog="setup/demo",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--port", type=int, default=8069, metavar="N")
    options = parser.parse_args(args)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with cache.lock("demo", wait=False) as alone, server("main") as postgres:
        if not alone:
            raise Failure(
                "a demo runs already from this cache folder.", "use that one."
            )
        _have_company(postgres, options.fresh)
        _serve(postgres, options.port)
    return 0


def _have_company(postgres, fresh):
    if fresh:
        databases.drop(postgres, DATABASE)
    if not databases.exists(postgres, DATABASE):
        _build(postgres)
    elif databases.note(postgres, DATABASE) != databases.source_key():
        _upgrade(postgres)


def _build(postgres):
    making = f"{DATABASE}_making"
    databases.copy(postgres, databases.product(postgres), making)
    say("  Making the demo company:")
    make_company(postgres, making, cache.home() / "logs" / "company.log")
    databases.mark(postgres, making, databases.source_key())
    databases.rename(postgres, making, DATABASE)


def make_company(postgres, database, log):
    """The company, with its letters, in a database that has our addons and no data."""
    log.unlink(missing_ok=True)
    if _run_in_shell(postgres, database, log, BUILD):
        raise Failure("the demo company could not be made.", f"read {log}; tell us.")


def _run_in_shell(postgres, database, log, code):
    """Run code in a shell of Odoo; the exit status."""
    return subprocess.run(
        odoo.command("shell", "-d", database, "--no-http", "--logfile", log),
        input=code,
        check=False,
        text=True,
        env=odoo.environment(postgres),
        cwd=cache.REPOSITORY,
    ).returncode


def _upgrade(postgres):
    log = cache.home() / "logs" / "upgrade.log"
    names = ",".join(odoo.addons())
    with step("The addons have changed: upgrading the demo"):
        flags = ["-i", names, "-u", names, "--i18n-overwrite"]
        flags += ["--stop-after-init", "--no-http"]
        todo = "setup/demo --fresh builds the company anew."
        arguments = ("-d", DATABASE, *flags)
        odoo.run_checked(postgres, log, "upgrading the demo", *arguments, todo=todo)
        _run_in_shell(postgres, DATABASE, log, OPEN_PIPE)
    databases.mark(postgres, DATABASE, databases.source_key())


def _serve(postgres, preferred):
    port, smtp = free_port(preferred), free_port(2525)
    log = cache.home() / "logs" / "demo.log"
    log.unlink(missing_ok=True)
    flags = ["--http-port", port, "--db-filter", f"^{DATABASE}$", "--logfile", log]
    flags += ["--smtp", "127.0.0.1", "--smtp-port", smtp]
    running = []
    try:
        with step("Starting Odoo"):
            flags = ["-d", DATABASE, *flags]
            running.append(odoo.start(postgres, *flags, start_new_session=True))
            _wait_for(running[0], f"http://127.0.0.1:{port}/web/health", log)
        running.append(_post_office(postgres, smtp, port))
        _welcome(port, smtp)
        running[0].wait()
        raise Failure("Odoo ended by itself.", f"read {log}.")
    except KeyboardInterrupt:
        say("\nStopping.")
    finally:
        for process in reversed(running):
            odoo.stop(process)


def _wait_for(process, address, log):
    if answers(process, address, PATIENCE):
        return
    quoted = (
        "\n".join("    " + line for line in odoo.tail(log, 8)) if log.exists() else ""
    )
    raise Failure(f"Odoo does not answer at {address}.\n{quoted}", f"read {log}.")


def _post_office(postgres, smtp, port):
    """The demo's mail server: ours go to Odoo, others to a folder."""
    outbox = cache.home() / "outbox"
    outbox.mkdir(exist_ok=True)
    configuration = cache.home() / "demo-mailpipe.conf"
    write_pipe(postgres, DATABASE, f"http://127.0.0.1:{port}", configuration)
    return subprocess.Popen(
        [odoo.python(), "-B", cache.SETUP / "kit" / "post_office.py"]
        + ["--listen", str(smtp), "--pipe", configuration, "--outbox", outbox],
        env=odoo.environment(postgres),
        preexec_fn=odoo.end_with_parent,  # noqa: PLW1509
        start_new_session=True,
    )


def write_pipe(postgres, database, address, file):
    """The configuration of the mail server's pipe to the Odoo at this address."""
    secret = postgres.sql(
        "select pipe_secret from fetchmail_server where server_type = 'local'"
        " and active order by id limit 1",
        database,
    )
    file.touch(0o600)
    file.write_text(
        f"[odoo]\nurl = {address}\ndatabase = {database}\nsecret = {secret}\n"
    )


def _welcome(port, smtp):
    sys.path.insert(0, str(cache.SETUP))
    from company.sign_ins import SIGN_INS

    say(f"\nThe demo company is at  http://127.0.0.1:{port}/odoo\n")
    say("Sign in as")
    for login, password, who, look_at in SIGN_INS:
        say(f"  {login:<10} password {password:<10} {who}: {look_at}")
    say("\nLetters arrive by themselves in the first minutes; send your own by SMTP at")
    say(f"127.0.0.1:{smtp}, to sales@audiomania.example. What leaves stays in")
    say(f"  {cache.home() / 'outbox'}")
    say("\nCtrl-C stops everything; setup/demo starts it again where you left it.")
