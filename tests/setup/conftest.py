# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The kit, from where it stands, and a company full of data for those who need one."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "setup"))

from kit import command_demo, databases
from kit.postgres import server


@pytest.fixture(scope="session")
def company(tmp_path_factory):
    """The demo company: alerts, inquiries and requests in every state; its server and
    its database, to be copied."""
    log = tmp_path_factory.mktemp("company") / "company.log"
    with server("test") as postgres:
        name = f"company_{os.getpid()}"
        with databases.temporary(postgres, databases.product(postgres), name):
            command_demo.make_company(postgres, name, log)
            yield postgres, name
