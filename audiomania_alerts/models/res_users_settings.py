# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

MORNING = 9


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    alert_sound = fields.Boolean("Sound of alerts")
    alert_notification = fields.Boolean("Browser notifications of alerts")
    alert_digest_hour = fields.Integer("Hour of the daily letter", default=MORNING)

    _alert_digest_hour_of_day = models.Constraint(
        "CHECK(alert_digest_hour BETWEEN 0 AND 23)",
        "The hour of the daily letter is between 0 and 23.",
    )
