# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters out of a real IMAP and a real POP3 mailbox, and through a mail server's pipe.

Each letter is one conversation, whatever is wrong with it; none is taken out of its
mailbox before it was written down.
"""

import base64
import contextlib
import itertools
import os
import socket
import threading
from dataclasses import dataclass
from functools import partial

import mail_servers
import pytest
from browser import Browser, Refused
from database import Database

from conftest import DOMAIN, have_mailbox, have_pipe, serving
from kit import databases
from kit.loopback import free_port
from kit.post_office import hand_over

DESK = f"desk@{DOMAIN}"
BROKEN = f"broken@{DOMAIN}"
EXPECTED = (
    "odoo.http: ",
    # a database that cannot write, where a test wants one
    "odoo.sql_db: bad query: b'INSERT INTO mail_intake_entry",
    "Failed to properly finish imap connection",  # to a mail server that went away
)
numbers = itertools.count(1)


@dataclass
class Desk:
    """A company with a mailbox of each kind."""

    address: str
    admin: Browser
    database: Database
    dovecot: mail_servers.Dovecot
    pipe: object
    imap: int
    pop: int

    def fetch(self, *servers):
        """Press "Fetch now" on these mailboxes."""
        for server in servers or (self.imap, self.pop):
            self.admin.call("fetchmail.server", "fetch_mail", [server])

    def entries(self, letter, *fields):
        domain = [("message_id", "=", letter.message_id)]
        fields = ("outcome", "source", "ticket_id", *fields)
        return self.admin.call(
            "mail.intake.entry", "search_read", domain, fields, order="id"
        )

    def outcomes(self, letter):
        return [(entry["source"], entry["outcome"]) for entry in self.entries(letter)]

    def conversation(self, letter):
        """The one conversation that this letter became: (its inquiries, its text)."""
        tickets = {
            entry["ticket_id"] and entry["ticket_id"][0]
            for entry in self.entries(letter)
        }
        (ticket,) = tickets - {False}
        inquiries = self.admin.search(
            "helpdesk.inquiry", [("ticket_id", "=", ticket)], "message_id"
        )
        messages = [inquiry["message_id"][0] for inquiry in inquiries]
        (message,) = self.admin.search(
            "mail.message", [("id", "in", messages)], "body", "attachment_ids"
        )
        return message


class Letter(bytes):
    """The bytes of a letter with a name of its own."""

    def __new__(cls, text=b"Is it green?", to=DESK, type="text/plain; charset=utf-8"):
        number = next(numbers)
        head = (
            f"From: Pavel <pavel{number}@customer.example>\r\nTo: {to}\r\n"
            f"Subject: Question {number}\r\nDate: Mon, 5 Oct 2026 10:00:00 +0300\r\n"
            f"Message-ID: <box{number}@customer.example>\r\nMIME-Version: 1.0\r\n"
            f"Content-Type: {type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        )
        letter = super().__new__(cls, head.encode() + text + b"\r\n")
        letter.message_id = f"<box{number}@customer.example>"
        letter.subject = f"Question {number}"
        return letter


@pytest.fixture(scope="module")
def desk(postgres, dovecot, tmp_path_factory):
    name, folder = f"mailboxes_{os.getpid()}", tmp_path_factory.mktemp("mailboxes")
    log = folder / "odoo.log"
    with (
        databases.temporary(postgres, databases.product(postgres), name),
        serving(postgres, name, log, expected=EXPECTED) as address,
        contextlib.closing(Database(postgres, name)) as database,
    ):
        admin = Browser(address, name, "admin", "admin")
        have_team(admin)
        yield Desk(
            address,
            admin,
            database,
            dovecot,
            have_pipe(admin, address, name, folder / "mailpipe.conf"),
            have_mailbox(admin, "imap", dovecot.imap, "desk-imap"),
            have_mailbox(admin, "pop", dovecot.pop, "desk-pop"),
        )


def have_team(admin):
    alias_domain = admin.create("mail.alias.domain", name=DOMAIN)
    admin.call("res.company", "write", [1], {"alias_domain_id": alias_domain})
    admin.create("helpdesk.ticket.team", name="Desk", alias_name="desk")


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_letters_become_conversations(desk, kind):
    letters = [Letter(), Letter("Он зелёный?".encode())]
    for letter in letters:
        desk.dovecot.put(letter, f"desk-{kind}")
    desk.fetch()
    assert [desk.outcomes(letter) for letter in letters] == [[(kind, "new")]] * 2
    assert "зелёный" in desk.conversation(letters[1])["body"]
    assert desk.dovecot.count_unseen("desk-imap") == 0
    assert desk.dovecot.count_left("desk-pop") == 0
    desk.fetch()
    assert [desk.outcomes(letter) for letter in letters] == [[(kind, "new")]] * 2


def test_a_letter_in_both_mailboxes_is_one_conversation(desk):
    letter = Letter()
    desk.dovecot.put(letter, "desk-imap", "desk-pop")
    desk.fetch(desk.imap, desk.pop)
    assert desk.outcomes(letter) == [("imap", "new"), ("pop", "duplicate")]
    desk.conversation(letter)


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_letter_in_an_unknown_charset_can_be_read(desk, kind):
    letter = Letter("Он зелёный?".encode(), type="text/plain; charset=klingon")
    desk.dovecot.put(letter, f"desk-{kind}")
    desk.fetch()
    assert desk.outcomes(letter) == [(kind, "new")], desk.entries(letter, "error")
    assert "зелёный" in desk.conversation(letter)["body"]


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_what_fails_is_kept_and_blocks_nobody_and_is_retried_once(desk, kind):
    before, failing, after = letters = Letter(), Letter(to=BROKEN), Letter()
    for letter in letters:
        desk.dovecot.put(letter, f"desk-{kind}")
    with broken_address(desk.admin):
        desk.fetch()
        for letter in (before, after):
            assert desk.outcomes(letter) == [(kind, "new")]
        (entry,) = desk.entries(failing, "original", "error")
        assert (entry["outcome"], entry["ticket_id"]) == ("failed", False)
        original = base64.b64decode(entry["original"]).replace(b"\r\n", b"\n")
        assert original.strip().endswith(failing.replace(b"\r\n", b"\n").strip())
        assert "nowhere" in entry["error"]

    desk.admin.call("mail.intake.entry", "action_retry", [entry["id"]])
    assert desk.outcomes(failing) == [(kind, "new")]
    desk.conversation(failing)
    desk.fetch()
    assert desk.outcomes(failing) == [(kind, "new")]


@contextlib.contextmanager
def broken_address(admin):
    """Letters to this address cannot be processed, for the time of the block."""
    (model,) = admin.search("ir.model", [("model", "=", "helpdesk.ticket")], "id")
    alias = admin.create(
        "mail.alias",
        alias_name="broken",
        alias_model_id=model["id"],
        alias_defaults="{'priority': 'nowhere'}",
    )
    try:
        yield
    finally:
        admin.call("mail.alias", "unlink", [alias])


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_mailbox_keeps_what_could_not_be_written_down(desk, kind):
    letters = [Letter(), Letter(), Letter()]
    for letter in letters:
        desk.dovecot.put(letter, f"desk-{kind}")
    with no_room_for(desk.database, letters[1]):
        desk.fetch()
        outcomes = [desk.outcomes(letter) for letter in letters]
        assert outcomes == [[(kind, "new")], [], [(kind, "new")]]
        left = {"imap": desk.dovecot.count_unseen, "pop": desk.dovecot.count_left}
        assert left[kind](f"desk-{kind}") == 1
    desk.fetch()
    assert desk.outcomes(letters[1]) == [(kind, "new")]
    assert left[kind](f"desk-{kind}") == 0


@contextlib.contextmanager
def no_room_for(database, letter):
    """The database cannot write this letter down, for the time of the block."""
    database.rows(
        "create function no_room() returns trigger language plpgsql as"
        " $$ begin raise exception 'no room for it'; end $$;"
        " create trigger no_room before insert on mail_intake_entry for each row"
        f" when (new.message_id = '{letter.message_id}') execute function no_room()"
    )
    try:
        yield
    finally:
        database.rows("drop function no_room cascade")


def test_a_connection_that_breaks_off_loses_nothing(desk):
    letters = [Letter(b"line\r\n" * 20_000) for _each in range(5)]
    for letter in letters:
        desk.dovecot.put(letter, "desk-imap")
    with Cut(desk.dovecot.imap, after=250_000) as cut:
        desk.admin.call("fetchmail.server", "write", [desk.imap], {"port": cut.port})
        with pytest.raises(Refused):
            desk.fetch(desk.imap)
    port = {"port": desk.dovecot.imap}
    desk.admin.call("fetchmail.server", "write", [desk.imap], port)
    arrived = [bool(desk.outcomes(letter)) for letter in letters]
    assert arrived == sorted(arrived, reverse=True)
    assert any(arrived) and not all(arrived)
    desk.fetch(desk.imap)
    for letter in letters:
        assert desk.outcomes(letter) == [("imap", "new")]
        desk.conversation(letter)


class Cut:
    """A line to a server that breaks after so many bytes."""

    def __init__(self, target, after):
        self.target, self.left = target, after
        self.port = free_port()

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_exc):
        self.listener.close()

    def serve(self):
        client, _address = self.listener.accept()
        with client, socket.create_connection(("127.0.0.1", self.target)) as server:
            upward = threading.Thread(
                target=self.carry, args=(client, server), daemon=True
            )
            upward.start()
            self.carry(server, client, counted=True)
            for end in (client, server):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def carry(self, source, to, counted=False):
        with contextlib.suppress(OSError):
            while (data := source.recv(65536)) and self.left > 0:
                to.sendall(data[: self.left] if counted else data)
                self.left -= len(data) if counted else 0


@pytest.mark.parametrize("kind", ["imap", "pop"])
def test_a_letter_of_ten_megabytes_arrives_whole(desk, kind):
    line = b"0123456789" * 7 + b"\r\n"
    boundary = b"--bnd\r\nContent-Type: "
    body = (
        boundary + b"text/plain\r\n\r\nSee the file.\r\n"
        b"" + boundary + b"application/octet-stream; name=big.bin\r\n\r\n"
        b"" + line * (10_000_000 // len(line)) + b"\r\n--bnd--"
    )
    letter = Letter(body, type="multipart/mixed; boundary=bnd")
    desk.dovecot.put(letter, f"desk-{kind}")
    desk.fetch()
    assert desk.outcomes(letter) == [(kind, "new")]
    message = desk.conversation(letter)
    (attachment,) = desk.admin.search(
        "ir.attachment", [("id", "in", message["attachment_ids"])], "file_size"
    )
    assert attachment["file_size"] > 9_800_000


# The mail server's pipe, behind a mail server


def test_a_letter_comes_through_the_pipe_as_it_was_sent(desk):
    letter = Letter("Он зелёный?".encode("koi8-r"), type="text/plain; charset=koi8-r")
    with relaying(desk) as relay:
        relay.send_bytes(letter, "secret-copy@elsewhere.example", DESK)
    assert desk.outcomes(letter) == [("pipe", "new")]
    assert "зелёный" in desk.conversation(letter)["body"]


def test_what_the_pipe_does_not_take_stays_with_the_mail_server(desk):
    letter = Letter()
    with relaying(desk) as relay:
        with no_room_for(desk.database, letter):
            with pytest.raises(OSError, match="Try again later"):
                relay.send_bytes(letter, DESK)
            assert desk.outcomes(letter) == []
        relay.send_bytes(letter, DESK)
        relay.send_bytes(letter, DESK)
    assert desk.outcomes(letter) == [("pipe", "new")]


@contextlib.contextmanager
def relaying(desk):
    relay = mail_servers.Relay(DOMAIN)
    relay.deliver = partial(hand_over, desk.pipe)
    with relay.running():
        yield relay
