# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each addon can be removed from a database that is full of what it made."""

import os
import subprocess

import pytest

from kit import cache, command_demo, databases, odoo
from kit.postgres import server

REMOVE = """
module = env["ir.module.module"].search([("name", "=", "{name}")])
module.button_immediate_uninstall()
"""
USE = """
left = env["ir.module.module"].search_count(
    [("name", "=like", "audiomania%"), ("state", "=", "installed")]
)
assert env["helpdesk.ticket"].search_count([]) and env["sale.order"].search_count([])
assert env["purchase.order"].search_count([])
print("left", left)
"""


def shell(postgres, database, script, log):
    """What the script printed, run as the superuser in Odoo's shell."""
    command = odoo.command("shell", "-d", database, "--no-http", "--logfile", log)
    done = subprocess.run(
        command,
        input=script,
        check=False,
        text=True,
        capture_output=True,
        env=odoo.environment(postgres),
        cwd=cache.REPOSITORY,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


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
            assert odoo.trouble(log) == []
        assert "left 0" in shell(postgres, database, USE, log)
        tables = postgres.sql(
            "select relname from pg_class where relkind = 'r' and (relname like"
            " 'alert\\_%' or relname like 'purchase\\_journal%'"
            " or relname in ('helpdesk_inquiry', 'customer_affinity'))",
            database,
        )
        assert tables == ""


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """The demo company: alerts, inquiries and requests in every state."""
    log = tmp_path_factory.mktemp("company") / "company.log"
    with server("test") as postgres:
        name = f"company_{os.getpid()}"
        with databases.temporary(postgres, databases.product(postgres), name):
            command_demo.make_company(postgres, name, log)
            yield postgres, name
