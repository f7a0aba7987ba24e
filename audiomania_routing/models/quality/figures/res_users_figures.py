# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Whose figures an employee reads (rule 26)."""

    _inherit = "res.users"

    def _get_figures_domain(self):
        """His own; of who leads teams, theirs and those of the teams below; managers,
        all. Companies are another rule."""
        self.ensure_one()
        if self._is_routing_manager():
            return Domain.TRUE
        scope = self._get_routing_scope()
        return (
            Domain("first_answered_by_id", "=", self.id)
            | Domain("worked_out_by_id", "=", self.id)
            | Domain("taken_by_id", "=", self.id)
            | Domain("team_id", "in", scope.supervised)
        )
