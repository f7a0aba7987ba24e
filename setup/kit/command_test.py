# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/test [TEST-TAGS | PATH]`: every test of the repository, or a part.

Three kinds run: those that need no database and the end-to-end run (pytest), and
Odoo's own (models, hoot, tours in Chromium). A failure, an error, a skip and a warning
in Odoo's log all count as failed; so does a call that ran nothing.

Everything runs as two halves side by side, each on a database of its own: the biggest
addon, and all the rest.

    setup/test                                   everything
    setup/test /audiomania_alerts                one addon
    setup/test /audiomania_alerts:TestDelivery   one class
    setup/test tests/e2e                         a file or folder without Odoo's runner
"""

import os
import re
import shutil
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import cache, databases, odoo
from .console import Failure, run, say, step
from .loopback import free_port
from .postgres import server

PYTEST_PATHS = (
    "audiomania_routing/tests/engine",
    "audiomania_routing/tests/letter",
    "tests",
)
BIGGEST = "audiomania_routing"
"""Its tests take as long as all others together."""
STARTED = re.compile(r" INFO \S+ (odoo\.addons\.\S+): Starting (\S+) \.\.\.")
RESULT = re.compile(
    r"odoo\.tests\.result: (\d+) failed, (\d+) error\(s\) of (\d+) tests"
)
SKIPPED = re.compile(r" INFO \S+ odoo\.addons\.\S+: skipped (.*)")
KEPT = 10  # logs, and folders of screenshots, of earlier runs
POP3 = Path("/usr/lib/dovecot/pop3")
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable")


def main(args):
    if args and args[0] in ("-h", "--help"):
        say(__doc__.strip())
        return 0
    if len(args) > 1 or (args and args[0].startswith("--")):
        todo = "name one part, or none for all of them; --help says how."
        raise Failure(f"{' '.join(args)!r} is no part of the tests.", todo)
    count = Counter(passed=0, failed=0)
    wanted = args[0] if args else None
    if wanted and wanted.split(":")[0] in odoo.addons():
        wanted = f"/{wanted}"
    with server("test") as postgres:
        if wanted is None:
            count += _run_all(postgres)
        elif _is_path(wanted):
            _have_mail_servers()
            count += _run_pytest(postgres, [wanted])
        else:
            _need_a_browser()
            count += _run_odoo(postgres, wanted)
    if not sum(count.values()):
        say(f"No test fits {wanted!r}.")
        count["failed"] = 1
    say(f"\n{count['passed']} passed, {count['failed']} failed")
    return 1 if count["failed"] else 0


def _is_path(wanted):
    """A file or folder of the repository, not Odoo's `/module:Class.test`."""
    path = wanted.split("::")[0]
    return not path.startswith("/") and (cache.REPOSITORY / path).exists()


def _run_all(postgres):
    """Both halves at once; what the tests need is there before either begins."""
    _have_mail_servers()
    _need_a_browser()
    databases.product(postgres)
    with ThreadPoolExecutor() as halves:
        running = [halves.submit(half, postgres) for half in (_run_rest, _run_biggest)]
    return sum((half.result() for half in running), Counter())


def _run_biggest(postgres):
    return _run_odoo(postgres, f"/{BIGGEST}")


def _run_rest(postgres):
    """The tests without Odoo and end to end, then those of the other addons."""
    log = _own("pytest.log")
    with open(log, "w") as stream:
        count = _run_pytest(postgres, PYTEST_PATHS, stream)
    if count["failed"]:
        say(log.read_text(errors="replace"))
    others = [f"/{name}" for name in odoo.addons() if name != BIGGEST]
    return count + _run_odoo(postgres, ",".join(others))


def _run_pytest(postgres, paths, stream=None):
    """:param stream: a file for its output; without it, the terminal"""
    there = [p for p in paths if (cache.REPOSITORY / p.split("::")[0]).exists()]
    report = _own("pytest.xml")
    flags = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}", "-ra"]
    with _told("Tests without Odoo, and end to end"):
        interpreter = odoo.python()
        process = odoo.subprocess.run(
            [interpreter, "-m", "pytest", *flags, "--durations=15", *there],
            env=odoo.environment(postgres),
            cwd=cache.REPOSITORY,
            stdout=stream,
            stderr=stream,
        )
    if not report.exists():
        where = f" ({stream.name})" if stream else ""
        raise Failure(
            f"pytest ended with status {process.returncode} and no report.{where}"
        )
    return _count_pytest(report)


