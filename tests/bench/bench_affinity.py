# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P5: the sums of orders, rebuilt and running.

Affinity of everybody, rebuilt by the job in batches from 1,000,000 orders of 200,000
customers, twice: where no customer has an audience yet and where all have theirs; the
goal is one minute. Confirming one order, beside stock `action_confirm` of the same
order, for a customer with few past orders and for one with 1,000.
"""

import contextlib
import time

from common import OURS, STOCK, environment, in_turn, row, start, write

MINUTE = 60_000.0
GOAL = 1.05
LINES = 3
CATEGORIES, PRODUCTS = 40, 2_000
LARGE = (1_000_000, 200_000)
SMALL = (5_000, 1_000)
FEW, MANY = 5, 1_000
TABLES = ("res_partner", "sale_order", "sale_order_line")
QUOTATIONS = 40


def prepare(database):
    """Categories, products and one employee; the ids of what an order needs."""
    with environment(database) as env:
        categories = env["product.category"].create(
            [{"name": f"Category {number}"} for number in range(CATEGORIES)]
        )
        env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "type": "consu",
                    "list_price": 100.0,
                    "categ_id": categories[number % CATEGORIES].id,
                }
                for number in range(PRODUCTS)
            ]
        )
        if "customer.audience" in env:
            env["customer.audience"].create(
                [
                    {"name": f"Audience {n}", "category_ids": [(6, 0, ids)]}
                    for n, ids in enumerate(_split(categories.ids, 10))
                ]
            )


def _split(ids, number):
    return [ids[each::number] for each in range(number)]


def copy_rows(env, table, row_id, source, **values):
    """Insert what is a row of the table but for some values, for each row of a FROM
    clause; by SQL, so that no compute runs."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND column_name != 'id'",
        [table],
    )
    names = [name for (name,) in env.cr.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    made = ", ".join(values.get(name, f'copied."{name}"') for name in names)
    env.cr.execute(
        f"INSERT INTO {table} ({columns}) SELECT {made} FROM {table} AS copied,"
        f" {source} WHERE copied.id = {row_id}"
    )


@contextlib.contextmanager
def unhindered(env, *tables):
    """Rows come in by the million: foreign keys are not asked, and indexes are made
    when all rows are there."""
    env.cr.execute(
        """
        SELECT conrelid::regclass, conname, PG_GET_CONSTRAINTDEF(oid)
          FROM pg_constraint
         WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
        """,
        [list(tables)],
    )
    keys = env.cr.fetchall()
    env.cr.execute(
        """
        SELECT indexname, indexdef
          FROM pg_indexes
         WHERE schemaname = 'public' AND tablename = ANY(%s)
           AND NOT EXISTS (
               SELECT 1 FROM pg_constraint WHERE conname = indexname
           )
        """,
        [list(tables)],
    )
    indexes = env.cr.fetchall()
    for table, name, _definition in keys:
        env.cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        env.cr.execute(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        env.cr.execute(definition)
    for table, name, definition in keys:
        env.cr.execute(
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition} NOT VALID'
        )


def make_order(env, partner, products, number=1):
    """Quotations of the products, and the first line of the first of them."""
    values = {
        "partner_id": partner.id,
        "order_line": [(0, 0, {"product_id": product.id}) for product in products],
    }
    orders = env["sale.order"].create([dict(values) for _number in range(number)])
    env.flush_all()
    return orders, orders[0].order_line[0]


def fill(database, orders, customers):
    """So many confirmed orders of two lines, over five years, by set-based SQL."""
    with environment(database) as env:
        sellers = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create([{"name": f"Seller {n}", "login": f"seller{n}"} for n in range(50)])
        )
        customer = env["res.partner"].create({"name": "First"})
        products = env["product.product"].search(
            [("name", "=like", "Product%")], order="id"
        )
        first, line = make_order(env, customer, products[0])
        with unhindered(env, *TABLES):
            copy_rows(
                env,
                "res_partner",
                customer.id,
                f"GENERATE_SERIES(1, {customers}) AS n",
                name="'Customer ' || n",
            )
            env.cr.execute(
                "UPDATE res_partner SET commercial_partner_id = id"
                " WHERE name LIKE 'Customer %'"
            )
            env.cr.execute(
                "SELECT MIN(id) FROM res_partner WHERE name LIKE 'Customer %'"
            )
            lowest = env.cr.fetchone()[0]
            buyer = f"{lowest} + (n::bigint * 7919) % {customers}"
            copy_rows(
                env,
                "sale_order",
                first.id,
                f"GENERATE_SERIES(1, {orders}) AS n",
                name="'BENCH' || n",
                partner_id=buyer,
                partner_invoice_id=buyer,
                partner_shipping_id=buyer,
                user_id=f"(ARRAY{sellers.ids})[1 + n % 50]",
                state="'sale'",
                date_order="copied.date_order - (n % 1800) * INTERVAL '1 day'",
            )
            copy_rows(
                env,
                "sale_order_line",
                line.id,
                "(SELECT id FROM sale_order WHERE name LIKE 'BENCH%') AS so"
                " CROSS JOIN GENERATE_SERIES(0, 1) AS n",
                order_id="so.id",
                product_id=f"(ARRAY{products.ids})"
                f"[1 + (so.id::bigint * 31 + n * 13) % {len(products)}]",
                price_subtotal="100 + so.id % 900",
                state="'sale'",
            )
    with environment(database) as env:
        env.cr.execute("ANALYZE")


