# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class HelpdeskTicket(models.Model):
    """By which channel a conversation began is seen in the queue."""

    _inherit = "helpdesk.ticket"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """The host says so only of what its own job has fetched."""
        values = dict(custom_values or {})
        if channel_id := self._get_channel_id("email"):
            values.setdefault("channel_id", channel_id)
        return super().message_new(msg_dict, custom_values=values)
