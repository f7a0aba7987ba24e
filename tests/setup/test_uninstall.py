# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each addon can be removed from a database that is full of what it made."""

import os

import pytest
from odoo_shell import shell

from kit import databases, odoo

REMOVE = """
module = env["ir.module.module"].search([("name", "=", "{name}")])
module.button_immediate_uninstall()
"""
STILL_USED = "odoo.sql_db: bad query: b'DELETE FROM"
"""Odoo tries to delete what came with an addon, also what is in use; then it drops the
table."""

USE = """
left = env["ir.module.module"].search_count(
    [("name", "=like", "audiomania%"), ("state", "=", "installed")]
)
assert env["helpdesk.ticket"].search_count([]) and env["sale.order"].search_count([])
assert env["purchase.order"].search_count([])

def get_orphans(model, name):
    found = env[model].with_context(active_test=False).search([(name, "!=", False)])
    return sorted({one for one in found.mapped(name) if one not in env})

NAMES = {
    "ir.actions.act_window": "res_model",
    "ir.ui.view": "model",
    "ir.cron": "model_name",
    "ir.filters": "model_id",
    "mail.message.subtype": "res_model",
    "mail.activity": "res_model",
}
orphans = {model: get_orphans(model, name) for model, name in NAMES.items()}
assert not any(orphans.values()), orphans
data = env["ir.model.data"].search([("module", "=like", "audiomania%")])
assert not data, data.mapped("complete_name")

employee = env["res.users"].create({
    "name": "Employee", "login": "employee", "group_ids": [
        (4, env.ref(name).id) for name in (
            "base.group_partner_manager",
            "helpdesk_mgmt.group_helpdesk_user",
            "purchase.group_purchase_user",
            "sales_team.group_sale_salesman_all_leads",
        )
    ],
})
READ = ("helpdesk.ticket", "purchase.order", "res.partner", "sale.order")
for model in READ:
    records = env[model].with_user(employee)
    records.get_views([(False, "list"), (False, "form"), (False, "search")])
    names = [
        name
        for name, field in records._fields.items()
        if field.column_type and records._has_field_access(field, "read")
    ]
    assert records.search([], limit=40).read(names), model
    records.search([], limit=1).message_post(body="A note")
print("left", left)
"""
"""Nothing is left that names what is gone, and an employee goes on with his work."""


@pytest.mark.parametrize(
    "names",
    [
        ("audiomania_purchase_journal", "audiomania_routing", "audiomania_alerts"),
        ("audiomania_alerts",),
    ],
    ids=["one_by_one", "with_all_that_depend_on_it"],
)
def test_addons_leave_a_usable_database(company, names, tmp_path):
    postgres, source = company
    database, log = f"remove_{os.getpid()}", tmp_path / "odoo.log"
    with databases.temporary(postgres, source, database):
        for name in names:
            shell(postgres, database, REMOVE.format(name=name), log)
        assert "left 0" in shell(postgres, database, USE, log)
        assert odoo.trouble(log, (STILL_USED,)) == []
        tables = postgres.sql(
            "select relname from pg_class where relkind = 'r' and (relname like"
            " 'alert\\_%' or relname like 'purchase\\_journal%'"
            " or relname in ('helpdesk_inquiry', 'customer_affinity'))",
            database,
        )
        assert tables == ""
