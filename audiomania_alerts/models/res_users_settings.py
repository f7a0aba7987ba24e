# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

MORNING = 9


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    alert_sound = fields.Boolean(
        "Sound of alerts", help="A short sound when a new alert comes in."
    )
    alert_notification = fields.Boolean(
        "Browser notifications of alerts",
        help="The browser shows a new alert also while Odoo is not in front.",
    )
    alert_digest_hour = fields.Integer(
        "Hour of the daily letter",
        default=MORNING,
        help="From 0 to 23, by your time zone. The letter holds the alerts that you "
        "chose to get once a day.",
    )

    _alert_digest_hour_of_day = models.Constraint(
        "CHECK(alert_digest_hour BETWEEN 0 AND 23)",
        "The hour of the daily letter is between 0 and 23.",
    )
