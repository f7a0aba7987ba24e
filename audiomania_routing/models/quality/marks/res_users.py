# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Who reads what was written to the manager (rule 23)."""

    _inherit = "res.users"

    def _get_conversation_domain(self):
        """Nobody what is about himself; of the others the supervisors, whose it is and
        who has taken it, not the team and not the department."""
        domain = super()._get_conversation_domain() & self._get_not_about_him()
        if self._is_routing_manager():
            return domain
        return domain & (
            Domain("about_user_id", "=", False)
            | Domain("user_id", "=", self.id)
            | Domain("addressee_id", "=", self.id)
            | self._get_supervised_domain(self._get_routing_scope())
        )

    def _get_conversation_limit(self):
        """The same where no ladder decides."""
        limit = super()._get_conversation_limit()
        return limit & self._get_not_about_him() if self._is_internal() else limit

    def _get_not_about_him(self):
        return Domain("about_user_id", "=", False) | Domain(
            "about_user_id", "!=", self.id
        )

    def _get_conversation_line_domain(self):
        """Whoever may not read it does not learn that there is one."""
        domain = super()._get_conversation_line_domain()
        reader = self.env(user=self.id, su=False)
        readable = reader["ir.rule"]._compute_domain("helpdesk.ticket", "read")
        return domain & (
            Domain("about_user_id", "=", False) | Domain("ticket_id", "any", readable)
        )
