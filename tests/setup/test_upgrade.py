# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An upgrade of all addons changes nothing of what people have made or set."""

import os

import psycopg2
import pytest
from odoo_shell import shell

from kit import databases, odoo

SET_BY_HAND = """
OURS = [("module", "=like", "audiomania%"), ("noupdate", "=", True)]
TEXTS = ("title_template", "subject", "body_html", "name", "word", "tag")
changed = 0
for data in env["ir.model.data"].search(OURS):
    record = env.get(data.model) is not None and env[data.model].browse(data.res_id)
    if not record or not record.exists():
        continue
    names = [name for name in TEXTS if name in record._fields]
    if data.model == "ir.cron":
        record.write({"interval_number": 7, "interval_type": "hours", "active": False})
    elif names:
        field = record._fields[names[0]]
        if not field.store or field.related or field.type not in ("char", "html"):
            continue
        record.write({names[0]: "Set by hand %s" % data.id})
        if field.translate:
            record.with_context(lang="ru_RU").write({names[0]: "Рука %s" % data.id})
    changed += 1
for policy in env["routing.policy"].search([]):
    for name, field in policy._fields.items():
        if field.store and field.type == "boolean" and name != "active":
            policy[name] = not policy[name]
env.cr.commit()
print("changed", changed)
"""
"""An administrator has changed every record that an upgrade must leave alone."""

MADE_ANEW = {
    "bus_bus",
    "ir_act_window_view",
    "ir_cron_progress",
    "ir_cron_trigger",
    "ir_logging",
    "ir_module_module",
    "ir_ui_view",
    "orm_signaling_registry",
}
"""Tables that Odoo fills by itself whenever it starts or upgrades."""

FULL = (
    *("helpdesk_inquiry", "alert_delivery", "purchase_journal_request"),
    *("rating_rating", "mail_intake_entry", "ir_attachment"),
)
"""Tables of which the company must have something, or the test says nothing of them."""

TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
DIGEST = """
    SELECT count(*), md5(string_agg(line, '' ORDER BY line))
      FROM (SELECT md5((to_jsonb(one) - '{{write_date,write_uid}}'::text[])::text)
              FROM "{table}" AS one WHERE {where}) AS lines (line)
"""
"""How many rows, and what all of them say, whoever wrote it last."""

MADE_BY_PEOPLE = {"ir_attachment": "res_id > 0 AND res_model NOT LIKE 'ir.%'"}
"""Of these tables Odoo fills the other rows by itself."""


@pytest.fixture
def database(company, tmp_path):
    postgres, source = company
    name = f"upgrade_{os.getpid()}"
    with databases.temporary(postgres, source, name):
        yield postgres, name


def digest(postgres, database):
    """{table: how much stands in it, and what}"""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER"}
    names["password"] = "PGPASSWORD"
    where = {key: postgres.env.get(name) for key, name in names.items()}
    connection = psycopg2.connect(dbname=database, **where)
    try:
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            tables = {table for (table,) in cursor.fetchall()} - MADE_ANEW
            return {table: digest_table(cursor, table) for table in sorted(tables)}
    finally:
        connection.close()


def digest_table(cursor, table):
    where = MADE_BY_PEOPLE.get(table, "TRUE")
    cursor.execute(DIGEST.format(table=table, where=where))
    return cursor.fetchone()


def test_an_upgrade_changes_nothing_that_was_made_or_set(database, tmp_path):
    postgres, name = database
    log = tmp_path / "odoo.log"
    told = shell(postgres, name, SET_BY_HAND, log)
    assert odoo.trouble(log) == []
    assert int(told.split("changed ")[1]) > 80
    before = digest(postgres, name)
    for table in FULL:
        assert before[table][0], f"{table} is empty"
    addons = ",".join(odoo.addons())
    options = ("-d", name, "-u", addons, "--stop-after-init", "--no-http")
    odoo.run_checked(postgres, tmp_path / "upgrade.log", "upgrading", *options)
    after = digest(postgres, name)
    assert after.keys() == before.keys()
    changed = {
        table: (before[table], after[table])
        for table in after
        if after[table] != before[table]
    }
    assert not changed
