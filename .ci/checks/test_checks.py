# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each check on a repository that breaks one rule, and on one that breaks none."""

import subprocess
import tempfile
import unittest
from pathlib import Path

import house
import imports
import manifests
import pages
import wheels
from repository import Repository

LICENCE = house.LICENCE + "\n"
ALERTS = {"depends": ["mail"]}
ROUTING = {"depends": ["audiomania_alerts", "helpdesk_mgmt"]}
JOURNAL = {"depends": ["audiomania_alerts", "sale_stock"]}
BASE = {"version": "19.0.1.0.0"} | manifests.SAME


class CheckCase(unittest.TestCase):
    """A repository of three addons that keeps every rule."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("requirements.txt", "odoo-addon-helpdesk-mgmt>=19.0.1.3,<19.1\n")
        self.write("audiomania_routing/engine/ladder.py", LICENCE)
        self.addon("audiomania_alerts", ALERTS)
        self.addon("audiomania_routing", ROUTING)
        self.addon("audiomania_purchase_journal", JOURNAL)
        subprocess.run(["git", "init", "--quiet", folder.name], check=True)

    def addon(self, name, values):
        manifest = {"name": name} | BASE | values
        self.write(f"{name}/__manifest__.py", f"{LICENCE}{manifest!r}\n")
        self.write(f"{name}/__init__.py", "")
        for expected in house.EXPECTED:
            self.write(f"{name}/{expected.format(addon=name)}", "")
        backend = '[build-system]\nrequires = ["whool"]\nbuild-backend = "{}"\n'
        self.write(f"{name}/pyproject.toml", backend.format("whool.buildapi"))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def found(self, check):
        return list(check.find_problems(Repository(self.root)))

    def assertFinds(self, check, part):
        found = self.found(check)
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])


class TestImports(CheckCase):
    def test_what_the_manifest_depends_on_may_be_named(self):
        self.write(
            "audiomania_routing/models/a.py",
            "from odoo.addons.audiomania_alerts.models import b\n"
            'env.ref("audiomania_alerts.group")\n',
        )
        self.assertEqual(self.found(imports), [])

    def test_alerts_know_nobody(self):
        for line in (
            "from odoo.addons.audiomania_routing import models",
            "from odoo.addons import audiomania_routing",
            "import odoo.addons.audiomania_routing.models",
            "from ...audiomania_routing import models",
            "from ... import audiomania_routing",
            "import audiomania_routing",
            'env.ref("audiomania_routing.group")',
        ):
            with self.subTest(line):
                self.write("audiomania_alerts/models/a.py", line)
                self.assertFinds(imports, "alerts names audiomania_routing")

    def test_views_and_scripts_are_read_too(self):
        for name, text in (
            ("views/a.xml", '<field ref="audiomania_routing.group" />'),
            ("static/src/a.esm.js", 'import {a} from "@audiomania_routing/a";'),
            ("security/ir.model.access.csv", "a,b,audiomania_routing.group,1"),
        ):
            with self.subTest(name):
                self.write(f"audiomania_purchase_journal/{name}", text)
                self.assertFinds(imports, "journal names audiomania_routing")
                self.write(f"audiomania_purchase_journal/{name}", "")

    def test_the_engine_and_the_letters_stay_plain_python(self):
        for line in (
            "import odoo",
            "from odoo import fields",
            "import dateutil",
            "from .. import models",
            "from ..models import a",
            "import random",
            "import datetime; datetime.datetime.now()",
        ):
            for name in ("engine", "letter"):
                with self.subTest(line, package=name):
                    self.write(f"audiomania_routing/{name}/ladder.py", line)
                    self.assertFinds(imports, f"the {name}")
                    self.write(f"audiomania_routing/{name}/ladder.py", LICENCE)

    def test_plain_packages_may_use_themselves_and_the_standard_library(self):
        for name in ("engine", "letter"):
            self.write(
                f"audiomania_routing/{name}/deep/ladder.py",
                "import dataclasses, email\nfrom . import a\nfrom .. import b\n",
            )
        self.assertEqual(self.found(imports), [])


class TestHouse(CheckCase):
    def test_a_house_in_order_has_no_problem(self):
        self.assertEqual(self.found(house), [])

    def test_everything_that_is_expected_is_missed(self):
        for expected in house.EXPECTED:
            name = "audiomania_alerts/" + expected.format(addon="audiomania_alerts")
            with self.subTest(expected):
                text = (self.root / name).read_text()
                (self.root / name).unlink()
                self.assertFinds(house, f"{name} is missing")
                self.write(name, text)

    def test_a_file_without_licence(self):
        self.write("audiomania_alerts/models/a.py", "a = 1\n")
        self.assertFinds(house, "licence")

    def test_a_test_that_may_not_run(self):
        for line in (
            "@unittest.skip('later')\ndef test(): ...",
            "@skip\ndef test(): ...",
            "@pytest.mark.skipif(True)\ndef test(): ...",
            "@unittest.expectedFailure\ndef test(): ...",
            "self.skipTest('later')",
            "pytest.skip('later')",
            "pytest.importorskip('odoo')",
        ):
            with self.subTest(line):
                self.write("audiomania_alerts/tests/test_a.py", f"{LICENCE}{line}\n")
                self.assertFinds(house, "skipped")

    def test_a_browser_test_that_may_not_run(self):
        for call in ("test.skip", "test.only", "test.todo", "describe.skip"):
            with self.subTest(call):
                script = f'{call}("blinks", () => {{}});\n'
                self.write("audiomania_alerts/static/tests/a.test.js", script)
                self.assertFinds(house, "does not always run")

    def test_a_test_that_sleeps(self):
        self.write("audiomania_alerts/tests/test_a.py", f"{LICENCE}time.sleep(1)\n")
        self.assertFinds(house, "sleeps")

    def test_sudo_says_why(self):
        model = "audiomania_alerts/models/a.py"
        for line in ("a = self.sudo()", "if self.sudo():\n    a = 1"):
            with self.subTest(line):
                self.write(model, f"{LICENCE}{line}\n")
                self.assertFinds(house, "sudo()")
                reason = "# sudo: res.users: their names are shown to everybody"
                self.write(model, f"{LICENCE}{reason}\n{line}\n")
                self.assertEqual(self.found(house), [])

    def test_one_reason_serves_lines_that_stand_together(self):
        reason = "# sudo: res.users: their names are shown to everybody"
        model = "audiomania_alerts/models/a.py"
        together = f"{LICENCE}{reason}\na = self.sudo()\nb = self.sudo()\n"
        self.write(model, together)
        self.assertEqual(self.found(house), [])
        self.write(model, together.replace("b =", "c = 1\nb ="))
        self.assertFinds(house, "sudo()")

    def test_a_path_of_one_machine(self):
        for root in ("root", "work", "home/user"):
            with self.subTest(root):
                self.write("setup/odoo", f"exec /{root}/odoo/odoo-bin\n")
                self.assertFinds(house, "a path of one machine")

    def test_a_path_inside_the_house_is_no_path_of_one_machine(self):
        self.write("setup/odoo", "exec ../work/odoo-bin $HOME/root/x\n")
        self.assertEqual(self.found(house), [])

    def test_an_address_of_a_registry(self):
        host = sorted(house.registry_hosts())[0]
        self.write("setup/requirements.lock", f"# from https://{host}/simple\n")
        self.assertFinds(house, "names the registry")

    def test_a_lock_that_says_where_from(self):
        lock = '{"' + 'resolved": "https://example.com/a.tgz"}\n'
        self.write(".ci/package-lock.json", lock)
        self.assertFinds(house, "an address to fetch packages from")


class TestPages(CheckCase):
    """A page in two languages about one button."""

    def setUp(self):
        super().setUp()
        view = '<form><button string="Take"/>\n<p>Who has it</p></form>'
        self.write("audiomania_routing/views/a.xml", view)
        entry = 'msgid ""\nmsgstr ""\n\nmsgid "Take"\nmsgstr "Взять"\n'
        self.write("audiomania_routing/i18n/ru.po", entry)
        self.write("docs/en/day.md", "# A day\n\nPress **Take**, see [it](#a-day).\n")
        self.write("docs/ru/day.md", "# День\n\nНажмите **Взять**.\n")

    def test_pages_that_agree_with_the_screen(self):
        self.assertEqual(self.found(pages), [])

    def test_a_link_that_leads_nowhere(self):
        for link in ("[a](b.md)", "![a](b.png)", "[![a](../../LICENCE)](day.md)"):
            with self.subTest(link):
                self.write("README.md", link)
                self.assertFinds(pages, "leads nowhere")

    def test_a_link_to_a_heading(self):
        self.write("README.md", "[a](docs/en/day.md#a-day) [b](https://a.example/b)\n")
        self.assertEqual(self.found(pages), [])
        self.write("README.md", "[a](docs/en/day.md#the-night)\n")
        self.assertFinds(pages, "leads to no heading")

    def test_a_picture_of_an_index_page(self):
        index = "audiomania_routing/static/description/index.html"
        self.write(index, '<img style="width: 100%" src="icon.png" />')
        self.assertEqual(self.found(pages), [])
        self.write(index, '<img src="queue.png" />')
        self.assertFinds(pages, "queue.png leads nowhere")

    def test_a_page_in_one_language_only(self):
        self.write("docs/ru/night.md", "# Ночь\n")
        self.assertFinds(pages, "night.md is there in one language only")

    def test_a_heading_in_one_language_only(self):
        self.write("docs/ru/day.md", "# День\n\n## Вечер\n")
        self.assertFinds(pages, "day.md has other headings")

    def test_a_picture_in_one_language_only(self):
        self.write("docs/en/day.md", "# A day\n\n![a](day.md)\n")
        self.assertFinds(pages, "day.md has other pictures")

    def test_a_label_that_no_screen_has(self):
        self.write("docs/en/day.md", "# A day\n\n**Take > Grab**\n")
        self.assertFinds(pages, "no screen has the label 'Grab'")

    def test_a_russian_label_that_no_screen_has(self):
        self.write("docs/ru/day.md", "# День\n\n**Take**\n")
        self.assertFinds(pages, "docs/ru/day.md: no screen has the label 'Take'")

    def test_examples_of_code_are_not_read(self):
        code = "```\n[a](b.md) **c**\n```\n`[a](b.md)`\n"
        self.write("docs/en/day.md", f"# A day\n\n{code}")
        self.assertEqual(self.found(pages), [])


class TestManifests(CheckCase):
    def test_manifests_that_agree(self):
        self.assertEqual(self.found(manifests), [])

    def test_an_addon_that_pip_does_not_bring(self):
        self.addon("audiomania_alerts", {"depends": ["queue_job"]})
        self.assertFinds(manifests, "does not bring odoo-addon-queue-job")

    def test_an_addon_of_the_enterprise_edition(self):
        self.addon("audiomania_alerts", {"depends": ["helpdesk"]})
        self.assertFinds(manifests, "does not bring odoo-addon-helpdesk")

    def test_a_python_package_that_pip_does_not_bring(self):
        self.addon("audiomania_alerts", {"external_dependencies": {"python": ["six"]}})
        self.assertFinds(manifests, "does not bring six")

    def test_a_requirement_that_nobody_has(self):
        lines = "odoo-addon-helpdesk-mgmt>=19.0.1.3,<19.1\nsix\n"
        self.write("requirements.txt", lines)
        self.assertFinds(manifests, "brings six")

    def test_a_requirement_that_lets_the_next_series_in(self):
        self.write("requirements.txt", "odoo-addon-helpdesk-mgmt>=19.0.1.3\n")
        self.assertFinds(manifests, "the next Odoo")

    def test_a_version_of_another_series(self):
        self.addon("audiomania_alerts", ALERTS | {"version": "18.0.1.0.0"})
        self.assertFinds(manifests, "its version is 18.0.1.0.0")

    def test_another_licence(self):
        self.addon("audiomania_alerts", ALERTS | {"license": "LGPL-3"})
        self.assertFinds(manifests, "its license is LGPL-3")

    def test_a_data_file_that_git_does_not_have(self):
        self.addon("audiomania_alerts", ALERTS | {"data": ["views/a.xml"]})
        self.assertFinds(manifests, "which git does not have")


class TestWheels(CheckCase):
    def test_addons_that_build(self):
        self.assertEqual(self.found(wheels), [])

    def test_an_addon_that_does_not_build(self):
        self.write("audiomania_alerts/pyproject.toml", "[build-system\n")
        self.assertFinds(wheels, "no wheel could be built")

    def test_a_requirement_that_pip_does_not_find(self):
        self.write("requirements.txt", "")
        self.assertFinds(wheels, "requires odoo-addon-helpdesk-mgmt")

    def test_a_file_that_the_wheel_lacks(self):
        self.write("audiomania_alerts/views/a.xml", "<odoo />")
        repository = Repository(self.root)
        inside = {f"odoo/addons/{repository.name(path)}" for path in repository.files}
        check = wheels._missing_files
        self.assertEqual(list(check(repository, "audiomania_alerts", inside)), [])
        inside.remove("odoo/addons/audiomania_alerts/views/a.xml")
        self.assertEqual(
            list(check(repository, "audiomania_alerts", inside)),
            ["the wheel lacks audiomania_alerts/views/a.xml"],
        )


if __name__ == "__main__":
    unittest.main()
