# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Letters that are not from customers."""

    _inherit = "res.config.settings"

    vendor_team_id = fields.Many2one(
        related="company_id.vendor_team_id", readonly=False
    )
    inquiry_from_employees = fields.Boolean(
        related="company_id.inquiry_from_employees", readonly=False
    )
