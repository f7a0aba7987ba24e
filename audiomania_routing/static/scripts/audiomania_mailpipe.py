#!/usr/bin/env python3
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Hand the letter on standard input to Odoo: the end of a mail server's pipe.

    audiomania_mailpipe.py [--config FILE] [--sender ADDRESS] [--] [RECIPIENT ...]
    audiomania_mailpipe.py [--config FILE] --check

Needs Python 3.8 or newer and nothing else, and may stand on another machine than Odoo.

The letter travels as it is, byte for byte, whatever its charset. RECIPIENT are the
addresses that it was delivered to, which a letter in blind copy does not tell; ADDRESS
is who sent it. They are written above the letter (Delivered-To, Return-Path) unless
they stand there.

The exit status is 0 when Odoo has written the letter down, and 75 (EX_TEMPFAIL, "keep
it and try again later") in every other case: Odoo is down, the secret is wrong, this
call is wrong. No letter is ever sent back to a customer for our mistake. The same
letter handed over again is the same letter. Why it was not taken is one line on
standard error, which mail servers write into their log; standard output stays empty.

--check hands over nothing and asks whether Odoo answers and knows the secret.

FILE (/etc/audiomania_mailpipe.conf) may be read by the user of the pipe alone. Odoo
shows it in the form of the incoming mail server of the type "Local Server".

    [odoo]
    url = https://odoo.shop.example
    database = shop
    secret = ...
    # seconds without an answer, fewer than the mail server waits for this program
    timeout = 300
    # certificates to trust, when they are not those of the system
    ca_file = /etc/ssl/our-ca.pem
"""

import argparse
import configparser
import hashlib
import http.client
import os
import re
import ssl
import sys
from urllib.parse import urlsplit

TAKEN, TRY_AGAIN = 0, 75
CONFIGURATION = "/etc/audiomania_mailpipe.conf"
ROUTE = "/mail/intake"
TIMEOUT = 300
UNPRINTABLE = re.compile(rb"[\x00-\x20\x7f]")


class NotTaken(Exception):
    """Odoo did not take the letter; a sentence says why."""


class Parser(argparse.ArgumentParser):
    """Never ends the program by itself: 0 means that a letter was taken."""

    def error(self, message):
        raise NotTaken(message)

    def print_help(self, file=None):
        super().print_help(file or sys.stderr)


def main(arguments, stream):
    """Hand over the letter that `stream` gives; the exit status."""
    try:
        letter = stream.read() if "--check" not in arguments else b""
        run(parse(arguments), letter)
    except SystemExit:  # --help
        return TRY_AGAIN
    except BaseException as error:
        say("not taken: " + describe(error))
        return TRY_AGAIN
    return TAKEN


def parse(arguments):
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", default=CONFIGURATION)
    parser.add_argument("--sender")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("recipients", nargs="*", metavar="RECIPIENT")
    return parser.parse_args(arguments)


def run(options, letter):
    settings = read_settings(options.config)
    if not options.check:
        letter = with_envelope(letter, options.sender, options.recipients)
    answer = ask(settings, "GET" if options.check else "POST", letter)
    if answer != hashlib.sha256(letter).hexdigest():
        raise NotTaken("What answers there is not Odoo's intake of letters.")
    if options.check:
        say("Odoo answers and knows the secret.")


def read_settings(path):
    parser = configparser.ConfigParser(interpolation=None)
    with open(path, encoding="utf-8") as stream:
        parser.read_file(stream)
    return parser["odoo"]


def with_envelope(letter, sender, recipients):
    """The letter with the addresses of its envelope above it, where it lacks them."""
    head = re.split(rb"\r?\n\r?\n", letter, maxsplit=1)[0]
    end = b"\r\n" if b"\r\n" in head else b"\n"
    lines = []
    if sender is not None and not re.search(rb"(?im)^return-path[ \t]*:", head):
        lines.append(b"Return-Path: <" + clean(sender) + b">" + end)
    for address in dict.fromkeys(map(clean, recipients)):
        if address and not tells(head, address):
            lines.append(b"Delivered-To: " + address + end)
    start = letter.find(b"\n") + 1 if letter.startswith(b"From ") else 0
    return letter[:start] + b"".join(lines) + letter[start:]


def tells(head, address):
    """Whether the letter was delivered to this address by what stands in it."""
    line = rb"(?im)^delivered-to[ \t]*:[ \t]*<?" + re.escape(address) + rb">?[ \t]*\r?$"
    return re.search(line, head)


def clean(address):
    return UNPRINTABLE.sub(b"", os.fsencode(address))


def ask(settings, method, letter):
    """What Odoo answers; it has taken the letter, or NotTaken is raised."""
    connection = connect(settings)
    headers = {
        "Authorization": "Bearer " + settings["secret"],
        "Content-Type": "message/rfc822",
    }
    if settings.get("database"):
        headers["X-Odoo-Database"] = settings["database"]
    path = urlsplit(settings["url"]).path.rstrip("/") + ROUTE
    try:
        connection.request(method, path, body=letter, headers=headers)
        response = connection.getresponse()
        answer = response.read().decode("ascii", "replace").strip()
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise NotTaken("Odoo answered %s %s" % (response.status, response.reason))
    return answer


def connect(settings):
    url = urlsplit(settings["url"])
    timeout = settings.getint("timeout", TIMEOUT)
    if url.scheme == "http" and url.hostname:
        return http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)
    if url.scheme == "https" and url.hostname:
        context = ssl.create_default_context(cafile=settings.get("ca_file"))
        return http.client.HTTPSConnection(
            url.hostname, url.port, timeout=timeout, context=context
        )
    raise NotTaken("The url in the configuration is no address of a web server.")


def describe(error):
    """One line. A mail server that gives up in the end shows it to the sender: nothing
    of the configuration stands in it."""
    name = type(error).__name__
    if not isinstance(error, (NotTaken, OSError)):
        return name
    what = " ".join(str(error).split())
    return what if isinstance(error, NotTaken) else "%s: %s" % (name, what)


def say(line):
    """A line for the mail server's log."""
    try:
        sys.stderr.write("audiomania_mailpipe: %s\n" % line)
        sys.stderr.flush()
    except OSError:  # nobody listens
        return


if __name__ == "__main__":
    # not sys.exit: its cleaning up may change the status, and an unknown one bounces
    os._exit(main(sys.argv[1:], sys.stdin.buffer))
