# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The clock of a real server: whom a moment lets in is told within 90 seconds of it,
once, also of what came while the server was down (rule 8).

No letter, no click and no screen helps: only the server's own jobs run, by real time.
"""

import os
import time

import pytest
from browser import Browser
from database import Database
from test_letter_to_answer import ref

from conftest import serving
from kit import databases

SOON, WITHIN = 5, 90
AT_LAST = 180
"""Seconds until a job has run that somebody asks for; nothing is promised of those."""
WAITING, OVERDUE = "inquiry_waiting", "inquiry_overdue"

RESERVED = """
    WITH ticket AS (
        INSERT INTO helpdesk_ticket (
            number, name, description, company_id, team_id, department_id, active,
            priority, partner_email, ladder_active, inquiry_state, waiting_since,
            addressee_id, told_rung, exclusive_until, team_visible_from, tell_at,
            department_visible_from, supervisors_alerted_from
        )
        SELECT 'HT' || %(name)s, %(name)s, 'In green?', 1, %(team)s, %(team)s, TRUE,
               '1', 'petr@customer.example', TRUE, 'pending', moment, %(addressee)s,
               'window', moment, moment, moment, moment + %(apart)s * interval '1 s',
               moment + 2 * %(apart)s * interval '1 s'
          FROM (SELECT (now() AT TIME ZONE 'UTC') + %(after)s * interval '1 s') AS at
               (moment)
        RETURNING id, waiting_since
    )
    INSERT INTO helpdesk_inquiry (
        ticket_id, received_at, received_on, state, company_id, subject
    )
    SELECT id, waiting_since, waiting_since, 'pending', 1, 'In green?' FROM ticket
    RETURNING ticket_id
"""
"""One that is reserved until a moment, then its team's, `apart` later its department's,
and as much later its supervisors are told."""

TOLD = """
    SELECT type.code, delivery.user_id, alert.event_count
      FROM alert_alert AS alert
      JOIN alert_type AS type ON type.id = alert.type_id
      JOIN alert_delivery AS delivery ON delivery.alert_id = alert.id
     WHERE alert.res_model = 'helpdesk.ticket' AND alert.res_id = %s
"""


ONLY_OURS = """
    UPDATE ir_cron SET active = FALSE WHERE id NOT IN (
        SELECT res_id FROM ir_model_data
         WHERE model = 'ir.cron' AND module LIKE 'audiomania%'
    )
"""
"""A job of Odoo asks a server of Odoo's, and one is at work for long: the server of a
test is stopped before they have ended."""


class Office:
    """A team of two and its leader; its database, and a server that may be down."""

    def __init__(self, postgres, name, log):
        self.postgres, self.name, self.log = postgres, name, log
        self.database = Database(postgres, name)
        self.database.rows(ONLY_OURS)

    def serving(self):
        jobs = ("--max-cron-threads", "1")
        return serving(self.postgres, self.name, self.log, *jobs)

    def hire(self, address):
        admin = Browser(address, self.name, "admin", "admin")
        group = ref(admin, "helpdesk_mgmt.group_helpdesk_user_own")
        self.anna, self.boris, self.chief = (
            admin.create(
                "res.users", name=name, login=name.lower(), group_ids=[(4, group)]
            )
            for name in ("Anna", "Boris", "Chief")
        )
        self.team = admin.create(
            "helpdesk.ticket.team",
            name="Desk",
            user_ids=[self.anna, self.boris],
            user_id=self.chief,
        )

    def reserve(self, name, after, apart=3600):
        """The id of a conversation that is Anna's until so many seconds from now."""
        values = {"name": name, "after": after, "apart": apart, "team": self.team}
        return self.database.value(RESERVED, **values, addressee=self.anna)

    def work_out(self, ticket):
        """As an answer leaves it."""
        self.database.rows(
            "UPDATE helpdesk_ticket SET inquiry_state = 'worked_out', tell_at = NULL"
            " WHERE id = %s",
            ticket,
        )

    def get_told(self, ticket):
        """[(alert, employee, how often)], sorted"""
        return sorted(self.database.rows(TOLD, ticket))

    def wake_worker(self, name=None):
        """What Odoo does when a job is asked for at once, in this database or in
        another one."""
        other = Database(self.postgres, "postgres")
        other.rows("SELECT pg_notify('cron_trigger', %s)", name or self.name)
        other.close()

    def is_told(self, ticket):
        """Looked up while jobs of another database are asked for: those of tests that
        run beside this one begin the minute of the worker anew, now and then, and
        would make it two. It looks at all databases each minute all the same."""
        self.wake_worker(f"{self.name}_beside")
        return self.get_told(ticket)

    def get_last_run(self):
        return self.database.value(
            "SELECT lastcall FROM ir_cron WHERE cron_name LIKE 'Inquiries: tell those%'"
        )

    def run_jobs(self):
        """Wake the worker until it has done the clock's job once more: a second after
        its last run it is due again."""
        before = self.get_last_run()

        def has_run():
            self.wake_worker()
            return self.get_last_run() != before

        wait_for(has_run, AT_LAST, pause=1.5)


def wait_for(is_there, patience, pause=0.2):
    """How long it took, in seconds."""
    started = time.monotonic()
    while not is_there():
        assert time.monotonic() - started < patience, f"not within {patience} s"
        time.sleep(pause)
    return time.monotonic() - started


@pytest.fixture
def office(postgres, tmp_path):
    name = f"clock_{os.getpid()}"
    with databases.temporary(postgres, databases.product(postgres), name):
        office = Office(postgres, name, tmp_path / "odoo.log")
        yield office
        office.database.close()


def test_whom_a_moment_lets_in_is_told_in_time_and_once_also_after_a_downtime(office):
    with office.serving() as address:
        office.hire(address)
        everybody = sorted((WAITING, user, 1) for user in (office.anna, office.boris))
        # Twice: a new database has every job due, and the worker is busy with the first
        # round for a while.
        office.run_jobs()
        office.run_jobs()
        # The worst case: the worker has just looked, and looks again in a minute. By
        # then the job is due: its own minute began when it ran, not later than that.
        office.database.rows(
            "UPDATE ir_cron SET nextcall = (now() AT TIME ZONE 'UTC') + interval '55 s'"
        )
        ticket = office.reserve("Soon", SOON)
        took = wait_for(lambda: office.is_told(ticket), SOON + WITHIN, pause=1)
        print(f"told {took - SOON:.0f} s after the moment")
        assert took >= SOON, "told before its moment"
        assert office.get_told(ticket) == everybody
        office.run_jobs()

    # The server is down: the moments of one come, those of another come all, and what
    # somebody has answered meanwhile waits for nobody.
    missed = office.reserve("Missed", -60)
    overdue = office.reserve("Overdue", -90, apart=30)
    answered = office.reserve("Answered", -60)
    office.work_out(answered)
    with office.serving():
        office.run_jobs()
        wait_for(lambda: office.get_told(missed) and office.get_told(overdue), AT_LAST)
        office.run_jobs()
        office.run_jobs()
        assert office.get_told(missed) == everybody
        assert office.get_told(ticket) == everybody, "told again after the downtime"
        overdue_to = (OVERDUE, office.chief, 1)
        assert office.get_told(overdue) == sorted([*everybody, overdue_to])
        assert not office.get_told(answered)
