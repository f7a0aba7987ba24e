# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    department_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        compute="_compute_department_id",
        store=True,
        recursive=True,
        index=True,
        help="The topmost team above this one: the sales department.",
    )

    @api.depends("parent_id.department_id")
    def _compute_department_id(self):
        for team in self:
            team.department_id = team.parent_id.department_id or team

    @api.model
    def _get_visibility_fields(self):
        """The fields whose change changes what somebody may read."""
        return {"active", "parent_id", "user_id", "user_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        self.env.registry.clear_cache()
        return teams

    def write(self, vals):
        """Who joins or leaves a team reads accordingly at once.

        Rules of conversations hold the ids of an employee's teams and are cached,
        so the cache ends with the membership.
        """
        result = super().write(vals)
        if self._get_visibility_fields() & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
