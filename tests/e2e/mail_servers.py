# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real mail servers on the loopback interface, for as long as a test needs them.

A letter to the company goes by SMTP to a relay, by LMTP to Dovecot, and waits there
until Odoo fetches it by IMAP or POP3. A letter to anybody else stays in `sent`; nothing
leaves.
"""

import contextlib
import email
import email.policy
import grp
import imaplib
import os
import poplib
import pwd
import shutil
import smtplib
import socket
import subprocess
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from kit.loopback import free_port
from kit.post_office import NotTaken

SMTP.line_length_limit = 10**6
MAILBOX, PASSWORD = "company", "secret"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
instance_name = {folder.name}
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    address = 127.0.0.1
    port = {pop}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service lmtp {{
  user = {user}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


def wait_for_port(port, patience=20):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")


class Dovecot:
    """IMAP and POP3 out, LMTP in; every mailbox exists, as an unprivileged user."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.imap, self.pop, self.lmtp = free_port(), free_port(), free_port()
        self.process = None

    def start(self):
        root = os.geteuid() == 0
        user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir(parents=True)
        for path in (self.folder, *self.folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
        configuration = self.folder / "dovecot.conf"
        group = grp.getgrgid(user.pw_gid).gr_name
        text = CONFIGURATION.format(
            folder=self.folder,
            user=user.pw_name,
            group=group,
            uid=user.pw_uid,
            gid=user.pw_gid,
            password=PASSWORD,
            imap=self.imap,
            pop=self.pop,
            lmtp=self.lmtp,
        )
        configuration.write_text(text)
        become = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        self.process = subprocess.Popen(
            [program, "-F", "-c", configuration], **(become if root else {})
        )
        for port in (self.imap, self.pop, self.lmtp):
            wait_for_port(port)

    def deliver(self, sender, _recipients, letter):
        self.put(letter, MAILBOX, sender=sender)

    def put(self, letter, *mailboxes, sender="customer@letters.example"):
        """A letter into these mailboxes, byte for byte."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as client:
            for mailbox in mailboxes:
                client.sendmail(sender, [mailbox], letter)

    def count_unseen(self, mailbox):
        """How many letters an IMAP fetch would still find."""
        with imaplib.IMAP4("127.0.0.1", self.imap) as client:
            client.login(mailbox, PASSWORD)
            client.select()
            _status, (numbers,) = client.search(None, "(UNSEEN)")
        return len(numbers.split())

    def count_left(self, mailbox):
        """How many letters a POP3 fetch would still find."""
        client = poplib.POP3("127.0.0.1", self.pop)
        client.user(mailbox)
        client.pass_(PASSWORD)
        count, _size = client.stat()
        client.quit()
        return count

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Relay:
    """The SMTP server that customers, and Odoo, hand their letters to."""

    def __init__(self, domain):
        self.domain = domain
        self.deliver = None  # what a letter to the company is given to
        self.sent = []
        self.port = free_port()
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, data_size_limit=30_000_000
        )

    @contextlib.contextmanager
    def running(self):
        self.controller.start()
        try:
            yield self
        finally:
            self.controller.stop()

    async def handle_DATA(self, _server, _session, envelope):
        domains = {to.rpartition("@")[2] for to in envelope.rcpt_tos}
        if self.domain in domains:
            ours = [to for to in envelope.rcpt_tos if to.endswith(f"@{self.domain}")]
            try:
                self.deliver(envelope.mail_from, ours, envelope.content)
            except NotTaken as error:
                return f"451 Try again later: {error}"
        if domains - {self.domain}:
            letter = email.message_from_bytes(
                envelope.content, policy=email.policy.default
            )
            self.sent.append((envelope.rcpt_tos, letter))
        return "250 OK"

    def send(self, letter):
        """Send an EmailMessage the way a customer's program does."""
        with smtplib.SMTP("127.0.0.1", self.port) as client:
            client.send_message(letter)

    def send_bytes(self, letter, *recipients):
        with smtplib.SMTP("127.0.0.1", self.port) as client:
            client.sendmail("customer@letters.example", recipients, letter)

    def wait_for_letter_to(self, address, patience=30):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for recipients, letter in self.sent:
                if address in recipients:
                    self.sent.remove((recipients, letter))
                    return letter
            time.sleep(0.1)
        raise TimeoutError(f"no letter to {address}; there are {self.sent}")
