# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What somebody was told is done is done, and what was cut off is done whole or not at
all: a worker, or the database under all of them, is killed (SIGKILL) in the middle of a
transaction while salespeople press Buy, buyers order, employees take conversations and
alerts go to a thousand people.

Who is cut off signs in again and presses the same button again, as a person does.
Nobody else helps: the server must come back by itself.
"""

import contextlib
import os
import re
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psutil
import psycopg2
import pytest
import requests
from browser import Browser, Refused
from database import Database
from test_killed import run_job
from test_letter_to_answer import ref
from test_taking import have_waiting

from conftest import serving
from kit import databases
from kit.loopback import free_port
from kit.postgres import own

CLIENTS, WORKERS, KILLS = 4, 2, 2
ORDERS, POSITIONS, AT_ONCE = 12, 2, 2
CONVERSATIONS, BURST, EMPLOYEES = 60, 24, 1000
PATIENCE = 240  # seconds for one answer, with all the falls in between
FOR_PEOPLE = {"UserError", "AccessError", "ValidationError"}
CUT_OFF = {
    "ConnectionError",  # the worker died while it worked on it
    "ChunkedEncodingError",  # likewise, in the middle of its answer
    "HTTPError",  # the database is not there: Odoo forgets who asks
    "SessionExpiredException",  # likewise, at the next click
    "OperationalError",
    "InterfaceError",
}
FALLEN = CUT_OFF | {
    "AccessDenied",  # it falls while Odoo looks who asks: `_authenticate_explicit`
    "DatabaseError",  # it falls in the middle of an answer of its own
    "AdminShutdown",
    "CrashShutdown",
    "CannotConnectNow",
}
"""What is heard when the database falls."""
GROUPS = (
    "helpdesk_mgmt.group_helpdesk_user_own",
    "purchase.group_purchase_user",
    "sales_team.group_sale_salesman_all_leads",
    "base.group_partner_manager",
)
"""One who may take, order, press Buy and make a contact's tag."""

WRITING = """
    SELECT pid, client_port FROM pg_stat_activity
     WHERE datname = current_database() AND backend_xid IS NOT NULL
       AND client_port > 0
"""
"""The backends that are in the middle of a transaction, and whom they serve."""

EMPLOYED = """
    WITH employee AS (
        SELECT nextval('res_users_id_seq') AS id,
               nextval('res_partner_id_seq') AS partner_id
          FROM generate_series(1, %(count)s)
    ), partner AS (
        INSERT INTO res_partner
        SELECT made.*
          FROM employee, res_partner AS own,
               jsonb_populate_record(own, jsonb_build_object(
                   'id', employee.partner_id,
                   'commercial_partner_id', employee.partner_id)) AS made
         WHERE own.id = (SELECT partner_id FROM res_users WHERE login = 'client0')
    ), account AS (
        INSERT INTO res_users
        SELECT made.*
          FROM employee,
               res_users AS own,
               jsonb_populate_record(own, jsonb_build_object(
                   'id', employee.id, 'partner_id', employee.partner_id,
                   'login', 'employee' || employee.id, 'password', NULL)) AS made
         WHERE own.login = 'client0'
    ), allowed AS (
        INSERT INTO res_company_users_rel (cid, user_id) SELECT 1, id FROM employee
    )
    INSERT INTO res_groups_users_rel (gid, uid)
    SELECT gid, id FROM employee, unnest(%(groups)s) AS gid
"""
"""Colleagues of a client: accounts made as his is."""

BOUGHT = """
    SELECT line.id, line.product_uom_qty, count(DISTINCT request.id),
           max(request.product_qty), sum(allocation.product_qty),
           array_agg(DISTINCT request.state)
      FROM sale_order_line AS line
 LEFT JOIN purchase_journal_request AS request ON request.sale_line_id = line.id
 LEFT JOIN purchase_journal_allocation AS allocation
           ON allocation.request_id = request.id
  GROUP BY line.id
"""

TOLD = """
    SELECT alert.res_id, count(delivery.id), count(DISTINCT delivery.user_id)
      FROM alert_alert AS alert
      JOIN alert_type AS type ON type.id = alert.type_id
 LEFT JOIN alert_delivery AS delivery ON delivery.alert_id = alert.id
     WHERE type.code = 'burst'
  GROUP BY alert.id
"""


