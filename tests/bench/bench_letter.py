# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P2: one letter through the mail gateway, beside stock helpdesk_mgmt.

A letter from a known customer to the address of a team whose employee may answer it,
until all is committed. Ours commits the intake entry first, and has told the screens of
the employee after its last commit; stock does neither, and so the limit is the one with
that entry. What comes after the letter is stored is taken off in the second row of each
size. The same customer has 10, then 1,000 past orders: what we add must not grow with
them.
"""

import contextlib
import statistics
import time
from unittest.mock import patch

from common import OURS, STOCK, WARM_UP, environment, in_turn, row, start, write

SIZES = (10, 1000)
GOAL, GROWTH_GOAL = 1.30, 1.10
LETTER = """\
From: Customer {size} <customer{size}@letters.example>
To: bench@bench.example
Subject: A question about my turntable, {number}
Message-ID: <{database}-{size}-{number}@letters.example>
Date: Mon, 16 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Good afternoon,

the belt of my turntable slips. Do you have one in stock, and what does it cost?
"""


def prepare(database, sizes):
    """A team with an address, and a customer for each size with so many orders."""
    with environment(database) as env:
        env.company.alias_domain_id = env["mail.alias.domain"].create(
            {"name": "bench.example"}
        )
        group = env.ref("helpdesk_mgmt.group_helpdesk_user_team")
        employee = env["res.users"].create(
            {"name": "Bench", "login": "bench", "group_ids": [(4, group.id)]}
        )
        team = env["helpdesk.ticket.team"].create(
            {"name": "Bench", "alias_name": "bench", "user_ids": [(4, employee.id)]}
        )
        for size in sizes:
            _customer(env, employee, size)
        env["helpdesk.ticket"].flush_model()
        return team.id


def _customer(env, employee, orders):
    email = f"customer{orders}@letters.example"
    partner = env["res.partner"].create({"name": f"Customer {orders}", "email": email})
    first = env["sale.order"].create({"partner_id": partner.id, "user_id": employee.id})
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO sale_order (name, partner_id, partner_invoice_id,
            partner_shipping_id, user_id, company_id, currency_id, warehouse_id,
            picking_policy, state, date_order, amount_total, amount_untaxed)
        SELECT 'BENCH' || n, partner_id, partner_id, partner_id, user_id, company_id,
            currency_id, warehouse_id, picking_policy, 'sale',
            now() at time zone 'UTC' - n * interval '1 hour', 100, 100
        FROM sale_order, generate_series(1, %s) AS n WHERE id = %s
        """,
        [orders, first.id],
    )
    if "customer.affinity" in env:
        env["customer.affinity"]._rebuild()


def receive(database, size):
    """A function that lets letter `number` from the customer of `size` come in."""

    def work(number):
        letter = LETTER.format(database=database, size=size, number=number)
        with environment(database) as env:
            env["mail.thread"].message_process(None, letter.encode())
            env.flush_all()

    return work


@contextlib.contextmanager
def timing_alerts():
    """The milliseconds that each letter spends on its alerts when it is stored."""
    from odoo.addons.audiomania_alerts.models import alert_outbox

    spent, merge = [], alert_outbox.merge_committed

    def timed(*args):
        began = time.perf_counter()
        merge(*args)
        spent.append((time.perf_counter() - began) * 1000)

    with patch.object(alert_outbox, "merge_committed", timed):
        yield spent


def main():
    options = start()
    sizes = SIZES[:1] if options.small else SIZES
    for database in (STOCK, OURS):
        prepare(database, sizes)
    rows, measured = [], []
    for size in sizes:
        works = (receive(OURS, size), receive(STOCK, size))
        with timing_alerts() as spent:
            ours, stock = in_turn(options.repetitions, *works)
        stored = ours - statistics.median(spent[WARM_UP:])
        work = f"a letter, {size:,} past orders"
        rows.append(row("P2", work, ours, stock, GOAL))
        rows.append(row("P2", f"{work}, until stored", stored, stock, GOAL))
        measured.append(ours)
    if len(sizes) > 1:
        few, many = measured
        beside = f"(ours, {sizes[0]})"
        rows.append(row("P2", work, many, few, GROWTH_GOAL, beside))
    write(options.output, rows)


if __name__ == "__main__":
    main()
