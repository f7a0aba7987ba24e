# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from .aims import TIMED


class ResUsers(models.Model):
    """Whose figures of targets an employee reads (rule 26)."""

    _inherit = "res.users"

    def _get_judged_people(self):
        """Ids of those whose sheets he reads: his own, and of the people he leads."""
        self.ensure_one()
        return tuple(sorted({self.id, *self._get_led_people()}))

    def _get_target_result_domain(self):
        """What was counted, one by one: of these people, and of the teams he leads.
        Which inquiry got which mark he reads where he reads the mark itself."""
        people = self._get_judged_people()
        supervised = self._get_routing_scope().supervised
        judged = Domain("user_id", "in", people) | Domain("team_id", "in", supervised)
        readable = self._get_readable_mark_people()
        shown = Domain("kind", "in", TIMED) | Domain("user_id", "in", readable)
        return judged & shown
