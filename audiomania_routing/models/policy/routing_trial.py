# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class RoutingTrial(models.TransientModel):
    """The page on which a letter is tried with the policy that is in force."""

    _name = "routing.trial"
    _inherit = ["routing.trial.mixin"]
    _description = "Try a letter"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        help="To whom it is written, where its address does not tell.",
    )

    @api.model
    def _get_trial_fields(self):
        return [*super()._get_trial_fields(), "company_id"]

    @api.depends("trial_partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Try it")

    def _get_trial_company(self):
        return self.company_id or super()._get_trial_company()
