# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models

CHANNEL = re.compile(r"purchase_journal\.order_(\d{1,12})")
SUBCHANNEL = "purchase_journal"


class IrWebsocket(models.AbstractModel):
    """An open order form hears that its marks changed, whoever looks at it."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Of the orders that a page asks for, those that its user may read."""
        found = {name: CHANNEL.fullmatch(name) for name in channels if _is_name(name)}
        ids = [int(match[1]) for match in found.values() if match]
        kept = [name for name in channels if not (_is_name(name) and found[name])]
        orders = self.env["sale.order"].browse(ids)
        if ids and self.env["sale.order"].has_access("read"):
            # A search leaves out what is gone or may not be read.
            orders = orders.search([("id", "in", ids)])
            kept.extend((order, SUBCHANNEL) for order in orders)
        return super()._build_bus_channel_list(kept)


def _is_name(channel):
    return isinstance(channel, str)
