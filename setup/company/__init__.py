# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A believable retailer of audio equipment, made in a database that is empty.

`build(env)` makes the company and commits after each step; `feed(env)` gives it the
sample letters of `tests/letters` through the mail gateway.
"""

import time

from . import (
    catalogue,
    conversations,
    customers,
    desk,
    gateway,
    office,
    orders,
    purchases,
    staff,
)
from .letters import feed
from .sign_ins import SIGN_INS
from .world import World

__all__ = ("SIGN_INS", "build", "feed")

STEPS = (
    ("the company and its hours of work", office.make_company),
    ("the mail domain", office.make_mail_domain),
    ("employees", staff.make_staff),
    ("product categories", catalogue.make_categories),
    ("vendors", catalogue.make_vendors),
    ("products with price lists", catalogue.make_products),
    ("purchases of the past", purchases.buy_last_year),
    ("stock", catalogue.fill_stock),
    ("teams", desk.make_teams),
    ("customers", customers.make_customers),
    ("two years of orders", orders.make_history),
    ("audiences", desk.make_audiences),
    ("who left", staff.dismiss_former),
    ("two years of conversations with marks", conversations.make_past),
    ("who is away today", staff.make_absences),
    ("a conversation in every state", conversations.make_present),
    ("requests in the purchase journal", purchases.make_requests),
    ("letters that are not sent", gateway.hand_over_to_nobody),
)


def build(env):
    """Make the company; each step is committed and says how long it took."""
    world = World(env)
    if "anna" in world.model("res.users").search([]).mapped("login"):
        print("  the company is there already")
        return
    for title, step in STEPS:
        start = time.monotonic()
        step(world)
        world.env.flush_all()
        world.env.cr.commit()
        print(f"  {title}: {time.monotonic() - start:.1f} s", flush=True)