class Shop:
    """An Odoo server with two workers, who works with it, and who kills it."""

    def __init__(self, cluster, name, address):
        self.cluster, self.name, self.address = cluster, name, address
        self.postgres = cluster.as_server()
        self.database = Database(self.postgres, name)
        self.admin = Browser(address, name, "admin", "admin")
        self.logins = [f"client{number}" for number in range(CLIENTS)]
        self.browsers = {}
        self.cuts, self.kills = Counter(), 0
        self.lock = threading.Lock()
        self.running = []

    # Who works

    def work(self, press, pieces, kill):
        """Every client presses each of his pieces until it is answered, while `kill`
        happens several times.

        :param pieces: for each client, what he presses the button on
        :return: [(client, piece, answer)]
        """
        answers = []
        total = sum(map(len, pieces))
        with ThreadPoolExecutor(CLIENTS) as clients:
            self.running = [
                clients.submit(self._press_all, press, login, own_pieces, answers)
                for login, own_pieces in zip(self.logins, pieces, strict=True)
            ]
            for left in range(KILLS, 0, -1):
                wanted = total - total * left // (KILLS + 1)
                self._wait_for(lambda n=wanted: len(answers) >= n)
                kill(self)
            for one in self.running:
                one.result()
        return answers

    def _press_all(self, press, login, pieces, answers):
        for piece in pieces:
            answers.append((login, piece, self._press(press, login, piece)))

    def _press(self, press, login, piece):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if login not in self.browsers:
                    self.browsers[login] = self.sign_in(login)
                return press(self.browsers[login], piece)
            except Refused as refused:
                if refused.name in FOR_PEOPLE:
                    return str(refused)
                self._note_cut(login, refused.name)
            except requests.RequestException as error:
                self._note_cut(login, type(error).__name__)
            time.sleep(0.1)
        raise AssertionError(f"{login} has no answer in {PATIENCE} s")

    def _note_cut(self, login, kind):
        with self.lock:
            self.cuts[kind] += 1
        self.browsers.pop(login, None)

    def sign_in(self, login):
        return Browser(self.address, self.name, login, login)

    def _is_over(self):
        return all(one.done() for one in self.running)

    def _wait_for(self, is_there):
        deadline = time.monotonic() + PATIENCE
        while not is_there() and not self._is_over():
            assert time.monotonic() < deadline, "nobody is answered any more"
            time.sleep(0.01)

    # Who kills

    def find_writing(self):
        """The backend, and the port of its client, of a transaction that has changed
        something; None: all of them were quicker."""
        deadline = time.monotonic() + PATIENCE
        while not self._is_over():
            assert time.monotonic() < deadline, "nobody writes"
            if found := self.database.rows(WRITING):
                return found[0]
        return None

    def kill_worker(self):
        """At most it has gone on to its next statement by then. Who has connected, or
        was started, since the workers were listed is found at the next look."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            workers = psutil.Process().children(recursive=True)
            owners = {port: one for one in workers for port in get_ports(one)}
            found = self.find_writing()
            if not found or found[1] in owners:
                break
        else:
            raise AssertionError("nobody of ours writes")
        if found:
            owners[found[1]].kill()
            self.kills += 1

    def kill_database(self):
        """All of it falls with one backend, and comes back by itself."""
        if found := self.find_writing():
            backend, _port = found
            assert backend in self.cluster.users_of_data()
            os.kill(backend, signal.SIGKILL)
            self.kills += 1
            self.database = self._connect_again()

    def _connect_again(self):
        """As soon as it has fallen, and is there again."""
        deadline = time.monotonic() + PATIENCE
        with contextlib.suppress(psycopg2.Error):
            while time.monotonic() < deadline:
                self.database.value("SELECT 1")
        while time.monotonic() < deadline:
            with contextlib.suppress(psycopg2.Error):
                return Database(self.postgres, self.name)
        raise AssertionError("the database does not come back")

    def sweep(self):
        """The job of each minute, for what a fall has left."""
        run_job(self.sign_in("admin"), "audiomania_alerts", "ir_cron_sweep")


@pytest.fixture(scope="module")
def cluster(postgres):
    """A PostgreSQL of our own, with a database that has our addons."""
    source = databases.product(postgres)
    with own(f"killed_{os.getpid()}") as cluster:
        databases.carry(postgres, source, cluster.as_server())
        yield cluster, source


def get_ports(process):
    """The ports from which a process is connected."""
    with contextlib.suppress(psutil.Error):
        return {one.laddr.port for one in process.net_connections() if one.laddr}
    return set()


KILLED = {
    "worker": (Shop.kill_worker, ("odoo.http: ",), CUT_OFF),
    # What stood in a connection is told with its statement.
    "database": (Shop.kill_database, ("odoo.http: ", "odoo.sql_db: "), FALLEN),
}
"""Who dies, where Odoo's log tells of it, and what people hear."""


