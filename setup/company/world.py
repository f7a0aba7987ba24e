# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every step shares: the database, one random generator, and who is who."""

import csv
import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from zoneinfo import available_timezones

from odoo import fields

from .afternoon import afternoon_zone, shop_days, weekend_days

DATA = Path(__file__).resolve().parent / "data"
DOMAIN = "audiomania.example"
OLD_DOMAIN = "audiomania-shop.example"
SEED = 20261101

# Nothing of this is news to anybody: no followers, no log lines, no letters sent
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
}


def rows(name):
    """The rows of a table in `data/`, as dictionaries."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def machine_zone():
    """The zone of this machine, so that sentences and screens tell the same time: what
    is read in a browser has the clock of the browser."""
    link = Path("/etc/localtime").resolve().parts
    name = "/".join(link[link.index("zoneinfo") + 1 :]) if "zoneinfo" in link else ""
    name = os.environ.get("TZ") or name
    return name if name in available_timezones() else "UTC"


@dataclass
class World:
    """The company while it is being made; records by the keys of the tables."""

    env: object
    random: Random = field(default_factory=lambda: Random(SEED))
    users: dict = field(default_factory=dict)
    teams: dict = field(default_factory=dict)
    categories: dict = field(default_factory=dict)
    products: dict = field(default_factory=dict)
    vendors: dict = field(default_factory=dict)
    customers: dict = field(default_factory=dict)
    clock: object = None

    def __post_init__(self):
        self.env = self.env(context={**self.env.context, **QUIET})
        self.now = fields.Datetime.now()
        self.zone, hours = afternoon_zone(self.now)
        self.screen_zone = machine_zone()
        self.offset = timedelta(hours=hours)
        today = (self.now + self.offset).weekday()
        self.shop_days, self.weekend_days = shop_days(today), weekend_days(today)

    def model(self, name):
        return self.env[name]

    def ref(self, xmlid):
        return self.env.ref(xmlid)

    def ago(self, **delta):
        """The moment so long before now, in whole seconds."""
        return self.now - timedelta(**delta)

    def create(self, model, table, prepare):
        """One record for each row of a table, by the row's first column."""
        lines = rows(table)
        records = self.model(model).create([prepare(row) for row in lines])
        return {
            next(iter(row.values())): record
            for row, record in zip(lines, records, strict=True)
        }


def russian(record, name):
    """Say the record's name in Russian too."""
    record.with_context(lang="ru_RU").name = name
