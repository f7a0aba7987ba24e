# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailFollowers(models.Model):
    """Who follows a conversation is known to its readers."""

    _name = "mail.followers"
    _inherit = ["mail.followers", "conversation.part"]
