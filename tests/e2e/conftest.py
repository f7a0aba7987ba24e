# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A company with an Odoo server and mail servers of its own, for each run."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
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

DOMAIN = "e2e.example"


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
    if not shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin"):
        assert not os.environ.get("CI"), "Dovecot is missing: install dovecot-imapd"
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
def serving(postgres, database, log, *options):
    """An Odoo server for the time of the block; any trouble in its log is a failure."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    where = ("--http-port", port, "--logfile", log, "--max-cron-threads", "0")
    process = odoo.start(postgres, "-d", database, *where, *options)
    try:
        assert answers(process, f"{address}/web/health", 120)
        yield address
    finally:
        odoo.stop(process)
    # what a person is refused is told to him, and asserted where it is expected
    trouble = [line for line in odoo.trouble(log) if " odoo.http: " not in line]
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
        relay.deliver = dovecot.deliver if dovecot else pipe_to_odoo(address, name)
        admin = Browser(address, name, "admin", "admin")
        fetcher = dovecot and have_mailbox(admin, dovecot)
        yield Company(relay, address, name, admin, fetcher)


def pipe_to_odoo(address, database):
    """Where no Dovecot can be had: letters go to Odoo at once, as an MTA's pipe."""
    return lambda _sender, letter: hand_over(address, database, letter)


def have_mailbox(admin, dovecot):
    """A fetchmail server that reads the company's mailbox by IMAP."""
    server_id = admin.create(
        "fetchmail.server",
        name="Company",
        server_type="imap",
        server="127.0.0.1",
        port=dovecot.imap,
        is_ssl=False,
        user=mail_servers.MAILBOX,
        password=mail_servers.PASSWORD,
    )
    admin.call("fetchmail.server", "button_confirm_login", [server_id])
    return server_id
