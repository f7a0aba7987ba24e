# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P8: Buy on an order of 100 lines, beside stock's confirming of the same order.

A quotation of 100 products that nobody has in stock. "Buy" is all that the salesperson
waits for: the button, the dialog with its positions, and sending it, until 100 requests
and their alert are written. Confirming makes one delivery of 100 moves. Everything is
rolled back, so each round finds the same quotation. An order of 10 lines tells how the
cost grows.
"""

from common import OURS, STOCK, environment, in_turn, row, start, write

import odoo
from odoo.modules.registry import Registry

SIZES = (10, 100)
GOAL, GROWTH_GOAL = 1.0, 1.5
POSITION = ("sale_line_id", "product_qty", "date_wanted", "comment")
DIALOG = {
    "sale_line_ids": {},
    "line_ids": {"fields": {name: {} for name in POSITION}},
}


def prepare(database):
    """A salesperson, a vendor of 100 products, and a quotation of each size."""
    with environment(database) as env:
        salesperson = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "Salesperson",
                    "login": "bench_buy",
                    "group_ids": [
                        (4, env.ref("sales_team.group_sale_salesman").id),
                    ],
                }
            )
        )
        vendor = env["res.partner"].create({"name": "Vendor"})
        products = env["product.product"].create(
            [_prepare_product(number, vendor) for number in range(max(SIZES))]
        )
        customer = env["res.partner"].create({"name": "Customer"})
        orders = env["sale.order"].create(
            [
                {
                    "partner_id": customer.id,
                    "user_id": salesperson.id,
                    "order_line": [
                        (0, 0, {"product_id": product.id, "product_uom_qty": 5})
                        for product in products[:size]
                    ],
                }
                for size in SIZES
            ]
        )
        return salesperson.id, dict(zip(SIZES, orders.ids, strict=True))


def _prepare_product(number, vendor):
    return {
        "name": f"Product {number}",
        "type": "consu",
        "is_storable": True,
        "list_price": 100,
        "seller_ids": [(0, 0, {"partner_id": vendor.id, "price": 60, "delay": 3})],
    }


def press(database, size, action, expected):
    """A function that does `action` on the quotation of so many lines, up to the
    commit, and takes it back."""
    user_id, orders = prepared[database]

    def work(_round):
        cr = Registry(database).cursor()
        try:
            order = odoo.api.Environment(cr, user_id, {})["sale.order"]
            order = order.browse(orders[size])
            action(order)
            cr.flush()
            assert expected(order) == size
        finally:
            cr.rollback()
            cr.close()

    return work


def buy(order):
    opened = order.action_buy()
    dialog = order.env[opened["res_model"]].with_context(**opened["context"])
    shown = dialog.onchange({}, [], DIALOG)["value"]
    dialog.create(shown).action_ask()


def count_requests(order):
    return len(order.order_line.purchase_request_ids)


def confirm(order):
    order.action_confirm()


def count_moves(order):
    return len(order.order_line.move_ids)


prepared = {}


def main():
    options = start()
    for database in (STOCK, OURS):
        prepared[database] = prepare(database)
    few, many = SIZES
    works = [press(OURS, size, buy, count_requests) for size in SIZES]
    works.append(press(STOCK, many, confirm, count_moves))
    ours_few, ours, stock = in_turn(options.repetitions, *works)
    beside = f"(ours, of {few})"
    rows = [
        row("P8", f"Buy on {many} lines, beside confirming", ours, stock, GOAL),
        row("P8", "one line of them", ours / many, ours_few / few, GROWTH_GOAL, beside),
    ]
    write(options.output, rows)


if __name__ == "__main__":
    main()