@pytest.fixture(params=KILLED)
def killed(request):
    return KILLED[request.param]


@pytest.fixture
def shop(killed, cluster, tmp_path):
    (running, source), (_kill, expected, _heard) = cluster, killed
    server, name, log = running.as_server(), "work", tmp_path / "odoo.log"
    workers = ("--workers", WORKERS, "--gevent-port", free_port())
    with (
        databases.temporary(server, source, name),
        serving(server, name, log, *workers, expected=expected) as address,
    ):
        shop = Shop(running, name, address)
        yield shop
        shop.database.close()


def test_what_is_told_is_done_and_what_is_cut_off_is_done_whole_or_not_at_all(
    shop, killed
):
    kill, _expected, heard = killed
    people = have_people(shop)
    assert_everything_is_asked_for_once(shop, *buy(shop, kill))
    assert_everything_is_ordered_once(shop, order(shop, kill))
    assert_each_conversation_has_one_holder(shop, people, *take(shop, people, kill))
    assert_each_alert_is_whole(shop, tell(shop, kill))
    assert shop.kills >= KILLS and shop.cuts, "nobody was in the middle of anything"
    assert shop.cuts.keys() <= heard, shop.cuts
    print(f"\ncut off: {dict(shop.cuts)}")


def have_people(shop):
    groups = [(4, ref(shop.admin, xmlid)) for xmlid in GROUPS]
    return {
        login: shop.admin.create(
            "res.users",
            name=f"Client {login[-1]}",
            login=login,
            password=login,
            group_ids=groups,
        )
        for login in shop.logins
    }


# Buying


def buy(shop, kill):
    """Everybody presses Buy, accepts what is proposed and sends it."""
    admin = shop.admin
    vendor = admin.create("res.partner", name="Vendor")
    products = [
        admin.create(
            "product.product",
            name=f"Amplifier {number}",
            is_storable=True,
            seller_ids=[(0, 0, {"partner_id": vendor, "price": 10})],
        )
        for number in range(POSITIONS)
    ]
    orders = admin.call(
        "sale.order",
        "create",
        [
            {
                "partner_id": vendor,
                "order_line": [
                    (0, 0, {"product_id": product, "product_uom_qty": number})
                    for product in products
                ],
            }
            for number in range(1, ORDERS + 1)
        ],
    )
    # two press on each order: each on his own part first, then on that of the next
    parts = [orders[number::CLIENTS] for number in range(CLIENTS)]
    pieces = [parts[one] + parts[(one + 1) % CLIENTS] for one in range(CLIENTS)]
    return orders, shop.work(press_buy, pieces, kill)


def press_buy(browser, order):
    action = browser.call("sale.order", "action_buy", [order])
    if action["type"] != "ir.actions.act_window":
        return False
    context = {"context": action["context"]}
    (ask,) = browser.call("purchase.journal.ask", "create", [{}], **context)
    done = browser.call("purchase.journal.ask", "action_ask", [ask])
    return done["type"] == "ir.actions.act_window_close"


def assert_everything_is_asked_for_once(shop, orders, answers):
    assert {answer for _who, _order, answer in answers} <= {True, False}
    bought = shop.database.rows(BOUGHT)
    assert len(bought) == len(orders) * POSITIONS
    for line, quantity, count, asked, ordered, states in bought:
        assert (count, asked, ordered) == (1, quantity, None), line
        assert states == ["asked"]


# Ordering


