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
print("left", left)
"""


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
            trouble = odoo.trouble(log)
            assert [line for line in trouble if STILL_USED not in line] == []
        assert "left 0" in shell(postgres, database, USE, log)
        tables = postgres.sql(
            "select relname from pg_class where relkind = 'r' and (relname like"
            " 'alert\\_%' or relname like 'purchase\\_journal%'"
            " or relname in ('helpdesk_inquiry', 'customer_affinity'))",
            database,
        )
        assert tables == ""