def _count_pytest(report):
    suite = ElementTree.parse(report).getroot().find("testsuite")
    number = {k: int(suite.get(k)) for k in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"] + number["skipped"]
    return Counter(passed=number["tests"] - failed, failed=failed)


def _run_odoo(postgres, tags):
    template = databases.product(postgres)
    log = _own("test.log")
    for folder in _oldest((cache.home() / "screenshots").glob("*")):
        shutil.rmtree(folder, ignore_errors=True)
    name = f"test_{_number()}"
    with databases.temporary(postgres, template, name), _told(f"Odoo's tests ({tags})"):
        _show_progress(postgres, log, "-d", name, *_flags(tags))
    return _count_odoo(log)


def _own(name):
    """A file of this run only; those of the last runs stay beside it."""
    folder = cache.home() / "logs"
    folder.mkdir(exist_ok=True)
    for file in _oldest(folder.glob(f"*-{name}")):
        file.unlink(missing_ok=True)
    return folder / f"{_number()}-{name}"


def _number():
    """Of this process and of the half that runs, so that no two share a name."""
    return f"{os.getpid()}_{threading.get_native_id()}"


def _oldest(files):
    """All but the last few of these files."""
    return sorted(files, key=lambda file: file.stat().st_mtime)[:-KEPT]


def _flags(tags):
    port = free_port()
    return [
        "--test-tags", tags, "--stop-after-init", "--without-demo",
        "--http-port", port, "--max-cron-threads", "0",
    ]  # fmt: skip


def _need_a_browser():
    if any(shutil.which(name) for name in BROWSERS) or _apt_install("chromium"):
        return
    raise Failure(
        "the tests click through the screens in Chromium, and there is none here.",
        "install it (Debian: apt-get install chromium), then start again.",
    )


def _have_mail_servers():
    """Dovecot for the run end to end; without it that run says what it does instead."""
    has_dovecot = shutil.which(
        "dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin"
    )
    if not (has_dovecot and POP3.exists()):
        _apt_install("dovecot-imapd", "dovecot-pop3d", "dovecot-lmtpd")


def _apt_install(*packages):
    """Install packages of the distribution, where we are allowed to."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing {', '.join(packages)}"):
        run(["apt-get", "-qq", "update"], "apt-get update")
        command = ["apt-get", "-qq", "install", "-y", *packages]
        run(command, "apt-get install", env=quiet)
    return True


def _show_progress(postgres, log, *args):
    """Run Odoo while each test class that starts is named."""
    log.unlink(missing_ok=True)
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(log, ended), daemon=True)
    watcher.start()
    try:
        odoo.run_logged(postgres, log, *args)
    finally:
        ended.set()
        watcher.join()


def _watch(log, ended):
    """Print a line for each test class, as the log tells of it."""
    position, rest, last = 0, "", None
    while True:
        over = ended.wait(0.5)
        if log.exists():
            with open(log, errors="replace") as stream:
                stream.seek(position)
                rest += stream.read()
                position = stream.tell()
            *lines, rest = rest.split("\n")
            for match in filter(None, map(STARTED.search, lines)):
                name = f"{match[1].split('.')[2]}: {match[2].rpartition('.')[0]}"
                if name != last:
                    say(f"    {name}")
                last = name
        if over:
            return


def _count_odoo(log):
    text = log.read_text(errors="replace")
    result = RESULT.findall(text)
    if not result:
        quoted = "\n".join("    " + line for line in odoo.tail(log, 25))
        raise Failure(
            f"Odoo ended before its tests did:\n{quoted}\n  (all of it: {log})"
        )
    failures, errors, tests = (
        sum(map(int, column)) for column in zip(*result, strict=True)
    )
    skipped = SKIPPED.findall(text)
    warnings = [line for line in odoo.trouble(log) if not _is_test_failure(line)]
    for line in skipped:
        say(f"  skipped, which counts as failed: {line}")
    for line in warnings:
        say(f"  in the log, which counts as failed: {line}")
    if failures or errors:
        _quote_failures(text)
    if failures or errors or skipped or warnings:
        say(f"  (the whole log: {log})")
    bad = failures + errors
    return Counter(
        passed=max(tests - bad - len(skipped), 0),
        failed=bad + len(skipped) + len(warnings),
    )


def _is_test_failure(line):
    """A failed test is counted as that test, and not again for its line in the log."""
    return bool(
        re.search(
            r": (FAIL|ERROR): |odoo\.tests\.result|Module \S+: \d+ failures", line
        )
        or re.search(r" ERROR \S+ odoo\.addons\.\S+: ", line)
        and "Traceback" in line
    )


def _quote_failures(text):
    """Each failed test as Odoo's log has it, without what happened around it."""
    entry = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ ", re.M)
    starts = [m.start() for m in entry.finditer(text)] + [len(text)]
    for begin, end in zip(starts, starts[1:], strict=False):
        block = text[begin:end]
        if re.search(r": (FAIL|ERROR): ", block.split("\n", 1)[0]):
            say(block.rstrip()[-6000:])


class _told:
    """Name a part before and its time after, where its own output comes between."""

    def __init__(self, title):
        self.title = title

    def __enter__(self):
        self.started = time.monotonic()
        say(f"  {self.title}:")

    def __exit__(self, *_exc):
        say(f"  {self.title[:55]:<58}{time.monotonic() - self.started:7.1f} s")
