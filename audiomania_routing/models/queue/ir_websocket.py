# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrWebsocket(models.AbstractModel):
    """An employee hears of changes in what he sees, and of nothing else."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        user = self.env.user
        if user._is_internal() and user.has_group(
            "helpdesk_mgmt.group_helpdesk_user_own"
        ):
            channels.extend(user._get_queue_channels())
        return channels
