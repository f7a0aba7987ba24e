# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .routing_policy import DAYS, HOURS, NUMBERS


class RoutingPolicy(models.Model):
    """Try a letter with the policy as it stands in the form, before it is saved."""

    _name = "routing.policy"
    _inherit = ["routing.policy", "routing.trial.mixin"]

    @api.model
    def _get_trial_fields(self):
        lines = ("criterion_id", "weight", "active")
        return [
            *super()._get_trial_fields(),
            *HOURS,
            *DAYS,
            *NUMBERS,
            "company_id",
            *(f"criterion_ids.{name}" for name in lines),
        ]

    def _get_trial_company(self):
        return self.company_id or super()._get_trial_company()

    def _get_trial_policy(self, facts, inquiry, case):
        return self._make_engine_policy()
