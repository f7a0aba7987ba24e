# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import no_retry, tagged

from odoo.addons.audiomania_alerts.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestJs(HootCase):
    @no_retry
    def test_hoot_suite_of_this_addon_passes_and_is_not_empty(self):
        self.run_hoot("@audiomania_purchase_journal", at_least=20)
