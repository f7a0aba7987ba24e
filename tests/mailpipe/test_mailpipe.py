# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The end of a mail server's pipe, run as a mail server runs it.

What a mail server does with a letter hangs on the exit status alone: 0 is delivered,
75 is tried again. Anything else goes back to the customer.
"""

import hashlib
import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = REPOSITORY / "audiomania_routing/static/scripts/audiomania_mailpipe.py"
TAKEN, TRY_AGAIN = 0, 75
LETTER = b"From: pavel@customer.example\nSubject: Hi\n\nIs it green?\n"
SECRET = "a%secret"


def confirm(letter):
    """What Odoo answers when it has written down these bytes."""
    return 200, hashlib.sha256(letter).hexdigest()


class Odoo(ThreadingHTTPServer):
    """A web server that answers what a test tells it to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = confirm
        self.requests = []

    def handle_error(self, _request, _client):
        """A client that has gone away is a part of these tests."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        letter = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.command, self.path, self.headers, letter))
        status, text, *headers = self.server.answer(letter)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        self.headers["Content-Length"] = "0"
        self.do_POST()

    def log_message(self, *_args):
        """The tests look at what came, not at a log."""


@pytest.fixture
def odoo():
    with Odoo() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Pipe:
    """The program with its configuration."""

    def __init__(self, folder, port):
        self.file = folder / "mailpipe.conf"
        self.configure(url=f"http://127.0.0.1:{port}", secret=SECRET, database="shop")

    def configure(self, **settings):
        lines = "".join(f"{key} = {value}\n" for key, value in settings.items())
        self.file.write_text(f"[odoo]\n{lines}")

    def run(self, *arguments, letter=LETTER, config=None):
        done = subprocess.run(
            [sys.executable, "-I", PROGRAM, "--config", config or self.file]
            + list(arguments),
            input=letter,
            capture_output=True,
            timeout=60,
            env={},
            check=False,
        )
        # what stands there a mail server would send to the customer
        assert done.stdout == b""
        assert SECRET.encode() not in done.stderr
        self.said = done.stderr.decode()
        assert self.said.count("\n") <= 1 or "usage" in self.said
        return done.returncode


@pytest.fixture
def pipe(odoo, tmp_path):
    return Pipe(tmp_path, odoo.server_port)


def the_letter(odoo):
    ((_method, _path, _headers, letter),) = odoo.requests
    return letter


def test_a_letter_that_was_written_down_is_delivered(odoo, pipe):
    assert pipe.run() == TAKEN
    ((method, path, headers, letter),) = odoo.requests
    assert (method, path, letter) == ("POST", "/mail/intake", LETTER)
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert headers["X-Odoo-Database"] == "shop"
    assert headers["Content-Type"] == "message/rfc822"
    assert pipe.said == ""


@pytest.mark.parametrize(
    "letter",
    [
        "Subject: Да\n\nПривет".encode("koi8-r"),
        bytes(range(256)) * 5,
        b"Subject: x\r\n\r\n\xff\xfe\x00\x1a\r\n.\r\n",
        b"no header, no line end",
        b"x" * 3_000_000,
    ],
    ids=["koi8-r", "every octet", "DOS ends", "no header", "large"],
)
def test_every_byte_of_it_arrives(odoo, pipe, letter):
    assert pipe.run(letter=letter) == TAKEN
    assert the_letter(odoo) == letter


def test_the_database_may_be_left_out(odoo, pipe):
    pipe.configure(url=f"http://127.0.0.1:{odoo.server_port}/odoo/", secret=SECRET)
    assert pipe.run() == TAKEN
    ((_method, path, headers, _letter),) = odoo.requests
    assert (path, headers["X-Odoo-Database"]) == ("/odoo/mail/intake", None)


# Whom it was delivered to


def test_recipients_stand_above_the_letter(odoo, pipe):
    assert pipe.run("--", "sales@shop.example", "Anna@shop.example") == TAKEN
    assert the_letter(odoo) == (
        b"Delivered-To: sales@shop.example\nDelivered-To: Anna@shop.example\n" + LETTER
    )


def test_but_once_each(odoo, pipe):
    letter = b"delivered-to: <Sales@shop.example>\r\nSubject: x\r\n\r\nx"
    arguments = ("sales@shop.example", "b@shop.example", "b@shop.example", "")
    assert pipe.run(*arguments, letter=letter) == TAKEN
    assert the_letter(odoo) == b"Delivered-To: b@shop.example\r\n" + letter


def test_what_the_text_says_is_no_header(odoo, pipe):
    letter = b"Subject: x\n\nDelivered-To: sales@shop.example\n"
    assert pipe.run("sales@shop.example", letter=letter) == TAKEN
    assert the_letter(odoo).startswith(b"Delivered-To: sales@shop.example\nSubject")


def test_the_sender_stands_there_too(odoo, pipe):
    assert pipe.run("--sender", "pavel@customer.example") == TAKEN
    assert the_letter(odoo) == b"Return-Path: <pavel@customer.example>\n" + LETTER


def test_a_report_has_no_sender(odoo, pipe):
    assert pipe.run("--sender", "") == TAKEN
    assert the_letter(odoo) == b"Return-Path: <>\n" + LETTER


def test_a_sender_that_the_mail_server_wrote_stands(odoo, pipe):
    letter = b"Return-Path: <real@customer.example>\n" + LETTER
    assert pipe.run("--sender", "other@customer.example", letter=letter) == TAKEN
    assert the_letter(odoo) == letter


def test_the_line_of_a_mailbox_file_stays_first(odoo, pipe):
    letter = b"From pavel Mon Jan  1 00:00:00 2026\n" + LETTER
    assert pipe.run("sales@shop.example", letter=letter) == TAKEN
    first, second, *_rest = the_letter(odoo).split(b"\n")
    assert first.startswith(b"From pavel")
    assert second == b"Delivered-To: sales@shop.example"


@pytest.mark.parametrize(
    "address, written",
    [
        (b"\xd0\x9f@shop.example", b"\xd0\x9f@shop.example"),
        (b"\xff@shop.example", b"\xff@shop.example"),
        (b"a@shop.example\nX-Evil: 1", b"a@shop.exampleX-Evil:1"),
    ],
    ids=["UTF-8", "no UTF-8", "a header in it"],
)
def test_an_address_is_an_address(odoo, pipe, address, written):
    assert pipe.run("--", address) == TAKEN
    assert the_letter(odoo) == b"Delivered-To: " + written + b"\n" + LETTER


# When it is tried again


@pytest.mark.parametrize("status", [201, 204, 301, 302, 307, 400, 403, 404, 413, 415])
def test_any_other_answer_is_tried_again(odoo, pipe, status):
    elsewhere = ("Location", f"http://127.0.0.1:{odoo.server_port}/elsewhere")
    odoo.answer = lambda _letter: (status, "", elsewhere)
    assert pipe.run() == TRY_AGAIN
    assert f"answered {status}" in pipe.said
    assert len(odoo.requests) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_trouble_of_the_server_is_tried_again(odoo, pipe, status):
    odoo.answer = lambda _letter: (status, "trouble")
    assert pipe.run() == TRY_AGAIN


def test_who_says_yes_to_everything_has_taken_nothing(odoo, pipe):
    odoo.answer = lambda _letter: (200, "<html>Welcome!</html>")
    assert pipe.run() == TRY_AGAIN
    assert "not Odoo" in pipe.said


def test_a_letter_of_which_a_part_arrived_is_tried_again(odoo, pipe):
    odoo.answer = lambda letter: confirm(letter[:-1])
    assert pipe.run() == TRY_AGAIN


def test_odoo_is_down(odoo, pipe):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, and nobody listens
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        pipe.configure(url=url, secret=SECRET)
        assert pipe.run() == TRY_AGAIN
    assert "ConnectionRefused" in pipe.said


def test_odoo_does_not_answer(odoo, pipe):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        pipe.configure(url=url, secret=SECRET, timeout=1)
        assert pipe.run() == TRY_AGAIN
    assert "timed out" in pipe.said.lower()


def test_odoo_dies_while_it_reads(odoo, pipe):
    odoo.answer = lambda _letter: (_ for _ in ()).throw(ConnectionAbortedError())
    assert pipe.run(letter=b"x" * 1_000_000) == TRY_AGAIN


# When the call is wrong


def test_a_call_that_is_wrong_keeps_the_letter_too(odoo, pipe):
    assert pipe.run("--unknown") == TRY_AGAIN
    assert pipe.run("--sender") == TRY_AGAIN
    assert pipe.run("--help") == TRY_AGAIN
    assert odoo.requests == []


def test_so_does_a_configuration_that_is_wrong(odoo, pipe, tmp_path):
    assert pipe.run(config=tmp_path / "missing.conf") == TRY_AGAIN
    pipe.file.write_bytes(b"\xff\xfe")
    assert pipe.run() == TRY_AGAIN
    for settings in (
        {"secret": SECRET},
        {"url": f"http://127.0.0.1:{odoo.server_port}"},
        {"url": "ftp://shop.example", "secret": SECRET},
        {"url": "shop.example", "secret": SECRET},
        {"url": "http://127.0.0.1:port", "secret": SECRET},
        {"url": "http://127.0.0.1:1", "secret": SECRET, "timeout": "long"},
        {"url": "https://127.0.0.1:1", "secret": SECRET, "ca_file": "missing.pem"},
    ):
        pipe.configure(**settings)
        assert pipe.run() == TRY_AGAIN, settings
    pipe.file.write_text("[other]\n")
    assert pipe.run() == TRY_AGAIN
    assert odoo.requests == []


def test_nobody_listens_to_what_it_says(pipe):
    pipe.file.unlink()
    command = [sys.executable, "-I", PROGRAM, "--config", pipe.file]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            command, input=LETTER, stdout=closed, stderr=closed, check=False
        )
    assert done.returncode == TRY_AGAIN


def test_what_the_configuration_says_is_told_to_nobody(pipe):
    for text in (
        f"secret = {SECRET}\n",
        f"[odoo]\nurl = http://127.0.0.1:1\nsecret = x\n {SECRET}\n",
        f"[odoo]\nurl = http://127.0.0.1:1\ntimeout = {SECRET}\nsecret = x\n",
    ):
        pipe.file.write_text(text)
        assert pipe.run() == TRY_AGAIN  # it looks for the secret in what is said
        assert "Error" in pipe.said


# One can ask first


def test_one_can_ask_whether_it_would_work(odoo, pipe):
    assert pipe.run("--check", letter=b"") == TAKEN
    assert "knows the secret" in pipe.said
    ((method, _path, _headers, letter),) = odoo.requests
    assert (method, letter) == ("GET", b"")


def test_and_is_told_why_not(odoo, pipe):
    odoo.answer = lambda _letter: (403, "no")
    assert pipe.run("--check", letter=b"") == TRY_AGAIN
    assert "403" in pipe.said


# It stands alone


def test_it_needs_the_standard_library_alone():
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", PROGRAM, "--help"],
        input=b"",
        capture_output=True,
        env={},
        check=False,
    )
    assert done.returncode == TRY_AGAIN
    assert done.stdout == b""
    assert b"usage:" in done.stderr


def test_it_can_be_started_as_a_program():
    assert os.access(PROGRAM, os.X_OK)
    assert PROGRAM.read_bytes().startswith(b"#!/usr/bin/env python3\n")
