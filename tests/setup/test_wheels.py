# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The addons install into an Odoo 19 with pip, away from this repository."""

import os
import shutil
import subprocess

import pytest

from kit import cache, databases, odoo
from kit.postgres import server


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder that pip installed our wheels into."""
    folder = tmp_path_factory.mktemp("site")
    sources = tmp_path_factory.mktemp("sources")
    for name in odoo.addons():
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(cache.REPOSITORY / name, sources / name, ignore=ignore)
    pip = [odoo.python(), "-m", "pip", "install", "-q", "--no-deps", "--target", folder]
    subprocess.run([*pip, *(sources / name for name in odoo.addons())], check=True)
    return folder


def test_the_wheels_hold_the_addons_whole(site):
    for name in odoo.addons():
        installed = site / "odoo" / "addons" / name
        source = cache.REPOSITORY / name
        for part in ("__manifest__.py", "i18n/ru.po", "static/description/icon.png"):
            assert (installed / part).read_bytes() == (source / part).read_bytes()


def test_odoo_installs_them_from_there(site, tmp_path):
    with server("test") as postgres:
        configuration = tmp_path / "odoo.conf"
        configuration.write_text(f"[options]\ndata_dir = {postgres.files}\n")
        environment = odoo.environment(postgres)
        environment |= {"ODOO_RC": str(configuration), "PYTHONPATH": str(site)}
        name, log = f"wheels_{os.getpid()}", tmp_path / "odoo.log"
        flags = ["--stop-after-init", "--no-http", "--logfile", log]
        with databases.temporary(postgres, databases.host(postgres), name):
            command = odoo.command("-d", name, "-i", ",".join(odoo.addons()), *flags)
            done = subprocess.run(command, env=environment, cwd=tmp_path, check=False)
            assert done.returncode == 0
            assert odoo.trouble(log) == []
            installed = postgres.sql(
                "select name from ir_module_module where state = 'installed'"
                " and name like 'audiomania%' order by 1",
                name,
            )
    assert installed.split() == odoo.addons()
