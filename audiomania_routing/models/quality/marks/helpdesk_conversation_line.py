# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskConversationLine(models.Model):
    """No line tells of what was written to the manager, but to who may read it."""

    _inherit = "helpdesk.conversation.line"
    _depends = {"helpdesk.ticket": ["about_user_id"]}

    about_user_id = fields.Many2one("res.users", readonly=True)
