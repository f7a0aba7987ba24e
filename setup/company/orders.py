# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two years of orders: who bought what, when, from whom; and today's quotations."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from odoo import Command

from .world import rows

DAYS = 730
FORMER_UNTIL = 400  # days ago: the last order that the former employee took

# A letter names this order, so it is the customer's and comes at that place
NAMED = {391: "i.sokolov@posta.example"}


@dataclass
class Plan:
    """One order before it is written down."""

    customer: str
    seller: str
    date: datetime
    lines: list


def make_history(world):
    """Confirmed orders, dated back; the goods have left (nothing waits in stock)."""
    plans = _plans(world)
    orders = world.model("sale.order").create([_prepare(world, p) for p in plans])
    orders.with_context(skip_procurement=True).action_confirm()
    for order, plan in zip(orders, plans, strict=True):
        order.date_order = plan.date
    for line in orders.order_line:
        line.qty_delivered = line.product_uom_qty
    return orders


def _plans(world):
    goods = _goods(world)
    colleagues = _colleagues()
    plans = [
        _plan(world, row, goods, colleagues)
        for row in rows("customers")
        for _number in range(int(row["orders"]))
    ]
    plans.sort(key=lambda plan: plan.date)
    for place, customer in NAMED.items():
        _move(plans, customer, place - 1)
    return plans


def _goods(world):
    """Products by the team whose audience they belong to; cables to nobody's."""
    parents = {row["key"]: row["parent"] or row["key"] for row in rows("categories")}
    teams = {row["categories"]: row["key"] for row in rows("teams")}
    goods = defaultdict(list)
    for row in rows("products"):
        team = teams.get(parents[row["category"]], "")
        goods[team].append(world.products[row["model"]])
    return goods


def _colleagues():
    colleagues = defaultdict(list)
    for person in rows("employees"):
        if person["role"] in ("seller", "leader"):
            colleagues[person["team"]].append(person["login"])
    return colleagues


def _plan(world, row, goods, colleagues):
    chance = world.random
    tastes = row["taste"].split()
    taste = tastes[0] if chance.random() < 0.75 else tastes[-1]
    days = int(DAYS * chance.random() ** 1.3) + 2
    seller = _seller(chance, row["served_by"].split(), colleagues[tastes[0]], days)
    return Plan(
        customer=row["email"],
        seller=seller,
        date=_working_moment(world, days),
        lines=_lines(chance, goods, taste, many=row["name"].count("«") > 0),
    )


def _seller(chance, served_by, colleagues, days):
    """Mostly the first of his consultants, else another one, of those who were here."""
    if days < FORMER_UNTIL:
        served_by = [login for login in served_by if login != "fedor"]
    draw = chance.random()
    if draw < 0.08:
        return chance.choice(colleagues)
    return served_by[0] if draw < 0.75 else served_by[-1]


def _working_moment(world, days):
    day = world.now.date() - timedelta(days=days)
    hour, minute = world.random.randint(7, 15), world.random.randint(0, 59)
    return datetime.combine(day, time(hour, minute))  # UTC: 10 to 19 in Moscow


def _lines(chance, goods, taste, many):
    count = chance.choice((1, 1, 1, 2, 2, 3))
    chosen = chance.sample(goods[taste], count)
    if chance.random() < 0.25:
        chosen.append(chance.choice(goods[""]))
    most = 4 if many else 1
    return [(product, chance.randint(1, most)) for product in chosen]


def _move(plans, customer, place):
    """Put that customer's latest order at that place, on its neighbour's day."""
    latest = max(i for i, plan in enumerate(plans) if plan.customer == customer)
    plan = plans.pop(latest)
    plan.date = plans[place - 1].date + timedelta(minutes=5)
    plans.insert(place, plan)


def _prepare(world, plan):
    return {
        "partner_id": world.customers[plan.customer].id,
        "user_id": world.users[plan.seller].id,
        "date_order": plan.date,
        "order_line": [
            Command.create({"product_id": product.id, "product_uom_qty": quantity})
            for product, quantity in plan.lines
        ],
    }
