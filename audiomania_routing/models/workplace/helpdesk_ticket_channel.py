# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import ormcache


class HelpdeskTicketChannel(models.Model):
    """By which way customers ask, and whether others read the answer there (15)."""

    _name = "helpdesk.ticket.channel"
    _inherit = ["helpdesk.ticket.channel", "routing.memory.mixin"]

    _kept_fields = frozenset(["is_public"])

    is_public = fields.Boolean(
        string="Public",
        help="Other people read the answers, too, as below a product or a post. "
        "Whoever answers there is warned.",
    )

    @api.model
    @ormcache()
    def _get_public_ids(self):
        """Asked for each letter, and changed once in years: kept in memory."""
        # sudo: helpdesk.ticket.channel: ids, whoever's message it is
        channels = self.sudo().with_context(active_test=False)
        return frozenset(channels.search([("is_public", "=", True)]).ids)
