# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestColumns(TransactionCase):
    """What a narrow screen has no room for is left out of a list."""

    def test_columns_are_left_out_by_the_sheet_of_the_page(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle("web.assets_backend", js=False)
        sheet = bundle.css().raw.decode()
        self.assertRegex(sheet, r'\.o_alert_preferences td\[name="category"\] ?\{')
        self.assertNotIn("without-columns", sheet)
