# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How replies leave."""

    _inherit = "res.config.settings"

    reply_hold_seconds = fields.Integer(
        related="company_id.reply_hold_seconds", readonly=False
    )
