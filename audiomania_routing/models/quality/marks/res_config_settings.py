# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How customers are asked for marks."""

    _inherit = "res.config.settings"

    mark_link_days = fields.Integer(related="company_id.mark_link_days", readonly=False)
