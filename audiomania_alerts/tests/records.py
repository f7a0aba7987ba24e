# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of any model, made of what its fields ask for: something to try calls on."""

from psycopg2 import Error

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import mute_logger

DEEPEST = 4
"""How far the records that a record needs are made for it."""

FITTING = {
    "char": lambda _field, _env: "words@words.example",
    "text": lambda _field, _env: "words",
    "html": lambda _field, _env: "<p>words</p>",
    "integer": lambda _field, _env: 1,
    "many2one_reference": lambda _field, _env: 1,
    "float": lambda _field, _env: 1.0,
    "monetary": lambda _field, _env: 1.0,
    "json": lambda _field, _env: {},
    "date": lambda _field, _env: fields.Date.today(),
    "datetime": lambda _field, _env: fields.Datetime.now(),
    "selection": lambda field, env: field.get_values(env)[0],
}


def find_or_make(env, model, depth=0):
    """The newest record; without one, one that is made of what is required.

    :return: an empty recordset when it cannot be made so
    """
    records = env[model].with_context(active_test=False)
    if records._abstract:
        return records
    found = records.search([], order="id desc", limit=1)
    if found or not records._auto or depth > DEEPEST:
        return found
    return _make(records, depth)


@mute_logger("odoo.sql_db")
def _make(records, depth):
    try:
        with records.env.cr.savepoint():
            made = records.create(_prepare(records, depth))
            records.env.flush_all()
            return made
    except (UserError, Error):
        records.env.invalidate_all(flush=False)
        return records


def _prepare(records, depth):
    required = [
        name
        for name, field in records._fields.items()
        if field.required and field.store and not field.compute
    ]
    values = records.default_get(required)
    for name in required:
        if not values.get(name):
            values[name] = _fit(records._fields[name], records.env, depth)
    return values


def _fit(field, env, depth):
    if field.type == "many2one":
        return find_or_make(env, field.comodel_name, depth + 1).id
    return FITTING[field.type](field, env) if field.type in FITTING else False
