# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's own command line, run in the environment that the kit made."""

import ctypes
import os
import re
import signal
import subprocess
import time

from . import cache
from .console import Failure
from .python_env import python

RECORD = re.compile(r"^(?=\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ )", re.MULTILINE)
TROUBLE = re.compile(r"\S+ \S+ \d+ (?:WARNING|ERROR|CRITICAL) ")
TRIED_AGAIN = re.compile(
    r" odoo\.sql_db: bad query: .*^ERROR: +(?:"
    r"could not serialize access|deadlock detected|could not obtain lock)",
    re.DOTALL | re.MULTILINE,
)
"""A statement that met another one: Odoo tries its transaction again. Where it cannot,
another record says so."""
COMMAND_LINE = cache.SETUP / "kit" / "bin" / "odoo"
HANDED_SOCKET = cache.SETUP / "kit" / "handed_socket.py"
PR_SET_PDEATHSIG = 1
SILENCE = 300  # seconds after which an Odoo that logs nothing is taken to hang


def addons():
    """The addons of this repository, by name."""
    return sorted(
        m.parent.name for m in cache.REPOSITORY.glob("audiomania_*/__manifest__.py")
    )


def command(*args):
    return [str(python()), str(COMMAND_LINE), *(str(a) for a in args)]


def environment(server):
    """What a process of Odoo needs to find its database, its files and our addons."""
    home = cache.home()
    path = f"{cache.SETUP / 'kit' / 'bin'}{os.pathsep}{server.env.get('PATH', '')}"
    return server.env | {
        "ODOO_RC": str(_configuration(server)),
        "AUDIOMANIA_FILES": str(server.files),
        "TMPDIR": str(cache.scratch()),
        "PATH": path,
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(home / "hypothesis"),
    }


def _configuration(server):
    server.files.mkdir(parents=True, exist_ok=True)
    # each checkout has its own: two of them may run at the same time
    checkout = cache.key(str(cache.REPOSITORY))
    file = cache.home() / f"{server.files.name}-{checkout}.conf"
    text = "\n".join(
        (
            "[options]",
            f"addons_path = {cache.REPOSITORY}",
            f"data_dir = {server.files}",
            f"screenshots = {cache.home() / 'screenshots'}",
            "http_interface = 127.0.0.1",
            "",
        )
    )
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
    return file


def run_logged(server, log, *args):
    """Run Odoo to its end with its log in `log`; gives the exit status.

    Where the log is silent for too long, Odoo hangs: it is asked for the stacks of its
    threads, which the log then holds, and killed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as stream:
        output = {"stdout": stream, "stderr": subprocess.STDOUT}
        process = start(server, *args, stdin=subprocess.DEVNULL, **output)
        try:
            while process.poll() is None:
                _end_if_silent(process, log)
        finally:
            stop(process)
    return process.returncode


def _end_if_silent(process, log):
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        if time.time() - log.stat().st_mtime > SILENCE:
            process.send_signal(signal.SIGQUIT)
            time.sleep(2)
            process.kill()


def run_checked(server, log, what, *args, todo=""):
    """Run Odoo; a failure, and any warning in its log, is a Failure that quotes it."""
    status = run_logged(server, log, *args)
    found = trouble(log)
    if status or found:
        quoted = "\n".join("    " + line for line in found[-12:] or tail(log, 15))
        told = f"{what}: Odoo's log has trouble:\n{quoted}\n  (all of it: {log})"
        raise Failure(told, todo)


def trouble(log, expected=()):
    """The first lines of what `records_of_trouble` finds."""
    return [one.splitlines()[0] for one in records_of_trouble(log, expected)]


def records_of_trouble(log, expected=()):
    """The records of an Odoo log that are warnings or worse, each with all its lines.

    What Odoo tries again is none, nor is a record with one of the words `expected`.
    """
    return [
        record.rstrip()
        for record in RECORD.split(log.read_text(errors="replace"))
        if TROUBLE.match(record)
        and not TRIED_AGAIN.search(record)
        and not any(word in record for word in expected)
    ]


def tail(log, lines):
    return log.read_text(errors="replace").splitlines()[-lines:]


def start(server, *args, listening=None, **kwargs):
    """Start Odoo, or another command of the environment, to be ended with `stop`.

    The process ends with us, also when we are killed.

    :param listening: a socket that listens already, for Odoo to answer at
    """
    line = command(*args)
    if listening:
        line = [line[0], str(HANDED_SOCKET), str(listening.fileno()), *line]
        kwargs["pass_fds"] = [listening.fileno()]
    return subprocess.Popen(
        line,
        env=environment(server),
        cwd=cache.REPOSITORY,
        preexec_fn=end_with_parent,  # noqa: PLW1509
        **kwargs,
    )


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(process, patience=20):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
