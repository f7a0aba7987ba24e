# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .res_users_settings import MORNING

OWN_FIELDS = ["alert_sound", "alert_notification", "alert_digest_hour"]


class ResUsers(models.Model):
    _inherit = "res.users"

    alert_sound = fields.Boolean(
        related="res_users_settings_id.alert_sound",
        readonly=False,
        help="A sound for each new alert while Odoo is open.",
    )
    alert_notification = fields.Boolean(
        related="res_users_settings_id.alert_notification",
        readonly=False,
        help="A notification of the browser for each new alert while Odoo is open in "
        "some tab. The browser asks for the permission when you switch it on in the "
        "list of alerts.",
    )
    alert_digest_hour = fields.Integer(
        related="res_users_settings_id.alert_digest_hour",
        readonly=False,
        help="The letter with what you want by e-mail once a day comes at this hour "
        "of your time zone (0 to 23).",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + OWN_FIELDS

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + OWN_FIELDS

    def _get_alert_digest_hour(self):
        """The hour of the daily letter, in this user's time zone."""
        # sudo: res.users.settings: an hour that says when to write to him
        settings = self.sudo().res_users_settings_ids
        return settings.alert_digest_hour if settings else MORNING
