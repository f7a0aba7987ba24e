# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lets things happen at another moment, so that two years are played in seconds."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.sql_db import BaseCursor

AFTERNOON = timedelta(hours=15, minutes=30)


@contextmanager
def played(world):
    """Within it the clock stands, and goes where `at` puts it.

    So does that of the cursors, from which create_date and write_date come: letters
    have cursors of their own.
    """
    now = patch.object(BaseCursor, "now", lambda _cursor: fields.Datetime.now())
    with freeze_time(world.now) as world.clock, now:
        yield
        world.env.flush_all()
    world.clock = None


@contextmanager
def at(world, moment):
    """What is done within it is done at `moment` (naive UTC)."""
    world.env.flush_all()
    world.clock.move_to(moment)
    yield
    world.env.flush_all()


def working_afternoon(world, days=0):
    """Half past three on the last working day of the shop, so long ago or before."""
    local = world.now + world.offset - timedelta(days=days)
    moment = local.replace(hour=0, minute=0, second=0, microsecond=0) + AFTERNOON
    while moment > local or moment.weekday() not in world.shop_days:
        moment -= timedelta(days=1)
    return moment - world.offset
