# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P9: a buyer opens the journal, with 500,000 requests of which 5,000 are open, beside
the same 5,000 with no history.

40 vendors sell 2,000 products. What is not open is received: each request with its line
on a purchase order of ten, so that "who sold it last" has as much to look through. The
moves of stock are Odoo's own and are not multiplied. The reader is a buyer; his page is
what the client asks for: the groups with their counts, and the lines of those that it
unfolds, with every column of the list.
"""

from common import (
    OURS,
    environment,
    in_turn,
    kept,
    multiply,
    row,
    start,
    top,
    write,
)
from lxml import etree

import odoo
from odoo.modules.registry import Registry
from odoo.tools.safe_eval import safe_eval

STORED, STORED_SMALL, OPEN = 500_000, 20_000, 5000
VENDORS, CATEGORIES, PRODUCTS, ORDERS, LINES = 40, 20, 2000, 50, 10
PAGE = 80
GOAL = 1.5
MODEL = "purchase.journal.request"
ACTION = "audiomania_purchase_journal.purchase_journal_request_action"

PRODUCT = "(%(products)s::integer[])[1 + n %% %(number_of_products)s]"
VENDOR = "(%(vendors)s::integer[])[1 + n %% %(number_of_vendors)s]"
CATEGORY = "(%(categories)s::integer[])[1 + n %% %(number_of_categories)s]"
ORDER = "(%(orders)s::integer[])[1 + n %% %(number_of_orders)s]"
GOODS = {"product_id": PRODUCT, "categ_id": CATEGORY, "vendor_id": VENDOR}
AGO = "now() AT TIME ZONE 'UTC' - n * interval '1 minute'"
DAY = "CURRENT_DATE + (n %% 90)::integer - 30"


def fill(database, history):
    """The open requests, and so many that were received."""
    with environment(database) as env:
        made = _make_first(env)
        params = {key: made[key] for key in made if isinstance(made[key], list)}
        params |= {f"number_of_{key}": len(params[key]) for key in params}
        _copy_open(env, made, params)
        if history:
            _copy_received(env, made, params, history)
    with Registry(database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")
    return made["buyer"]


def _make_first(env):
    """One record of each kind, made as employees make them."""
    users = env["res.users"].with_context(no_reset_password=True)
    buyer, salesperson = users.create(
        [
            {"name": login, "login": f"bench_{login}", "group_ids": [(4, group.id)]}
            for login, group in (
                ("buyer", env.ref("purchase.group_purchase_user")),
                ("salesperson", env.ref("sales_team.group_sale_salesman")),
            )
        ]
    )
    vendors = env["res.partner"].create(
        [{"name": f"Vendor {number}"} for number in range(VENDORS)]
    )
    categories = env["product.category"].create(
        [{"name": f"Category {number}"} for number in range(CATEGORIES)]
    )
    products = env["product.product"].create(
        [
            {
                "name": f"Product {number}",
                "type": "consu",
                "is_storable": True,
                "categ_id": categories[number % CATEGORIES].id,
                "seller_ids": [(0, 0, {"partner_id": vendors[number % VENDORS].id})],
            }
            for number in range(PRODUCTS)
        ]
    )
    customer = env["res.partner"].create({"name": "Customer"})
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "user_id": salesperson.id,
                "order_line": [(0, 0, {"product_id": products[number].id})],
            }
            for number in range(ORDERS)
        ]
    )
    lines = orders[:2].order_line.with_user(salesperson)
    asked = lines._ask_to_buy({line: {"product_qty": 1} for line in lines})
    received, waiting = asked.with_user(buyer)
    received.action_order()
    allocation = received.allocation_ids
    allocation.purchase_order_id.button_confirm()
    # sudo: stock.picking: the storekeeper's part
    picking = allocation.purchase_order_id.sudo().picking_ids
    picking.move_ids.write({"quantity": 1, "picked": True})
    picking.button_validate()
    env.flush_all()
    assert received.state == "received"
    return {
        "buyer": buyer.id,
        "waiting": waiting.id,
        "received": received.id,
        "allocation": allocation.id,
        "line": allocation.purchase_line_id.id,
        "order": allocation.purchase_order_id.id,
        "vendors": vendors.ids,
        "categories": categories.ids,
        "products": products.ids,
        "orders": orders.ids,
    }


def _copy_open(env, made, params):
    """As many of each status of which something is to do."""
    values = {
        **GOODS,
        "order_id": ORDER,
        "sale_line_id": "NULL",
        "batch_request_id": "NULL",
        "date_wanted": DAY,
        "desk_state": "CASE WHEN n %% 2 = 0 THEN 'asked' ELSE 'in_work' END",
        "state": "CASE WHEN n %% 2 = 0 THEN 'asked' ELSE 'in_work' END",
    }
    table = MODEL.replace(".", "_")
    multiply(env, table, made["waiting"], top(env, table), OPEN, values, params)


def _copy_received(env, made, params, history):
    """Purchase orders of ten lines, each line for one request."""
    tables = {
        "purchase_order": "order",
        "purchase_order_line": "line",
        MODEL.replace(".", "_"): "received",
        "purchase_journal_allocation": "allocation",
    }
    base = {made_as: top(env, table) for table, made_as in tables.items()}
    ordered = f"{base['order']} + 1 + (n - 1) / {LINES}"
    values = {
        "order": {
            "name": "'BENCH' || n",
            "partner_id": VENDOR,
            "date_approve": AGO,
            "access_token": "NULL",
        },
        "line": {"product_id": PRODUCT, "partner_id": VENDOR, "order_id": ordered},
        "received": {
            **GOODS,
            "order_id": ORDER,
            "sale_line_id": "NULL",
            "batch_request_id": "NULL",
            "bought_from_id": VENDOR,
            "date_wanted": f"({AGO})::date",
            "create_date": AGO,
        },
        "allocation": {
            "request_id": f"{base['received']} + n",
            "purchase_line_id": f"{base['line']} + n",
        },
    }
    for table, made_as in tables.items():
        number = history // LINES if made_as == "order" else history
        first, place = made[made_as], base[made_as]
        multiply(env, table, first, place, number, values[made_as], params)


class Journal:
    """The journal as a buyer opens it."""

    def __init__(self, database, user_id):
        self.database, self.user_id = database, user_id
        with self.reader() as env:
            # sudo: ir.actions.act_window: what the client reads of it
            action = env.ref(ACTION).sudo()
            views = {kind: id_ for id_, kind in action.views}
            arch = self._get_arch(env, views["list"], "list")
            self.group = arch.get("default_group_by")
            self.order = arch.get("default_order")
            self.fields = self._get_specification(env, arch)
            search = self._get_arch(env, action.search_view_id.id, "search")
            context = safe_eval(action.context, {"uid": user_id})
            self.domain = self._get_domain(search, context, user_id)

    def reader(self):
        return _Reading(Registry(self.database).cursor(), self.user_id)

    def _get_arch(self, env, view_id, kind):
        return etree.fromstring(env[MODEL].get_view(view_id, kind)["arch"])

    def _get_specification(self, env, arch):
        names = {node.get("name") for node in arch.iter("field")}
        fields = env[MODEL].fields_get(names, ["relation"])
        return {
            name: {"fields": {"display_name": {}}} if "relation" in field else {}
            for name, field in fields.items()
        }

    def _get_domain(self, search, context, user_id):
        """What the filters ask that are set when the journal opens."""
        wanted = {
            name.removeprefix("search_default_")
            for name, value in context.items()
            if name.startswith("search_default_") and value
        }
        domain = odoo.fields.Domain.TRUE
        for node in search.iter("filter"):
            if node.get("name") in wanted and node.get("domain"):
                domain &= odoo.fields.Domain(
                    safe_eval(node.get("domain"), {"uid": user_id})
                )
        return list(domain)

    def page(self):
        """A function that fetches the list, in groups, with the lines unfolded."""

        def work(_round):
            with self.reader() as env:
                found = env[MODEL].web_read_group(
                    self.domain,
                    [self.group],
                    limit=PAGE,
                    auto_unfold=True,
                    unfold_read_specification=self.fields,
                    unfold_read_default_limit=PAGE // 10,
                )
                assert sum(len(group.get("__records", ())) for group in found["groups"])

        return work

    def flat(self):
        """A function that fetches the first page of the list without groups."""

        def work(_round):
            with self.reader() as env:
                page = env[MODEL].web_search_read(
                    self.domain,
                    self.fields,
                    limit=PAGE,
                    order=self.order,
                    count_limit=10001,
                )
                assert len(page["records"]) == PAGE

        return work

    def counts(self):
        """A function that counts what is to do, by each column one groups by."""

        def work(_round):
            with self.reader() as env:
                for group in ("vendor_id", "state", "buyer_id", "date_wanted:week"):
                    assert env[MODEL].formatted_read_group(
                        self.domain, [group], ["__count"]
                    )

        return work

    def explain(self):
        """The plan of the page's query."""
        with self.reader() as env:
            order = self.order or env[MODEL]._order
            sql = env[MODEL]._search(self.domain, limit=PAGE, order=order).select()
            env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql.code}", sql.params)
            return [line for (line,) in env.cr.fetchall()]


class _Reading:
    """An environment that is rolled back: reading leaves nothing."""

    def __init__(self, cr, user_id):
        self.cr, self.user_id = cr, user_id

    def __enter__(self):
        return odoo.api.Environment(self.cr, self.user_id, {"lang": "en_US"})

    def __exit__(self, *_error):
        self.cr.rollback()
        self.cr.close()


def have(stored):
    """The journal of a kept database with so many requests."""
    name = f"{OURS}_journal_{stored}"
    history = max(stored - OPEN, 0)
    return Journal(name, kept(OURS, name, lambda database: fill(database, history)))


def main():
    options = start()
    stored = STORED_SMALL if options.small else STORED
    few, many = have(OPEN), have(stored)
    beside = f"(ours, {OPEN:,} in all)"
    rows = []
    for what, work in (
        ("the journal's first page, in groups", Journal.page),
        ("its first page, not grouped", Journal.flat),
        ("its counts by four groupings", Journal.counts),
    ):
        ours, small = in_turn(options.repetitions, work(many), work(few))
        rows.append(row("P9", f"{what}, {stored:,}", ours, small, GOAL, beside))
    rows[1]["plan"] = many.explain()
    write(options.output, rows)


if __name__ == "__main__":
    main()
