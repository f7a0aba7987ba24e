# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager

from odoo import api, models


class RoutingPolicy(models.Model):
    """The sums of conversations decay as the common policy says."""

    _inherit = "routing.policy"

    @api.model_create_multi
    def create(self, vals_list):
        with self._follow_half_lives():
            return super().create(vals_list)

    def write(self, vals):
        with self._follow_half_lives():
            return super().write(vals)

    def unlink(self):
        with self._follow_half_lives():
            return super().unlink()

    @contextmanager
    def _follow_half_lives(self):
        """Sums are counted anew, in the background, where they fade otherwise now."""
        affinity = self.env["conversation.affinity"]
        before = affinity._get_half_lives()
        yield
        if affinity._get_half_lives() != before:
            affinity._rebuild_soon()
