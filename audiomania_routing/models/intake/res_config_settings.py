# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    inquiry_department_id = fields.Many2one(
        related="company_id.inquiry_department_id", readonly=False
    )
