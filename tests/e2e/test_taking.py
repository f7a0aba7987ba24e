# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Of all who press a button at once one wins, and the others read who it was (rules 9
and 10).

Conversations wait for a team of eight, who press buttons on each of them, over HTTP and
as fast as they can, each from a process of his own: all of them Take, on a thousand; or
Take, Take away, Transfer and Give back in any order, on fewer.
"""

import os
import random
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
FEWER = 300
"""Enough for any order of the buttons; each press costs more than a take."""
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
    INSERT INTO helpdesk_inquiry (
        ticket_id, received_at, received_on, state, company_id, subject
    )
    SELECT id, waiting_since, waiting_since, 'pending', 1, 'In green?' FROM ticket
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


def have_waiting(database, team, count=CONVERSATIONS):
    """The conversations that wait for this team; their ids."""
    database.rows(WAITING, team, team, count)
    return [one for (one,) in database.rows("SELECT id FROM helpdesk_ticket")]


def in_processes(function, *arguments):
    """What each of eight processes returns, each with its number as last argument."""
    with ProcessPoolExecutor(CLIENTS, get_context("fork")) as clients:
        running = [
            clients.submit(function, *arguments, number) for number in range(CLIENTS)
        ]
        return [each.result() for each in running]


def take_all(address, name, tickets, number):
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
    tickets = have_waiting(database, team)

    answers = in_processes(take_all, address, name, tickets)

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


# Whatever button

CROWDED = 20
"""On every twentieth conversation all eight press a button, on each other one two."""

BUTTONS = ("action_take", "action_take_away", "action_transfer", "action_release")


def press_all(address, name, tickets, people, number):
    """How many of each button worked for this client, and what he was refused with."""
    login = f"client{number}"
    browser = Browser(address, name, login, login)
    chance = random.Random(number)
    worked, refusals = defaultdict(int), []
    for place, ticket in enumerate(tickets):
        if place % CROWDED and (number - place) % CLIENTS > 1:
            continue
        button = chance.choice(BUTTONS)
        others = [one for one in people if one != people[number]]
        values = {
            "action_take_away": {"reason": "Now"},
            "action_transfer": {"user": chance.choice(others), "reason": "Now"},
        }.get(button, {})
        try:
            browser.call("helpdesk.ticket", button, [ticket], **values)
            worked[button] += 1
        except Refused as refused:
            refusals.append((refused.name, str(refused)))
    return dict(worked), refusals


def test_eight_clients_press_any_button_and_each_press_follows_the_one_before(desk):
    address, database = desk
    name = database.connection.info.dbname
    admin = Browser(address, name, "admin", "admin")
    people = have_people(admin)
    admin.create("routing.policy", company_id=1, take_away_by="team")
    team = admin.create("helpdesk.ticket.team", name="Desk", user_ids=people)
    tickets = have_waiting(database, team, FEWER)

    answers = in_processes(press_all, address, name, tickets, people)

    # No deadlock, no serialisation error: every refusal is a sentence for a person.
    refused = [each for _worked, refusals in answers for each in refusals]
    assert {kind for kind, _text in refused} <= {"UserError", "AccessError"}, refused
    assert not [text for _kind, text in refused if "serialize" in text.lower()]
    worked = defaultdict(int)
    for some, _refusals in answers:
        for button, count in some.items():
            worked[button] += count
    assert all(worked[button] for button in BUTTONS), worked

    # Each took it from who had it then: nobody's press was lost under another one.
    lines = "SELECT ticket_id, kind, user_id, from_user_id, to_user_id, id FROM"
    history = database.rows(f"{lines} helpdesk_ticket_transition ORDER BY id")
    assert len(history) == sum(worked.values())
    holders = dict.fromkeys(tickets)
    for ticket, kind, user, former, target, _line in history:
        assert former == holders[ticket], (ticket, kind)
        if kind == "taken":
            assert former is None
        if kind == "taken_away":
            assert former not in (None, user)
        holders[ticket] = target if kind in ("taken", "taken_away") else None
    assert dict(database.rows("SELECT id, user_id FROM helpdesk_ticket")) == holders
