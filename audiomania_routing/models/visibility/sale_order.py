# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    conversation_notice = fields.Text(
        string="Who answers the customer",
        compute="_compute_conversation_notice",
        groups="base.group_user",
    )

    @api.depends("partner_id")
    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    def _compute_conversation_notice(self):
        """Who opens the order sees that somebody is writing to the customer."""
        notices = self.partner_id._get_conversation_notices()
        for order in self:
            customer = order.partner_id.commercial_partner_id
            order.conversation_notice = notices.get(customer.id, False)
