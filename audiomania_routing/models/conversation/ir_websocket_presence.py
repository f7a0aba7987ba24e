# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import models

from .helpdesk_ticket_presence import CHANNEL

ASKED = re.compile(rf"{CHANNEL}_(\d{{1,9}})")


class IrWebsocket(models.AbstractModel):
    """Who may read a conversation hears who else looks at it."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        asked = [match for each in channels if (match := _match(each))]
        channels = [each for each in channels if not _match(each)]
        channels = super()._build_bus_channel_list(channels)
        for match in asked:
            ticket = self.env["helpdesk.ticket"].browse(int(match[1]))
            if ticket._is_presence_shown():
                channels.append((ticket, CHANNEL))
        return channels


def _match(channel):
    return isinstance(channel, str) and ASKED.fullmatch(channel)
