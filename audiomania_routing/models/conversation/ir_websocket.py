# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .helpdesk_ticket_clock import CHANNEL


class IrWebsocket(models.AbstractModel):
    """An employee hears of the moments of his departments (rule 8)."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        user = self.env.user
        if user._is_internal() and user.has_group(
            "helpdesk_mgmt.group_helpdesk_user_own"
        ):
            channels.extend((place, CHANNEL) for place in user._get_clock_places())
        return channels
