# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A server killed at any moment loses no message and doubles none (rule 19).

Five hundred letters wait in an IMAP mailbox, in a POP3 mailbox (some in both) and with
a mail server that hands them over by the pipe and tries again. An Odoo server takes
them in by all three ways at once, is killed (SIGKILL) twenty times at random moments,
and started again.
"""

import contextlib
import os
import random
import threading
import time
from email.message import EmailMessage

import pytest
import requests
from browser import Browser, Refused
from database import Database

from conftest import DOMAIN, assert_no_trouble, have_mailbox, have_pipe, start
from kit import databases, odoo
from kit.loopback import answers, free_port
from kit.post_office import NotTaken, hand_over

KILLS = 20
BY_IMAP, BY_POP, BY_PIPE = range(220), range(180, 400), range(400, 500)
LETTERS, IN_BOTH = 500, 40
DELIVERIES = LETTERS + IN_BOTH
SEED = 19
PATIENCE = 120  # seconds in which a server must have taken in a few letters
CHARSETS = ("utf-8", "koi8-r", "windows-1251")


def letter(number):
    message = EmailMessage()
    message["From"] = f"Pavel {number} <pavel{number}@customer.example>"
    message["To"] = f"desk@{DOMAIN}"
    message["Subject"] = f"Вопрос {number}"
    message["Date"] = "Mon, 05 Oct 2026 10:00:00 +0300"
    message["Message-ID"] = name(number)
    text = f"Есть ли зелёный?\n{number}\n"
    message.set_content(text, charset=CHARSETS[number % 3], cte="8bit")
    if number % 10 == 0:
        file = os.urandom(20_000)
        message.add_attachment(file, "application", "pdf", filename="order.pdf")
    return message.as_bytes()


def name(number):
    return f"<killed{number}@customer.example>"


class Company:
    """An Odoo server that comes and goes at one address, and who works with it."""

    def __init__(self, postgres, database, folder):
        self.postgres, self.name, self.folder = postgres, database, folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = Database(postgres, database)
        self.process = None
        self.is_over = threading.Event()
        self.starts = 0

    def start(self):
        self.starts += 1
        log = self.folder / f"odoo-{self.starts}.log"
        self.process = start(self.postgres, self.name, self.port, log)
        assert answers(self.process, f"{self.address}/web/health", PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        odoo.stop(self.process)
        self.database.close()

    def sign_in(self):
        return Browser(self.address, self.name, "admin", "admin")

    def count_finished(self):
        return self.database.value(
            "select count(*) from mail_intake_entry where outcome is not null"
        )

    # Who works with it, whether it is there or not

    def fetch_for_ever(self, server):
        """An administrator, or the job, who fetches a mailbox again and again."""
        browser = None
        while not self.is_over.is_set():
            with contextlib.suppress(requests.RequestException, Refused):
                browser = browser or self.sign_in()
                browser.call("fetchmail.server", "fetch_mail", [server])
            time.sleep(0.05)

    def hand_over_all(self, pipe, letters):
        """A mail server's queue: what was not taken is tried again, in any order."""
        queue = list(letters)
        chance = random.Random(SEED)
        while queue:
            raw = queue.pop(chance.randrange(len(queue)))
            try:
                hand_over(pipe, "pavel@customer.example", [f"desk@{DOMAIN}"], raw)
            except NotTaken:
                queue.append(raw)
                time.sleep(0.2)


@pytest.fixture
def company(postgres, tmp_path):
    database = f"killed_{os.getpid()}"
    with databases.temporary(postgres, databases.product(postgres), database):
        made = Company(postgres, database, tmp_path)
        made.start()
        yield made
        made.is_over.set()
        made.stop()


def test_none_is_lost_and_none_is_doubled(company, dovecot):
    workers = open_for_letters(company, dovecot)
    chance = random.Random(SEED)
    for worker in workers:
        worker.start()
    for kills_left in range(KILLS, 0, -1):
        wait_for_letters(company, kills_left, chance)
        company.kill()
        company.start()
    take_in_the_rest(company, dovecot, workers)
    assert_each_letter_is_one_conversation(company)
    assert_somebody_was_killed_while_he_read(company)
    for log in company.folder.glob("odoo-*.log"):
        assert_no_trouble(log, ())


