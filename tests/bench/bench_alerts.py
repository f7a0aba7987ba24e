# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P6 and P7: an alert to many, and the toolbar of a company with a long history.

P6: one alert to 200 and to 1,000 employees, from `_alert` until it is committed,
stored for each and on the bus, beside `message_notify` to 200 inbox users.
P7: the toolbar's state (counts and first page) of an employee with 40 open alerts,
where 2,568,494 deliveries are stored, beside the same where 1,000 are.
"""

from common import (
    OURS,
    STOCK,
    copied,
    environment,
    in_turn,
    row,
    start,
    write,
)

import odoo
from odoo.modules.registry import Registry

FEW, MANY = 200, 1000
STORED, STORED_SMALL, STORED_FEW = 2_568_494, 50_000, 1000
EMPLOYEES = 200
SHOWN = 40
REPETITIONS = 15
NOTIFY_GOAL, LINE_GOAL, HISTORY_GOAL = 0.01, MANY / FEW, 1.5


def prepare(database):
    """So many employees who read in the inbox of Odoo; the id of one record."""
    with environment(database) as env:
        env["res.users"].with_context(no_reset_password=True).create(
            [
                {
                    "name": f"Employee {number}",
                    "login": f"bench{number}",
                    "email": f"bench{number}@bench.example",
                    "notification_type": "inbox",
                }
                for number in range(MANY)
            ]
        )
        if "alert.type" in env:
            env["alert.type"].create(
                {"code": "bench", "name": "Bench", "title_template": "{name} waits"}
            )
        return env["res.partner"].create({"name": "A customer"}).id


def find_users(database, number):
    """The ids of the first employees and of their partners."""
    with environment(database) as env:
        domain = [("login", "=like", "bench%")]
        users = env["res.users"].search(domain, limit=number, order="id")
        return users.ids, users.partner_id.ids


def alert(record_id, number):
    """A function that alerts so many employees."""
    users, _partners = find_users(OURS, number)

    def work(round_):
        with environment(OURS) as env:
            env["alert.type"]._alert(
                "bench",
                env["res.partner"].browse(record_id),
                users=env["res.users"].browse(users),
                key=f"{number}-{round_}",
            )

    return work


def notify(record_id, number):
    """A function that notifies so many employees as Odoo does."""
    _users, partners = find_users(STOCK, number)

    def work(round_):
        with environment(STOCK) as env:
            env["res.partner"].browse(record_id).message_notify(
                partner_ids=partners,
                subject=f"A customer waits {round_}",
                body="A customer waits",
            )

    return work


def measure_sending(repetitions):
    ours, stock = prepare(OURS), prepare(STOCK)
    works = alert(ours, FEW), alert(ours, MANY), notify(stock, FEW)
    few, many, stock = in_turn(repetitions, *works)
    return [
        row("P6", f"an alert to {FEW} employees", few, stock, NOTIFY_GOAL),
        row(
            "P6",
            f"an alert to {MANY:,} employees",
            many,
            few,
            LINE_GOAL,
            f"(ours, {FEW})",
        ),
    ]


def fill(database, stored):
    """So many deliveries: of an employee some are open and the rest is history, done,
    withdrawn, or seen long ago."""
    users, _partners = find_users(database, EMPLOYEES)
    with environment(database) as env:
        env.cr.execute("DELETE FROM alert_alert")
        type_id = env["alert.type"].search([("code", "=", "bench")]).id
        env["res.partner"].create([{"name": f"Customer {n}"} for n in range(SHOWN)])
        _fill_history(env.cr, type_id, users, stored - SHOWN)
        _fill_open(env.cr, type_id, users[0])
    with Registry(database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE alert_alert, alert_delivery")
    return users[0]


ALERT = """
    INSERT INTO alert_alert (type_id, key, res_model, res_id, title, state, event_count,
        first_at, last_at)
    SELECT %s, %s || n, 'res.partner', (SELECT MAX(id) FROM res_partner) - n %% {shown},
        '{{"en_US": "A customer waits"}}', %s, 1, moment, moment
    FROM (SELECT n, now() at time zone 'UTC' - n * interval '{apart}' AS moment
            FROM generate_series(0, %s) AS n) AS event
"""
DELIVERY = """
    INSERT INTO alert_delivery (alert_id, user_id, type_id, severity, urgency, must_do,
        state, notified_at, seen_at, done_at, withdrawn_at)
    SELECT alert_id, user_id, %s, 'info', 1, must_do, state, moment,
        CASE WHEN state = 'seen' THEN moment + interval '1 minute' END,
        CASE WHEN state = 'done' THEN moment + interval '1 hour' END,
        CASE WHEN state = 'withdrawn' THEN moment + interval '1 hour' END
    FROM ({source}) AS delivery
"""


def _fill_history(cr, type_id, users, stored):
    """Alerts of the past three years, each to 10 employees in turn."""
    alerts = stored // 10 + 1
    statement = ALERT.format(shown=SHOWN, apart="6 minutes")
    cr.execute(statement, [type_id, "old", "done", alerts])
    source = """
        SELECT alert.id AS alert_id, (%s)[1 + (alert.n * 10 + m) %% %s] AS user_id,
            last_at - interval '3 days' AS moment, m = 0 AS must_do,
            CASE WHEN m = 1 THEN 'withdrawn' WHEN m BETWEEN 2 AND 5 THEN 'seen'
                 ELSE 'done' END AS state
        FROM (SELECT id, last_at, ROW_NUMBER() OVER (ORDER BY id) AS n
                FROM alert_alert WHERE state = 'done') AS alert,
            generate_series(0, 9) AS m
        LIMIT %s
    """
    cr.execute(DELIVERY.format(source=source), [type_id, users, len(users), stored])


def _fill_open(cr, type_id, user_id):
    """What one employee has to look at: three of four are new."""
    statement = ALERT.format(shown=SHOWN, apart="1 minute")
    cr.execute(statement, [type_id, "new", "open", SHOWN - 1])
    source = """
        SELECT id AS alert_id, %s AS user_id, last_at AS moment, TRUE AS must_do,
            CASE WHEN id %% 4 = 0 THEN 'seen' ELSE 'new' END AS state
        FROM alert_alert WHERE state = 'open'
    """
    cr.execute(DELIVERY.format(source=source), [type_id, user_id])


def read(database, user_id):
    """A function that fetches what a screen shows."""

    def work(_round):
        with Registry(database).cursor() as cr:
            env = odoo.api.Environment(cr, user_id, {})
            state = env["alert.delivery"].get_state()
            assert state["total"] == SHOWN, state["total"]

    return work


def measure_reading(repetitions, stored):
    with copied(OURS, "bench_ours_few") as few:
        reader_few = fill(few, STORED_FEW)
        reader = fill(OURS, stored)
        works = read(OURS, reader), read(few, reader_few)
        ours, beside = in_turn(repetitions, *works)
    name = f"the toolbar, {stored:,} deliveries stored"
    return [row("P7", name, ours, beside, HISTORY_GOAL, f"(ours, {STORED_FEW:,})")]


def main():
    options = start()
    rows = measure_sending(2 if options.small else REPETITIONS)
    stored = STORED_SMALL if options.small else STORED
    write(options.output, rows + measure_reading(options.repetitions, stored))


if __name__ == "__main__":
    main()
