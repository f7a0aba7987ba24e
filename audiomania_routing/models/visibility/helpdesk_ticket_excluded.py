# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...names import TEAM


class HelpdeskTicket(models.Model):
    """Who is left out of the team's rung, where the policy has it so (rule 3)."""

    _inherit = "helpdesk.ticket"

    excluded_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="helpdesk_ticket_excluded_user_rel",
        column1="ticket_id",
        column2="user_id",
        string="Sees it with the department only",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Whom the customer rated badly: he does not see it with his team.",
    )

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"excluded_user_ids"}

    def _prepare_ladder_vals(self, decision):
        """Nothing is written for a letter while no policy hides anything."""
        vals = super()._prepare_ladder_vals(decision)
        if self.env["routing.policy"]._is_hiding():
            vals["excluded_user_ids"] = [(6, 0, list(decision.excluded_ids))]
        return vals

    def _get_rung_users(self, rung):
        """Who does not see it with his team is not woken up with it."""
        users = super()._get_rung_users(rung)
        if rung != TEAM or not self.env["routing.policy"]._is_hiding():
            return users
        return users - (self.excluded_user_ids - self.addressee_id)
