# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_conversation_line_domain(self):
        """Lines of all conversations with a ladder, and of those he reads anyway."""
        self.ensure_one()
        reader = self.env(user=self.id, su=False)
        readable = reader["ir.rule"]._compute_domain("helpdesk.ticket", "read")
        return Domain("ladder_active", "=", True) | Domain("ticket_id", "any", readable)
