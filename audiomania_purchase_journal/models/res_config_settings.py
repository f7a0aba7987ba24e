# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    journal_close_days = fields.Integer(
        related="company_id.journal_close_days", readonly=False
    )
