# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

MANAGERS = "helpdesk_mgmt.group_helpdesk_manager"


class RoutingSetupStep(models.Model):
    """An administrator without a part in the help desk reads who can do a step that he
    cannot, in place of buttons that refuse him."""

    _inherit = "routing.setup.step"

    who_can = fields.Text(
        compute="_compute_who_can",
        help="Who does this step, where the reader cannot.",
    )

    @api.depends("code")
    @api.depends_context("company", "uid", "lang")
    def _compute_who_can(self):
        for step in self:
            step.who_can = not step._may_open() and step._tell_who_can()

    def _may_open(self):
        """A step is for whoever sees the list, unless ``_may_open_<code>`` says no."""
        may_open = getattr(self, f"_may_open_{self.code}", None)
        return may_open is None or may_open()

    def _may_open_teams(self):
        return self.env["helpdesk.ticket.team"].has_access("write")

    def _may_open_audiences(self):
        return self.env["customer.audience.proposal"].has_access("create")

    def _may_open_policy(self):
        return self.env["routing.policy"].has_access("read")

    @api.model
    def _tell_who_can(self):
        # sudo: res.groups: the name of a role is no secret
        role = self.env.ref(MANAGERS).sudo().full_name
        if names := self._get_managers().mapped("name"):
            return self.env._(
                "Who can do this: %(names)s. It needs the role “%(role)s”, which is "
                "given in the settings of a user.",
                names=self._list_names(names),
                role=role,
            )
        return self.env._(
            "Nobody in this company can do this yet. It needs the role “%(role)s”, "
            "which is given in the settings of a user.",
            role=role,
        )

    @api.model
    def _get_managers(self):
        # sudo: res.users: who manages the help desk is no secret in the company
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(MANAGERS).ids),
                    ("company_ids", "in", self.env.company.ids),
                ],
                order="name, id",
            )
        )
