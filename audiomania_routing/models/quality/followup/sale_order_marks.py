# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class SaleOrder(models.Model):
    """Nobody finds an order by a mark that he may not read."""

    _inherit = "sale.order"

    rating_ids = fields.One2many(
        bypass_search_access=False, groups="helpdesk_mgmt.group_helpdesk_manager"
    )

    def _rating_get_access_token(self, partner=None):
        self.check_access("read")
        # sudo: sale.order: whoever reads it may ask for a rating
        return super(SaleOrder, self.sudo())._rating_get_access_token(partner)
