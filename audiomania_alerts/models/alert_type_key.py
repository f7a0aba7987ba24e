# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .alert_outbox import KEY_LENGTH


class AlertType(models.Model):
    _inherit = "alert.type"

    key_template = fields.Char(
        "One alert for each",
        help="What makes two events one alert while it is open: {partner_id.id} makes "
        "one alert for each customer. Empty: one for each record. A key that the "
        "sender passes goes first.",
    )

    @api.constrains("key_template")
    def _check_key_template(self):
        self._check_templates()

    def _get_templates(self):
        return [*super()._get_templates(), self.key_template]

    def _render_key(self, record, payload):
        """The key of an event, the same whoever reported it; None if the type has
        no template for it."""
        if not self.key_template:
            return None
        renderer = self.with_context(lang="en_US", tz="UTC")
        text = renderer._render_template("key_template", record, payload)
        return " ".join(text.split())[:KEY_LENGTH] or None
