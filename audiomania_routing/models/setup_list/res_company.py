# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    is_setup_put_away = fields.Boolean(
        string="First use put away",
        groups="base.group_system",
        help="The list of first use is not shown above the queue any more. It stays in "
        "the menu.",
    )
    policy_confirmed_at = fields.Datetime(
        string="Policy confirmed at",
        groups="base.group_system",
        help="When somebody said that he has looked at the routing policy.",
    )
    policy_confirmed_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Policy confirmed by",
        groups="base.group_system",
        help="Who said that he has looked at the routing policy.",
    )
