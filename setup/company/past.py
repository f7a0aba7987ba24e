# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Moves what is in the database already to an earlier day, with all its moments."""

from datetime import datetime

from odoo.tools import SQL

BELONGS = {
    "helpdesk.ticket": "id",
    "helpdesk.inquiry": "ticket_id",
    "mail.intake.entry": "ticket_id",
    "mail.message": "res_id",
}


def move(world, tickets, delta):
    """Let these conversations have happened so much later, or earlier."""
    world.env.flush_all()
    for name, key in BELONGS.items():
        world.env.cr.execute(_say_move(world.env[name], key, tickets, delta))
    world.env.invalidate_all()
    tickets.inquiry_ids._compute_received_on()
    for inquiry in tickets.inquiry_ids.filtered("decision"):
        inquiry.decision = _moved(inquiry.decision, delta)


def _say_move(model, key, tickets, delta):
    columns = [
        SQL.identifier(field.name)
        for field in model._fields.values()
        if field.type == "datetime" and field.store and field.column_type
    ]
    moved = SQL(", ").join(SQL("%s = %s + %s", one, one, delta) for one in columns)
    where = SQL("%s IN %s", SQL.identifier(key), tuple(tickets.ids))
    if model._name == "mail.message":
        where = SQL("%s AND model = 'helpdesk.ticket'", where)
    table = SQL.identifier(model._table)
    return SQL("UPDATE %s SET %s WHERE %s", table, moved, where)


def _moved(value, delta):
    """A stored decision with its moments moved: `{"moment": "2026-11-20T13:10:00"}`."""
    if isinstance(value, list):
        return [_moved(each, delta) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"moment"}:
        moment = datetime.fromisoformat(value["moment"]) + delta
        return {"moment": moment.isoformat()}
    return {key: _moved(each, delta) for key, each in value.items()}