def order(shop, kill):
    """Two buyers put the same requests on purchase orders, some at once."""
    requests_ = [
        one for (one,) in shop.database.rows("SELECT id FROM purchase_journal_request")
    ]
    starts = range(0, len(requests_), AT_ONCE)
    batches = [tuple(requests_[start : start + AT_ONCE]) for start in starts]
    halves = [batches[number::2] for number in range(2)]
    pieces = [halves[number % 2] for number in range(CLIENTS)]
    return shop.work(press_order, pieces, kill)


def press_order(browser, batch):
    action = browser.call("purchase.journal.request", "action_order", list(batch))
    return action["res_model"] == "purchase.order"


def assert_everything_is_ordered_once(shop, answers):
    kinds = {answer for _who, _batch, answer in answers}
    assert kinds <= {True, "Nothing to order: it is ordered already."}
    told = Counter(batch for _who, batch, answer in answers if answer is True)
    assert max(told.values()) == 1, "two were told that they ordered it"
    for line, quantity, count, asked, ordered, states in shop.database.rows(BOUGHT):
        assert (count, asked, ordered) == (1, quantity, quantity), line
        assert len(states) == 1 and states != ["asked"]
    wanted = shop.database.rows(
        "SELECT product_id, sum(product_uom_qty) FROM sale_order_line GROUP BY 1"
    )
    on_orders = shop.database.rows(
        "SELECT product_id, sum(product_qty) FROM purchase_order_line GROUP BY 1"
    )
    assert sorted(on_orders) == sorted(wanted)


# Taking


def take(shop, people, kill):
    team = shop.admin.create(
        "helpdesk.ticket.team", name="Desk", user_ids=list(people.values())
    )
    tickets = have_waiting(shop.database, team, CONVERSATIONS)
    return tickets, shop.work(press_take, [tickets] * CLIENTS, kill)


def press_take(browser, ticket):
    return browser.call("helpdesk.ticket", "action_take", [ticket])


def assert_each_conversation_has_one_holder(shop, people, tickets, answers):
    holders = dict(shop.database.rows("SELECT id, user_id FROM helpdesk_ticket"))
    assert set(holders) == set(tickets) and all(holders.values())
    lines = "SELECT ticket_id, to_user_id FROM helpdesk_ticket_transition"
    assert sorted(shop.database.rows(lines)) == sorted(holders.items())
    names = {user: login for login, user in people.items()}
    for login, ticket, answer in answers:
        holder = names[holders[ticket]]
        if answer is True:
            assert login == holder, "somebody was told that it is his, and it is not"
        else:
            number = re.match(r"Client (\d) has been working on", answer)[1]
            assert f"client{number}" == holder


# Telling


def tell(shop, kill):
    """Alerts to a thousand employees each, about what the clients make."""
    admin = shop.admin
    group = admin.create("res.groups", name="Everybody concerned")
    user = ref(admin, "base.group_user")
    shop.database.rows(EMPLOYED, count=EMPLOYEES, groups=[group, user])
    (model,) = admin.search("ir.model", [("model", "=", "res.partner.category")], "id")
    admin.create(
        "alert.rule",
        name="Burst",
        code="burst",
        model_id=model["id"],
        trigger="created",
        title_template="{name}",
        recipient_group_ids=[(4, group)],
    )
    pieces = [range(number, BURST, CLIENTS) for number in range(CLIENTS)]
    return shop.work(press_create, pieces, kill)


def press_create(browser, number):
    return browser.create("res.partner.category", name=f"Burst {number}")


def assert_each_alert_is_whole(shop, answers):
    told = [id_ for _who, _number, id_ in answers]
    before = shop.database.rows(TOLD)
    assert {(of_all, people) for _id, of_all, people in before} == {
        (EMPLOYEES, EMPLOYEES)
    }
    shop.sweep()
    alerts = shop.database.rows(TOLD)
    made = shop.database.rows("SELECT id FROM res_partner_category")
    assert Counter(id_ for id_, *_counts in alerts) == Counter(id_ for (id_,) in made)
    assert set(told) <= {id_ for (id_,) in made}
    assert {tuple(counts) for _id, *counts in alerts} == {(EMPLOYEES, EMPLOYEES)}
    assert not shop.database.value("SELECT count(*) FROM alert_outbox")