def open_for_letters(company, dovecot):
    """Letters in all three places, and who takes them in (not started yet)."""
    admin = company.sign_in()
    alias_domain = admin.create("mail.alias.domain", name=DOMAIN)
    admin.call("res.company", "write", [1], {"alias_domain_id": alias_domain})
    admin.create("helpdesk.ticket.team", name="Desk", alias_name="desk")
    for number in range(LETTERS):
        boxes = {"killed-imap": BY_IMAP, "killed-pop": BY_POP}
        to = [box for box, numbers in boxes.items() if number in numbers]
        if to:
            dovecot.put(letter(number), *to)
    file = company.folder / "mailpipe.conf"
    pipe = have_pipe(admin, company.address, company.name, file)
    imap = have_mailbox(admin, "imap", dovecot.imap, "killed-imap")
    pop = have_mailbox(admin, "pop", dovecot.pop, "killed-pop")
    by_pipe = [letter(number) for number in BY_PIPE]
    return [
        threading.Thread(target=company.fetch_for_ever, args=(imap,), daemon=True),
        threading.Thread(target=company.fetch_for_ever, args=(pop,), daemon=True),
        threading.Thread(
            target=company.hand_over_all, args=(pipe, by_pipe), daemon=True
        ),
    ]


def wait_for_letters(company, kills_left, chance):
    """Until some more letters are there, and any moment longer.

    So many that all the kills are spread over the letters.
    """
    finished = company.count_finished()
    most = 2 * (DELIVERIES - finished) // (kills_left + 1)
    wanted = finished + chance.randint(1, max(most, 1))
    deadline = time.monotonic() + PATIENCE
    while company.count_finished() < min(wanted, DELIVERIES):
        assert time.monotonic() < deadline, "no letter comes in any more"
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.2))


def take_in_the_rest(company, dovecot, workers):
    """Nobody dies any more: everything comes in, the job finishes what was left."""
    boxes = {
        "killed-imap": dovecot.count_unseen,
        "killed-pop": dovecot.count_left,
    }
    deadline = time.monotonic() + PATIENCE
    while any(count(box) for box, count in boxes.items()) or workers[-1].is_alive():
        assert time.monotonic() < deadline, "a mailbox does not become empty"
        time.sleep(0.2)
    company.is_over.set()
    for worker in workers:
        worker.join(PATIENCE)
    # ten minutes later
    company.database.rows(
        "update mail_intake_entry set received_at = received_at - interval '10 minutes'"
        " where outcome is null"
    )
    run_job(company.sign_in(), "audiomania_routing", "ir_cron_finish_intake")


def run_job(admin, module, xmlid):
    domain = [("module", "=", module), ("name", "=", xmlid)]
    (found,) = admin.search("ir.model.data", domain, "res_id")
    admin.call("ir.cron", "method_direct_trigger", [found["res_id"]])


def assert_each_letter_is_one_conversation(company):
    rows = company.database.rows
    names = sorted(name(number) for number in range(LETTERS))
    entries = rows(
        "select outcome, count(*), count(distinct message_id), count(ticket_id)"
        " from mail_intake_entry group by outcome order by outcome"
    )
    assert entries == [
        ("duplicate", IN_BOTH, IN_BOTH, 0),
        ("new", LETTERS, LETTERS, LETTERS),
    ]
    conversations = rows(
        "select m.message_id from helpdesk_ticket t"
        " join helpdesk_inquiry i on i.ticket_id = t.id"
        " join mail_message m on m.id = i.message_id order by m.message_id"
    )
    assert [one for (one,) in conversations] == names
    assert rows("select count(*) from helpdesk_ticket") == [(LETTERS,)]
    assert rows("select count(*) from helpdesk_inquiry") == [(LETTERS,)]
    messages = rows(
        "select count(*), count(distinct message_id) from mail_message"
        " where model = 'helpdesk.ticket' and message_type = 'email'"
    )
    assert messages == [(LETTERS, LETTERS)]


def assert_somebody_was_killed_while_he_read(company):
    """Else nothing would have been tried."""
    assert company.starts == KILLS + 1
    again = company.database.value(
        "select count(*) from mail_intake_entry where attempts > 1"
    )
    print(f"\n{again} letters were read again, of {DELIVERIES} deliveries")
    assert again
