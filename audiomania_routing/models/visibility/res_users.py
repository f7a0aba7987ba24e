# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ...names import PENDING


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_conversation_line_domain(self):
        """Lines of all conversations with a ladder, and of those he reads anyway."""
        self.ensure_one()
        reader = self.env(user=self.id, su=False)
        readable = reader["ir.rule"]._compute_domain("helpdesk.ticket", "read")
        return Domain("ladder_active", "=", True) | Domain("ticket_id", "any", readable)

    def _get_not_excluded_domain(self):
        """What is left to him of conversations from whose team's rung he is left out
        (rule 3): what he holds, what the department sees, what he supervises, what
        does not wait."""
        self.ensure_one()
        if not self._is_internal() or self._is_routing_manager():
            return Domain.TRUE
        return (
            Domain("ladder_active", "=", False)
            | Domain("inquiry_state", "!=", PENDING)
            | Domain("user_id", "!=", False)
            | Domain("addressee_id", "=", self.id)
            | Domain("department_visible_from", "<=", "now")
            | self._get_supervised_domain(self._get_routing_scope())
            | Domain("excluded_user_ids", "not in", self.ids)
        )