def rebuild():
    """Milliseconds of the job that counts everybody anew."""
    with environment(OURS) as env:
        env["customer.affinity.recount"]._ask("manual")
    began = time.perf_counter()
    with environment(OURS) as env:
        cron = env.ref("audiomania_routing.ir_cron_rebuild_affinity")
        job, _progress = cron.with_context(cron_id=cron.id)._add_progress()
        env["customer.affinity"].with_context(job.env.context)._cron_rebuild()
    return (time.perf_counter() - began) * 1000


def quote(database, past):
    """A customer with so many past orders, and quotations for him to be confirmed."""
    with environment(database) as env:
        customer = env["res.partner"].create({"name": f"Regular {past}"})
        products = env["product.product"].search(
            [("name", "=like", "Product%")], order="id", limit=LINES
        )
        orders, line = make_order(env, customer, products, QUOTATIONS)
        copy_rows(
            env,
            "sale_order",
            orders[0].id,
            f"GENERATE_SERIES(1, {past}) AS n",
            name=f"'PAST{past}-' || n",
            state="'sale'",
        )
        copy_rows(
            env,
            "sale_order_line",
            line.id,
            f"(SELECT id FROM sale_order WHERE name LIKE 'PAST{past}-%') AS so",
            order_id="so.id",
            state="'sale'",
        )
        if "customer.affinity" in env:
            env["customer.affinity"]._rebuild(customer)
        return orders.ids


def confirm(database, order_ids):
    """A function that confirms the order of a round."""

    def work(round_):
        with environment(database) as env:
            env["sale.order"].browse(order_ids[round_]).action_confirm()

    return work


def main():
    options = start()
    orders, customers = SMALL if options.small else LARGE
    for database in (STOCK, OURS):
        prepare(database)
    fill(OURS, orders, customers)
    size = f"{orders:,} orders of {customers:,} customers"
    rows = [
        row("P5", f"rebuild, {size}, {when}", rebuild(), MINUTE, 1.0, "(a minute)")
        for when in ("no audience known", "again")
    ]
    for past in (FEW,) if options.small else (FEW, MANY):
        works = (confirm(OURS, quote(OURS, past)), confirm(STOCK, quote(STOCK, past)))
        ours, stock = in_turn(options.repetitions, *works)
        rows.append(row("P5", f"confirming, {past} past orders", ours, stock, GOAL))
    write(options.output, rows)


if __name__ == "__main__":
    main()
