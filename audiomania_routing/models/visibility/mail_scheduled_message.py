# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailScheduledMessage(models.Model):
    """What will be said in a conversation is hidden with it."""

    _name = "mail.scheduled.message"
    _inherit = ["mail.scheduled.message", "conversation.part"]
    _part_model = "model"
