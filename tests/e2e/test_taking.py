# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Of all who press Take at once one wins, and the others read who it was (rule 9).

A thousand conversations wait for a team of eight. All eight press Take on each of them,
over HTTP and as fast as they can, each from a process of his own.
"""

import os
import re
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from browser import Browser, Refused
from database import Database
from test_letter_to_answer import ref

from conftest import serving
from kit import databases
from kit.loopback import free_port

CONVERSATIONS, CLIENTS = 1000, 8
SENTENCE = re.compile(r"Client (\d) has been working on this conversation since ")

WAITING = """
    WITH ticket AS (
        INSERT INTO helpdesk_ticket (
            number, name, description, company_id, team_id, department_id, active,
            priority, partner_email, ladder_active, inquiry_state, waiting_since,
            team_visible_from, department_visible_from
        )
        SELECT 'HT' || number, 'Question ' || number, 'In green?', 1, %s,
               %s, TRUE, '1', 'petr@customer.example', TRUE, 'pending', now(),
               now() - interval '1 hour', now() + interval '1 hour'
          FROM generate_series(1, %s) AS number
        RETURNING id, waiting_since
    )
    INSERT INTO helpdesk_inquiry (ticket_id, received_at, state, company_id, subject)
    SELECT id, waiting_since, 'pending', 1, 'In green?' FROM ticket
"""


@pytest.fixture
def desk(postgres, tmp_path):
    """A server with four workers: its address and its database."""
    name = f"taking_{os.getpid()}"
    workers = ("--workers", "4", "--gevent-port", free_port())
    with (
        databases.temporary(postgres, databases.product(postgres), name),
        serving(postgres, name, tmp_path / "odoo.log", *workers) as address,
    ):
        database = Database(postgres, name)
        yield address, database
        database.close()


def have_people(admin):
    group = ref(admin, "helpdesk_mgmt.group_helpdesk_user_own")
    return [
        admin.create(
            "res.users",
            name=f"Client {number}",
            login=f"client{number}",
            password=f"client{number}",
            group_ids=[(4, group)],
        )
        for number in range(CLIENTS)
    ]


def take_all(address, name, number, tickets):
    """What one client is answered for each: True, or whom the sentence names."""
    login = f"client{number}"
    browser = Browser(address, name, login, login)
    return [take(browser, ticket) for ticket in tickets]


def take(browser, ticket):
    try:
        return browser.call("helpdesk.ticket", "action_take", [ticket])
    except Refused as refused:
        named = SENTENCE.match(str(refused))
        return int(named[1]) if named else f"{refused.name}: {refused}"


def test_eight_clients_take_a_thousand_conversations_and_each_has_one_winner(desk):
    address, database = desk
    name = database.connection.info.dbname
    admin = Browser(address, name, "admin", "admin")
    people = have_people(admin)
    team = admin.create("helpdesk.ticket.team", name="Desk", user_ids=people)
    database.rows(WAITING, team, team, CONVERSATIONS)
    tickets = [one for (one,) in database.rows("SELECT id FROM helpdesk_ticket")]

    with ProcessPoolExecutor(CLIENTS, get_context("fork")) as clients:
        answers = list(
            clients.map(
                take_all,
                [address] * CLIENTS,
                [name] * CLIENTS,
                range(CLIENTS),
                [tickets] * CLIENTS,
            )
        )

    told = defaultdict(list)
    for ticket, *of_all in zip(tickets, *answers, strict=True):
        winners = [number for number, answer in enumerate(of_all) if answer is True]
        assert len(winners) == 1, of_all
        assert {answer for answer in of_all if answer is not True} == {winners[0]}
        told[winners[0]].append(ticket)
    assert len(told) > 1, "they did not meet"

    columns = "SELECT id, user_id FROM helpdesk_ticket"
    assert dict(database.rows(columns)) == {
        ticket: people[number] for number, some in told.items() for ticket in some
    }
    lines = "SELECT ticket_id, user_id FROM helpdesk_ticket_transition"
    assert sorted(database.rows(lines)) == sorted(database.rows(columns))
