# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    routing_thread = fields.Char(
        string="Thread of the channel",
        compute="_compute_routing_thread",
        groups=fields.NO_ACCESS,
        help="While an answer is handed to a channel: to which of its threads it goes.",
    )

    @api.depends_context("routing_thread")
    def _compute_routing_thread(self):
        self.routing_thread = self.env.context.get("routing_thread") or False
