# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .mail_address_check_mailbox import DEFAULT_QUIET_DAYS, QUIET_DAYS
from .mail_address_check_reach import DEFAULT_PENDING_DAYS, PENDING_DAYS
from .mail_intake_probe import DEFAULT_HOURS, HOURS, WEEKLY

LIMITS = ("mailbox_quiet_days", "pending_working_days", "probe_hours")


class ResConfigSettings(models.TransientModel):
    """When the check of addresses finds something wrong."""

    _inherit = "res.config.settings"

    mailbox_quiet_days = fields.Integer(
        string="A mailbox without letters",
        default=DEFAULT_QUIET_DAYS,
        config_parameter=QUIET_DAYS,
        help="So many days without a letter, and the check of addresses warns.",
    )
    pending_working_days = fields.Integer(
        string="Letters that nobody works out",
        default=DEFAULT_PENDING_DAYS,
        config_parameter=PENDING_DAYS,
        help="So many working days a letter to an address may wait before the check of "
        "addresses warns.",
    )
    probe_hours = fields.Integer(
        string="A probe has to come back within",
        default=DEFAULT_HOURS,
        config_parameter=HOURS,
        help="So many hours; after that the address counts as one whose letters do not "
        "arrive.",
    )
    probe_weekly = fields.Boolean(
        string="Send probes every week",
        config_parameter=WEEKLY,
        help="To each address that customers know.",
    )

    @api.constrains(*LIMITS)
    def _check_address_limits(self):
        for settings in self:
            if min(settings[name] for name in LIMITS) < 1:
                raise ValidationError(
                    self.env._(
                        "The check of addresses waits for one day, or one hour, at "
                        "least."
                    )
                )
