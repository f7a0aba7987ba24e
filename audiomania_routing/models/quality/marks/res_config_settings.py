# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How customers are asked for marks."""

    _inherit = "res.config.settings"

    mark_link_days = fields.Integer(related="company_id.mark_link_days", readonly=False)
    invite_every_days = fields.Integer(
        related="company_id.invite_every_days", readonly=False
    )

    def action_open_invitation(self):
        """The letter that invites, in every language."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invitation to give marks"),
            "res_model": "mail.template",
            "res_id": self.env.ref("audiomania_routing.mail_template_invitation").id,
            "views": [(False, "form")],
        }
