# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.audiomania_alerts import placeholders


@tagged("post_install", "-at_install")
class TestPlaceholders(BaseCase):
    def test_examples_in_docstrings_hold(self):
        result = doctest.testmod(placeholders)
        self.assertGreater(result.attempted, 1)
        self.assertEqual(result.failed, 0)

    def test_lone_brace_is_text(self):
        self.assertEqual(placeholders.fill("a { b", {}.get), "a { b")
