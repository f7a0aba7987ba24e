# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two Odoo servers on one database, as a company with two machines has it.

Both serve pages, websockets and jobs. An alert reaches tabs on either of them, jobs
tell once, a conversation that is taken on both at once has one winner, and what is
changed on one of them holds on the other from its next request on.
"""

import contextlib
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import websocket
from browser import Browser
from test_clock_of_server import AT_LAST, WAITING, Office, wait_for
from test_letter_to_answer import letter, ref
from test_taking import have_waiting, take

from conftest import serving
from kit import databases

SOON = 60
ABOUT = ("res_model", "res_id")
WORKER = "19.0-2"
"""The version of Odoo's websocket worker."""
CHANGED = "audiomania_alerts/changed"
MANY = 20
DESK = "desk@e2e.example"


@dataclass
class Company:
    office: Office
    addresses: list

    def sign_in(self, login, server):
        return Browser(self.addresses[server], self.office.name, login, login)


@pytest.fixture(scope="module")
def company(postgres, tmp_path_factory):
    """Two servers, each with jobs of its own, and a team of two with its leader."""
    name, folder = f"two_{os.getpid()}", tmp_path_factory.mktemp("two")
    options = ("--max-cron-threads", "1")
    with (
        databases.temporary(postgres, databases.product(postgres), name),
        contextlib.ExitStack() as stack,
    ):
        office = Office(postgres, name, folder / "unused.log")
        addresses = [
            stack.enter_context(serving(postgres, name, folder / f"{at}.log", *options))
            for at in range(2)
        ]
        office.hire(addresses[0])
        made = Company(office, addresses)
        admin = made.sign_in("admin", 0)
        for number, user in enumerate((office.anna, office.boris)):
            login = ("anna", "boris")[number]
            values = {"password": login, "name": f"Client {number}"}
            admin.call("res.users", "write", [user], values)
        domain = admin.create("mail.alias.domain", name=DESK.partition("@")[2])
        admin.call("res.company", "write", [1], {"alias_domain_id": domain})
        admin.call(
            "helpdesk.ticket.team", "write", [office.team], {"alias_name": "desk"}
        )
        yield made
        office.database.close()


class Tab(threading.Thread):
    """An open page: what its websocket hears of alerts."""

    def __init__(self, browser):
        super().__init__(daemon=True)
        self.heard = []
        self.socket = websocket.create_connection(
            f"{browser.address.replace('http', 'ws', 1)}/websocket?version={WORKER}",
            cookie=f"session_id={browser.session.cookies['session_id']}",
            timeout=SOON,
        )
        self.socket.settimeout(None)
        data = {"channels": [], "last": 0}
        self.socket.send(json.dumps({"event_name": "subscribe", "data": data}))
        self.start()

    def run(self):
        with contextlib.suppress(websocket.WebSocketException, OSError, ValueError):
            while text := self.socket.recv():
                self.heard += [
                    each["message"]["payload"]
                    for each in json.loads(text)
                    if each["message"]["type"] == CHANGED
                ]

    def close(self):
        self.socket.close()


def receive(browser, subject, text="Do you have it in green?"):
    """A letter that comes in by this server; the id of its conversation."""
    message = letter(subject, text, DESK)
    message.replace_header("From", f"{subject} <{abs(hash(subject))}@stranger.example>")
    browser.call("mail.thread", "message_process", False, message.as_string())
    (found,) = browser.search("helpdesk.ticket", [("name", "=", subject)], "id")
    return found["id"]


@pytest.mark.parametrize("here, there", [(0, 1), (1, 0)])
def test_an_alert_of_one_server_reaches_tabs_on_both(company, here, there):
    sessions = [company.sign_in("boris", server) for server in (here, there)]
    before = sessions[0].call("alert.delivery", "get_state")["version"]
    tabs = [Tab(session) for session in sessions]
    try:
        ticket = receive(company.sign_in("admin", here), f"Heard from {here}")
        for tab in tabs:
            # a new tab hears of the last minute, too
            wait_for(
                lambda tab=tab: any(one["version"] > before for one in tab.heard), SOON
            )
    finally:
        for tab in tabs:
            tab.close()
    for session in sessions:
        told = session.search("alert.delivery", [("state", "=", "new")], "res_id")
        assert ticket in [one["res_id"] for one in told]


