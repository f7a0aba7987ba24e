# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The load itself: employees and letters, for so long, and what was measured.

    drive.py PLACE OUTPUT --minutes M --letters-a-second R

PLACE is a JSON file: what `company.py` wrote, and where the server is. OUTPUT is one,
too: the table, and what the goals are judged by.
"""

import argparse
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
from aiosmtpd.controller import Controller
from employee import Employee
from figures import Figures, describe
from letters import Mail

AT_ONCE = 4
AFTERWARDS = 5
"""Seconds for the last messages of the bus to arrive."""
TELLS = {
    "audiomania_alerts/changed": "an alert",
    "routing_queue/changed": "a change in the queue",
    "routing_clock/changed": "a new moment",
    "routing_presence/here": "a colleague is here",
}
TICK = os.sysconf("SC_CLK_TCK")


class Outbox:
    """The mail server that takes what leaves."""

    def __init__(self):
        self.count = 0

    async def handle_DATA(self, _server, _session, _envelope):
        self.count += 1
        return "250 OK"


class Database:
    """What stands in it, for those who judge; every statement sees what is there."""

    def __init__(self, name):
        self.connection = psycopg2.connect(
            dbname=name,
            **{
                key: os.environ.get(f"PG{key.upper()}")
                for key in ("host", "port", "user", "password")
            },
        )
        self.connection.autocommit = True

    def rows(self, statement, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall()

    def is_of_another(self, ticket, user):
        """Whether somebody else took or answered it, so that it is out of sight."""
        found = self.rows(
            "SELECT user_id, inquiry_state FROM helpdesk_ticket WHERE id = %s", ticket
        )
        return bool(found) and (
            found[0][0] not in (None, user) or found[0][1] != "pending"
        )

    def count(self, table):
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]


def main():
    options = _parse()
    place = json.loads(options.place.read_text())
    outbox = Outbox()
    smtp = Controller(outbox, hostname="127.0.0.1", port=place["smtp"])
    smtp.start()
    try:
        found = Load(place, options).run()
    finally:
        smtp.stop()
    found["letters that left"] = outbox.count
    options.output.write_text(json.dumps(found, indent=1))


def _parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("place", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--letters-a-second", type=float, required=True)
    return parser.parse_args()


class Load:
    def __init__(self, place, options):
        self.place, self.minutes = place, options.minutes
        self.figures = Figures()
        self.database = Database(place["database"])
        self.people = [
            Employee(place, login, self.figures, self.database)
            for login in place["employees"]
        ]
        self.mail = Mail(place, self.figures, options.letters_a_second)
        threading.excepthook = lambda failed: self.figures.fail(
            "the load itself", repr(failed.exc_value)
        )

    def run(self):
        with ThreadPoolExecutor(AT_ONCE) as doors:
            list(doors.map(Employee.sign_in, self.people))
        print(f"{len(self.people)} employees are signed in", flush=True)
        before = self.count()
        processes = Processes(self.place["pid"])
        self.figures.is_on, began = True, time.monotonic()
        for one in [*self.people, self.mail]:
            one.start()
        time.sleep(self.minutes * 60)
        seconds = time.monotonic() - began
        self.mail.finish()
        for one in self.people:
            one.is_over.set()
        for one in self.people:
            one.join(AFTERWARDS * 12)
            if one.is_alive():
                self.figures.fail("the load itself", f"{one.client.login} waits still")
        return self.describe(seconds, before, processes)

    def count(self):
        names = ("mail_intake_entry", "helpdesk_inquiry")
        return {name: self.database.count(name) for name in names}

    def describe(self, seconds, before, processes):
        minutes = seconds / 60
        requests = sum(
            len(times)
            for kind, times in self.figures.seconds.items()
            if not kind.startswith("(")
        )
        return {
            "seconds": round(seconds),
            "employees": len(self.people),
            "rows": self.figures.summarise(minutes),
            "requests a second": round(requests / seconds, 1),
            "worked out": sum(one.worked_out for one in self.people),
            "told": dict(self.figures.told),
            "understood": sorted(self.figures.understood),
            "errors": self.figures.errors[:50],
            "lost websockets": sum(bool(one.listener.lost) for one in self.people),
            "bus": self.describe_bus(),
            "letters": self.account(before),
            "processes": processes.describe(seconds),
        }

    def account(self, before):
        """Each letter that was handed over: one entry, one inquiry."""
        after, sent = self.count(), self.mail.sent
        entries = self.database.rows(
            "SELECT entry.message_id, entry.outcome, count(inquiry.id)"
            "  FROM mail_intake_entry AS entry"
            "  LEFT JOIN helpdesk_inquiry AS inquiry"
            "    ON inquiry.message_id = entry.mail_message_id"
            " WHERE entry.message_id = ANY(%s) GROUP BY entry.id",
            sent,
        )
        outcomes = {}
        for _name, outcome, _inquiries in entries:
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        good = [
            name
            for name, outcome, inquiries in entries
            if outcome in ("new", "continued") and inquiries == 1
        ]
        return {
            "handed over": len(sent),
            "again": self.mail.retries,
            "left over": self.mail.waiting.qsize(),
            "outcomes": outcomes,
            "entries": after["mail_intake_entry"] - before["mail_intake_entry"],
            "inquiries": after["helpdesk_inquiry"] - before["helpdesk_inquiry"],
            "accounted for": len(set(good)),
            "doubled": len(good) - len(set(good)),
        }

    def describe_bus(self):
        """How late messages were on websockets, from the beginning of the work that
        sent them: the work itself, its commit and the way."""
        told = {
            number: (kind, at)
            for number, kind, at in self.database.rows(
                "SELECT id, message::json ->> 'type', extract(epoch FROM"
                " create_date AT TIME ZONE 'UTC')::float8 FROM bus_bus"
            )
        }
        late = {}
        for one in self.people:
            for number, heard_at in one.listener.heard:
                kind, at = told.get(number, (None, 0))
                if kind in TELLS and at > one.listener.since:
                    late.setdefault(TELLS[kind], []).append(heard_at - at)
        return {
            kind: {"count": len(times), **describe(times)}
            for kind, times in sorted(late.items())
        }


class Processes:
    """The processes of the server: their memory at the beginning and now, and how busy
    they were."""

    def __init__(self, pid):
        self.pid = pid
        self.before = self.look()

    def look(self):
        """{pid: (role, MiB, seconds of a processor)} of the server and its children."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                values = (path / "stat").read_text().rpartition(")")[2].split()
                command = (path / "cmdline").read_bytes().split(b"\0")
                pages = int((path / "statm").read_text().split()[1])
            except OSError:
                continue
            number = int(path.name)
            if self.pid not in (number, int(values[1])):
                continue
            role = "websockets" if b"gevent" in command else "worker or jobs"
            if number == self.pid:
                role = "the first process"
            memory = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
            busy = (int(values[11]) + int(values[12])) / TICK
            found[number] = (role, memory, busy)
        return found

    def describe(self, seconds):
        rows = []
        for number, (role, memory, busy) in sorted(self.look().items()):
            _role, memory_before, busy_before = self.before.get(number, (role, 0, 0))
            rows.append(
                {
                    "process": role,
                    "MiB before": round(memory_before),
                    "MiB after": round(memory),
                    "of one core": f"{(busy - busy_before) / seconds:.0%}",
                }
            )
        return rows


if __name__ == "__main__":
    main()
