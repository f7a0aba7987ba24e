# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Who reads what was written to the manager (rule 23)."""

    _inherit = "res.users"

    def _get_conversation_domain(self):
        """Nobody what is about himself; of the others the supervisors, whose it is and
        who has taken it, not the team and not the department."""
        return super()._get_conversation_domain() & self._get_about_domain()

    def _get_undecided_domain(self):
        """The same where no ladder decides, as of a copy."""
        return super()._get_undecided_domain() & self._get_about_domain()

    def _get_about_domain(self):
        about_nobody = Domain("about_user_id", "=", False)
        about_others = Domain("about_user_id", "!=", self.id)
        if self._is_routing_manager():
            return about_nobody | about_others
        return about_nobody | about_others & (
            Domain("user_id", "=", self.id)
            | Domain("addressee_id", "=", self.id)
            | self._get_supervised_domain(self._get_routing_scope())
        )

    def _get_conversation_line_domain(self):
        """Whoever may not read it does not learn that there is one."""
        domain = super()._get_conversation_line_domain()
        reader = self.env(user=self.id, su=False)
        readable = reader["ir.rule"]._compute_domain("helpdesk.ticket", "read")
        return domain & (
            Domain("about_user_id", "=", False) | Domain("ticket_id", "any", readable)
        )

    def _get_order_marks_domain(self):
        """Marks of delivered orders are read by whom they judge, by who supervises him,
        and by managers; those of conversations as the conversations."""
        self.ensure_one()
        if not self._is_internal() or self._is_routing_manager():
            return Domain.TRUE
        teams = self.env["helpdesk.ticket.team"].browse(
            self._get_routing_scope().supervised
        )
        # sudo: helpdesk.ticket.team: who works in the teams that he leads
        staff = teams.sudo().with_context(active_test=False).user_ids
        judged = (staff | self).partner_id
        return (
            Domain("mark_id", "=", False)
            | Domain("inquiry_id", "!=", False)
            | Domain("rated_partner_id", "in", sorted(judged.ids))
        )
