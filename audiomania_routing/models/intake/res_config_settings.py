# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .mail_automatic_sent import DEFAULT_HOURS, DEFAULT_LIMIT


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    inquiry_department_id = fields.Many2one(
        related="company_id.inquiry_department_id", readonly=False
    )
    conversation_mark_in_address = fields.Boolean(
        related="company_id.conversation_mark_in_address", readonly=False
    )
    automatic_mail_limit = fields.Integer(
        string="Automatic mails to one address",
        config_parameter="audiomania_routing.automatic_mail_limit",
        default=DEFAULT_LIMIT,
        help="So many go to one address, or in one conversation, in the hours of the "
        "limit. What employees write is not counted.",
    )
    automatic_mail_hours = fields.Integer(
        string="Hours of the limit",
        config_parameter="audiomania_routing.automatic_mail_hours",
        default=DEFAULT_HOURS,
        help="In so many hours the automatic mails are counted.",
    )

    @api.constrains("automatic_mail_limit", "automatic_mail_hours")
    def _check_automatic_mail(self):
        """Nobody would hear that his letter came in, and no loop would ever end."""
        for settings in self:
            if settings.automatic_mail_limit < 1 or settings.automatic_mail_hours < 1:
                raise ValidationError(
                    self.env._(
                        "At least one automatic mail within at least one hour goes to "
                        "an address."
                    )
                )
