# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import contextlib
import socket
import threading
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.mail.models import fetchmail

GREETING = {"imap": b"* OK ready\r\n", "pop": b"+OK ready\r\n"}
POP = (b"+OK", b"+OK", b"+OK 1 9", b"+OK\r\n1 aaa\r\n.")
LETTER = b"From: a@b.example\r\n"


class Silent:
    """A mailbox server that answers so many commands, and then nothing any more."""

    def __init__(self, kind, answers):
        self.kind, self.answers = kind, list(answers)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                self.connections.append(connection)
                self.talk(connection)

    def talk(self, connection):
        if self.answers:
            connection.sendall(GREETING[self.kind])
        for answer in self.answers:
            line = connection.recv(1000)
            tag = line.split(b" ")[0]
            connection.sendall(answer.replace(b"TAG", tag) + b"\r\n")

    def close(self):
        for each in (self.listener, *self.connections):
            each.close()


@tagged("post_install", "-at_install")
class TestHanging(TransactionCase):
    """A mail server that does not answer is left after a while, whatever it was asked,
    and its letter is neither lost nor called unreadable."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(fetchmail, "MAIL_TIMEOUT", 0.5))
        entries = self.registry["mail.intake.entry"]
        self.unreadable = []
        self.startPatcher(
            patch.object(
                entries,
                "_note_unreadable",
                lambda _entries, *what: self.unreadable.append(what),
            )
        )

    def connect(self, kind, *answers):
        silent = Silent(kind, answers)
        self.addCleanup(silent.close)
        server = self.env["fetchmail.server"].create(
            {
                "name": "Silent",
                "server_type": kind,
                "server": "127.0.0.1",
                "port": silent.port,
                "user": "desk",
                "password": "desk",
            }
        )
        connection = server._connect__()
        connection.check_unread_messages()
        return list(connection.retrieve_unread_messages())

    def test_before_it_greets(self):
        for kind in ("imap", "pop"):
            with self.subTest(kind), self.assertRaises(TimeoutError):
                self.connect(kind)

    def test_when_it_is_asked_for_the_letters(self):
        capabilities = b"* CAPABILITY IMAP4rev1\r\nTAG OK done"
        with self.assertRaises(TimeoutError):
            self.connect(
                "imap", capabilities, b"TAG OK done", b"* 1 EXISTS\r\nTAG OK done"
            )
        with self.assertRaises(TimeoutError):
            self.connect("pop", *POP[:2])
        self.assertFalse(self.unreadable)

    def test_in_the_middle_of_a_letter(self):
        with self.assertRaises(TimeoutError):
            self.connect(
                "imap",
                b"* CAPABILITY IMAP4rev1\r\nTAG OK done",
                b"TAG OK done",
                b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7]\r\nTAG OK done",
                b"* SEARCH 1\r\nTAG OK done",
                b"* 1 FETCH (UID 9 BODY[] {900}\r\n" + LETTER,
            )
        with self.assertRaises(TimeoutError):
            self.connect("pop", *POP, POP[-1], b"+OK\r\n" + LETTER)
        self.assertFalse(self.unreadable)
