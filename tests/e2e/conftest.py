# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A company with an Odoo server and mail servers of its own, for each run."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY / "setup"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import mail_servers  # noqa: E402
from browser import Browser  # noqa: E402

from kit import databases, odoo  # noqa: E402
from kit.loopback import answers, free_port  # noqa: E402
from kit.post_office import hand_over  # noqa: E402
from kit.postgres import server  # noqa: E402

# A busy machine sends a request later than a worker waits for it: two seconds
os.environ.setdefault("ODOO_HTTP_SOCKET_TIMEOUT", "30")
DOMAIN = "e2e.example"
HAS_DOVECOT = bool(
    shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    and Path("/usr/lib/dovecot/pop3").exists()
)
PATIENCE = 300  # seconds for a server to answer for the first time
# What reads mailboxes needs a server that has them; in CI its lack is a failure.
collect_ignore = (
    []
    if HAS_DOVECOT or os.environ.get("CI")
    else ["test_mailboxes.py", "test_killed.py"]
)


@dataclass
class Company:
    """What a test needs of it: mail, and sessions of its people."""

    relay: mail_servers.Relay
    address: str
    database: str
    admin: Browser
    fetcher: int | None = None

    def sign_in(self, login):
        return Browser(self.address, self.database, login, login)

    def fetch_mail(self):
        """Press "Fetch now" on the mailbox, if letters wait in one."""
        if self.fetcher:
            self.admin.call("fetchmail.server", "fetch_mail", [self.fetcher])


@pytest.fixture(scope="session")
def postgres():
    with server("test") as found:
        yield found


@pytest.fixture(scope="session")
def dovecot(tmp_path_factory):
    """A real Dovecot, or None where there is none to be had; never None in CI."""
    if not HAS_DOVECOT:
        assert not os.environ.get("CI"), "Dovecot is missing: install it, with POP3"
        print("\nNo Dovecot here: letters are handed to Odoo as by an MTA's pipe.")
        yield None
        return
    folder = Path(
        subprocess.check_output(["mktemp", "-d", "-p", "/tmp"], text=True).strip()
    )
    folder.chmod(0o755)
    running = mail_servers.Dovecot(folder)
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(postgres, database, log, *options, expected=("odoo.http: ",)):
    """An Odoo server for the time of the block; any trouble in its log is a failure.

    :param expected: what stands in lines that are none: what a person is refused is
        told to him, and asserted where it is expected
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = start(postgres, database, port, log, *options)
    try:
        assert answers(process, f"{address}/web/health", PATIENCE)
        yield address
    finally:
        odoo.stop(process)
    assert_no_trouble(log, expected)


def start(postgres, database, port, log, *options):
    where = ("--http-port", port, "--logfile", log, "--max-cron-threads", "0")
    return odoo.start(postgres, "-d", database, *where, *options)


def assert_no_trouble(log, expected):
    trouble = odoo.trouble(log, expected)
    assert not trouble, "\n".join(trouble)


@pytest.fixture
def company(postgres, dovecot, tmp_path):
    name, log = f"e2e_{os.getpid()}", tmp_path / "odoo.log"
    relay = mail_servers.Relay(DOMAIN)
    smtp = ("--smtp", "127.0.0.1", "--smtp-port", relay.port)
    with (
        databases.temporary(postgres, databases.product(postgres), name),
        relay.running(),
        serving(postgres, name, log, *smtp) as address,
    ):
        admin = Browser(address, name, "admin", "admin")
        if dovecot:
            relay.deliver, mailbox = dovecot.deliver, mail_servers.MAILBOX
            fetcher = have_mailbox(admin, "imap", dovecot.imap, mailbox)
        else:
            pipe = have_pipe(admin, address, name, tmp_path / "mailpipe.conf")
            relay.deliver, fetcher = partial(hand_over, pipe), None
        yield Company(relay, address, name, admin, fetcher)


def have_pipe(admin, address, database, file):
    """A mail server's pipe into this Odoo; the file with its configuration."""
    pipe = admin.create("fetchmail.server", name="Pipe", server_type="local")
    (found,) = admin.search("fetchmail.server", [("id", "=", pipe)], "pipe_secret")
    lines = (f"url = {address}", f"database = {database}")
    secret = f"secret = {found['pipe_secret']}"
    file.write_text("\n".join(["[odoo]", *lines, secret]))
    return file


def have_mailbox(admin, kind, port, user):
    """A fetchmail server that reads this mailbox by IMAP or POP3; its id."""
    server_id = admin.create(
        "fetchmail.server",
        name=f"{kind} {user}",
        server_type=kind,
        server="127.0.0.1",
        port=port,
        is_ssl=False,
        user=user,
        password=mail_servers.PASSWORD,
    )
    admin.call("fetchmail.server", "button_confirm_login", [server_id])
    return server_id
