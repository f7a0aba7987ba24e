# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .mail_intake_entry_retention import (
    DEFAULT_KEEP_ASIDE_DAYS,
    DEFAULT_KEEP_DAYS,
    KEEP_ASIDE_DAYS,
    KEEP_DAYS,
)


class ResConfigSettings(models.TransientModel):
    """How long letters are kept as they came."""

    _inherit = "res.config.settings"

    keep_originals_days = fields.Integer(
        string="Letters",
        default=DEFAULT_KEEP_DAYS,
        config_parameter=KEEP_DAYS,
        help="So many days the original of a letter is kept. Its entry stays.",
    )
    keep_aside_days = fields.Integer(
        string="What was set aside",
        default=DEFAULT_KEEP_ASIDE_DAYS,
        config_parameter=KEEP_ASIDE_DAYS,
        help="So many days a letter that was set aside can still become an inquiry.",
    )

    @api.constrains("keep_originals_days", "keep_aside_days")
    def _check_keep_days(self):
        for settings in self:
            if min(settings.keep_originals_days, settings.keep_aside_days) < 1:
                raise ValidationError(
                    self.env._("Letters are kept for one day at least.")
                )
