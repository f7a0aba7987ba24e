# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager

from odoo import api, models


class RoutingPolicy(models.Model):
    """Sums of orders rest on the common policy: another one is another count."""

    _inherit = "routing.policy"

    @api.model_create_multi
    def create(self, vals_list):
        with self._follow_affinity():
            return super().create(vals_list)

    def write(self, vals):
        with self._follow_affinity():
            return super().write(vals)

    def unlink(self):
        with self._follow_affinity():
            return super().unlink()

    @contextmanager
    def _follow_affinity(self):
        policy = self.env["routing.facts"]._get_policy
        before = policy().half_life, policy().audience_share
        yield
        if (policy().half_life, policy().audience_share) != before:
            self.env["customer.affinity.recount"]._ask("policy")
