# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import ormcache

FORGOTTEN = "audiomania_routing.rights_forgotten"


class Place(NamedTuple):
    """A team as deciding needs it: ids, of active records."""

    id: int
    company_id: int | None
    department_id: int
    user_ids: tuple[int, ...]


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
        return {"active", "company_id", "parent_id", "sequence", "user_id", "user_ids"}

    @api.model
    @ormcache()
    def _get_places(self):
        """All active teams with their members, in their order: asked for each letter,
        and changed a few times in a year."""
        # sudo: helpdesk.ticket.team: only ids, whoever causes the decision
        teams = self.sudo().with_context(active_test=True).search([])
        return tuple(
            Place(
                team.id,
                team.company_id.id or None,
                team.department_id.id,
                tuple(team.user_ids.ids),
            )
            for team in teams
        )

    @api.model
    def _get_members(self, department_ids, company_id):
        """Ids of the members of these departments; without one, of the company."""
        return {
            user_id
            for place in self._get_places()
            for user_id in place.user_ids
            if place.department_id in department_ids
            or (not department_ids and place.company_id in (None, company_id))
        }

    @api.model
    def _forget_rights(self):
        """What is kept of who reads what ends: now, for the rest of the transaction,
        and once more when it is committed. Until then whoever looks at the same time
        sees the teams as they were, and would have that kept for everybody."""
        registry, postcommit = self.env.registry, self.env.cr.postcommit
        registry.clear_cache()
        if FORGOTTEN not in postcommit.data:
            postcommit.data[FORGOTTEN] = True
            postcommit.add(registry.clear_cache)

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        self._forget_rights()
        return teams

    def write(self, vals):
        """Who joins or leaves a team reads accordingly at once.

        Rules of conversations hold the ids of an employee's teams and are cached,
        so the cache ends with the membership.
        """
        result = super().write(vals)
        if self._get_visibility_fields() & vals.keys():
            self._forget_rights()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_rights()
        return result