def test_jobs_of_two_servers_tell_each_moment_once(company):
    office = company.office
    tickets = [office.reserve(f"Missed {number}", -60) for number in range(MANY)]

    def all_told():
        office.wake_worker()
        return all(office.get_told(ticket) for ticket in tickets)

    wait_for(all_told, AT_LAST, pause=1.0)
    office.run_jobs()
    everybody = sorted((WAITING, user, 1) for user in (office.anna, office.boris))
    for ticket in tickets:
        assert office.get_told(ticket) == everybody


def test_of_two_who_take_on_two_servers_one_wins(company):
    office = company.office
    before = {one for (one,) in office.database.rows("SELECT id FROM helpdesk_ticket")}
    tickets = set(have_waiting(office.database, office.team, MANY)) - before
    sessions = [company.sign_in("anna", 0), company.sign_in("boris", 1)]
    with ThreadPoolExecutor(2) as people:
        answers = list(
            people.map(
                lambda session: {one: take(session, one) for one in sorted(tickets)},
                sessions,
            )
        )
    users = {0: office.anna, 1: office.boris}
    held = dict(office.database.rows("SELECT id, user_id FROM helpdesk_ticket"))
    for ticket in tickets:
        told = [answer[ticket] for answer in answers]
        won = [answer is True for answer in told]
        assert sum(won) == 1, told
        winner = won.index(True)
        assert held[ticket] == users[winner]
        assert told[1 - winner] == winner, told


def test_who_joins_a_team_on_one_server_sees_its_queue_on_the_other(company):
    office, admin = company.office, company.sign_in("admin", 0)
    group = ref(admin, "helpdesk_mgmt.group_helpdesk_user_own")
    carl = admin.create(
        "res.users",
        name="Carl",
        login="carl",
        password="carl",
        group_ids=[(4, group)],
    )
    ticket = office.reserve("Who sees it", -60)
    elsewhere = company.sign_in("carl", 1)
    sees = [("id", "=", ticket)]

    def count():
        return elsewhere.call("helpdesk.ticket", "search_count", sees)

    assert not count()
    team = [office.team]
    admin.call("helpdesk.ticket.team", "write", team, {"user_ids": [(4, carl)]})
    assert count() == 1
    admin.call("helpdesk.ticket.team", "write", team, {"user_ids": [(3, carl)]})
    assert not count()


WAITS = """
    SELECT EXTRACT(EPOCH FROM supervisors_alerted_from - create_date)::int
      FROM helpdesk_ticket WHERE id = %s
"""
"""Seconds from the letter until the supervisors are told."""


def test_a_policy_that_is_changed_on_one_server_decides_on_the_other(company):
    admin, elsewhere = company.sign_in("admin", 0), company.sign_in("admin", 1)
    policies = [one["id"] for one in admin.search("routing.policy", [], "id")]
    waits = []
    for number, hours in enumerate((0, 40, 0)):
        delays = {"team_delay": hours, "department_delay": hours}
        admin.call("routing.policy", "write", policies, delays)
        ticket = receive(elsewhere, f"Policy {number}")
        waits.append(company.office.database.value(WAITS, ticket))
    before, patient, after = waits
    assert patient - max(before, after) > 40 * 3600


def test_an_alert_that_is_set_up_on_one_server_is_told_on_the_other(company):
    admin, elsewhere = company.sign_in("admin", 0), company.sign_in("admin", 1)
    anna = company.sign_in("anna", 1)
    (model,) = admin.search("ir.model", [("model", "=", "res.partner.category")], "id")
    rule = admin.create(
        "alert.rule",
        name="Tags",
        code="tags",
        model_id=model["id"],
        trigger="created",
        title_template="{name}",
        recipient_group_ids=[(4, ref(admin, "base.group_user"))],
    )
    for active in (True, False, True):
        admin.call("alert.rule", "write", [rule], {"active": active})
        made = elsewhere.create("res.partner.category", name=f"Tag, {active}")
        found = anna.search("alert.delivery", [("state", "=", "new")], *ABOUT)
        told = [tuple(one[name] for name in ABOUT) for one in found]
        assert (("res.partner.category", made) in told) is active
