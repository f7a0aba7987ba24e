# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo's mail server on the loopback interface.

A letter to the company's domain is handed to Odoo by our mail server's pipe; a letter
to anybody else is kept as a file, nothing ever leaves the machine. In the first
minutes a few of the sample letters arrive by themselves.
"""

import argparse
import asyncio
import email.utils
import re
import smtplib
import subprocess
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

SMTP.line_length_limit = (
    10**6
)  # real letters have longer lines than the standard allows
DOMAIN = "audiomania.example"
REPOSITORY = Path(__file__).resolve().parent.parent.parent
LETTERS = REPOSITORY / "tests" / "letters"
PIPE = REPOSITORY / "audiomania_routing/static/scripts/audiomania_mailpipe.py"
LIVE = ("three-questions.eml", "koi8-r.eml", "thanks.eml", "multipart-alternative.eml")
FIRST_AFTER, EVERY = 20, 40  # seconds
MAX_SIZE = 30_000_000


class NotTaken(Exception):
    """Odoo has not written the letter down: it is to be handed over again."""


def hand_over(configuration, sender, recipients, content):
    """One letter into Odoo, byte for byte, by the pipe that a mail server uses."""
    command = [sys.executable, "-I", PIPE, "--config", configuration]
    done = subprocess.run(
        [*command, "--sender", sender or "", "--", *recipients],
        input=content,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise NotTaken(done.stderr.decode(errors="replace").strip())


class PostOffice:
    """What aiosmtpd calls for each letter."""

    def __init__(self, configuration, outbox):
        self.configuration = configuration
        self.outbox = Path(outbox)

    async def handle_DATA(self, _server, _session, envelope):
        ours = [to for to in envelope.rcpt_tos if is_ours(to)]
        letter = (envelope.mail_from, ours, envelope.content)
        try:
            if ours:
                await asyncio.to_thread(hand_over, self.configuration, *letter)
            if len(ours) < len(envelope.rcpt_tos):
                self.keep(envelope)
        except (OSError, NotTaken) as error:
            print(f"  post office: Odoo took no letter: {error}", flush=True)
            return "451 Try again later"
        return "250 OK"

    def keep(self, envelope):
        recipient = re.sub(r"[^\w.@+-]", "_", envelope.rcpt_tos[0])
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns()}-{recipient}.eml"
        (self.outbox / name).write_bytes(envelope.content)
        print(f"  a letter to {recipient} left (kept as a file)", flush=True)


def is_ours(address):
    return address.rpartition("@")[2].lower() == DOMAIN


def live_letters():
    """The sample letters that arrive while one watches: new each time."""
    for name in LIVE:
        yield name, renewed((LETTERS / name).read_bytes())


def renewed(content):
    """The letter with a Message-ID and a date of now: a new letter, not a duplicate."""
    head, gap, body = content.partition(b"\r\n\r\n")
    identity = email.utils.make_msgid(domain="letters.example").encode()
    head = re.sub(rb"(?im)^message-id:[^\r\n]*", b"Message-ID: " + identity, head)
    now = email.utils.formatdate(localtime=False).encode()
    head = re.sub(rb"(?im)^date:[^\r\n]*", b"Date: " + now, head)
    return head + gap + body


def feed(port):
    time.sleep(FIRST_AFTER)
    for name, content in live_letters():
        try:
            with smtplib.SMTP("127.0.0.1", port) as client:
                client.sendmail(
                    "customer@letters.example", [f"sales@{DOMAIN}"], content
                )
            print(f"  a letter arrived: {name}", flush=True)
        except (OSError, smtplib.SMTPException) as error:
            print(f"  a letter did not arrive ({name}): {error}", flush=True)
        time.sleep(EVERY)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--pipe", required=True, help="its configuration")
    parser.add_argument("--outbox", required=True)
    options = parser.parse_args()
    office = PostOffice(options.pipe, options.outbox)
    controller = Controller(
        office, hostname="127.0.0.1", port=options.listen, data_size_limit=MAX_SIZE
    )
    controller.start()
    feed(options.listen)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
