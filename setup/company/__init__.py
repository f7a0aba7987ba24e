# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A believable retailer of audio equipment, made in a database that is empty.

`build(env)` makes the company and commits after each step; `feed(env)` gives it the
sample letters of `tests/letters` through the mail gateway.
"""

import time

from . import catalogue, customers, desk, office, orders, staff
from .world import World

STEPS = (
    ("company, hours of work", office.make_company),
    ("mail domain", office.make_mail_domain),
    ("employees", staff.make_staff),
    ("categories", catalogue.make_categories),
    ("vendors", catalogue.make_vendors),
    ("products with price lists", catalogue.make_products),
    ("stock", catalogue.fill_stock),
    ("teams", desk.make_teams),
    ("customers", customers.make_customers),
    ("two years of orders", orders.make_history),
    ("absences", staff.make_absences),
    ("who left", staff.dismiss_former),
)


def build(env):
    """Make the company; every step is committed and says how long it took."""
    world = World(env)
    for title, step in STEPS:
        start = time.monotonic()
        step(world)
        world.env.flush_all()
        world.env.cr.commit()
        print(f"  {title}: {time.monotonic() - start:.1f} s", flush=True)
