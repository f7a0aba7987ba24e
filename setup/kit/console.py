# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the person at the terminal sees: steps with their time, failures in words."""

import contextlib
import subprocess
import sys
import threading
import time

HEARTBEAT = 30  # seconds between signs of life where the output is no terminal


class Failure(Exception):
    """A step that cannot go on: what happened, and what the reader can do about it."""

    def __init__(self, what, todo=""):
        super().__init__(what)
        self.what = what
        self.todo = todo


@contextlib.contextmanager
def reporting_failures(command):
    """Turn what went wrong into one readable paragraph and an exit status."""
    try:
        yield
    except Failure as failure:
        say(f"\nsetup/{command} stopped: {failure.what}", sys.stderr)
        if failure.todo:
            say(f"What to do: {failure.todo}", sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        say(f"\nsetup/{command}: stopped by you.", sys.stderr)
        sys.exit(130)


def say(text, stream=None):
    print(text, file=stream or sys.stdout, flush=True)


@contextlib.contextmanager
def step(title):
    """Show that `title` is under way, and how long it has taken so far."""
    started = time.monotonic()
    done = threading.Event()
    show = _tick if sys.stdout.isatty() else _beat
    thread = threading.Thread(target=show, args=(title, started, done), daemon=True)
    thread.start()
    try:
        yield
    except BaseException:
        _finish(thread, done)
        say(f"  {title:<58}  failed")
        raise
    _finish(thread, done)
    say(f"  {title:<58}{time.monotonic() - started:7.1f} s")


def _finish(thread, done):
    done.set()
    thread.join()


def _tick(title, started, done):
    while not done.wait(1):
        elapsed = int(time.monotonic() - started)
        print(f"\r  {title} ... {elapsed} s", end="", flush=True)
    print("\r\033[K", end="", flush=True)


def _beat(title, started, done):
    while not done.wait(HEARTBEAT):
        say(f"  {title} ... {int(time.monotonic() - started)} s")


def run(command, what, todo="", log=None, **kwargs):
    """Run `command`, give its output; raise a Failure named `what` if it fails.

    :param log: a file that keeps the whole output; the failure names it.
    """
    command = [str(part) for part in command]
    try:
        if log is None:
            kwargs.setdefault("stdout", subprocess.PIPE)
            kwargs.setdefault("stderr", subprocess.STDOUT)
            done = subprocess.run(
                command, text=True, errors="replace", check=False, **kwargs
            )
            output = done.stdout or ""
        else:
            with open(log, "w") as stream:
                done = subprocess.run(
                    command,
                    check=False,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                    **kwargs,
                )
            output = log.read_text(errors="replace") if done.returncode else ""
    except OSError as error:
        raise Failure(f"{what}: {error}", todo) from error
    if done.returncode:
        tail = "\n".join("    " + line for line in output.splitlines()[-15:])
        where = f"\n  (all of it: {log})" if log else ""
        status = f"exit status {done.returncode}"
        raise Failure(f"{what}: {command[0]} ended with {status}\n{tail}{where}", todo)
    return output
