# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .course import TICKET


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """Odoo's count of letters is not for conversations: it would drop a customer
        who writes often, and a shop form that sends from one address."""
        others = [route for route in routes or () if route[0] != TICKET]
        return super()._detect_loop_sender(message, message_dict, others)
