# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailActivity(models.Model):
    """An activity tells of its conversation, also to whom it is assigned."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "conversation.part"]
