# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..states import ESCALATION, SUBSTITUTE


class AlertDelivery(models.Model):
    _inherit = "alert.delivery"

    escalation_id = fields.Many2one(
        "alert.type.escalation", readonly=True, ondelete="set null"
    )

    def _plan_next(self, now):
        result = super()._plan_next(now)
        self.alert_id._plan_escalation(now)
        return result

    @api.depends("escalation_id")
    def _compute_content(self):
        return super()._compute_content()

    def _get_reason_text(self):
        text = super()._get_reason_text()
        if not self.escalation_id or self.reason not in (ESCALATION, SUBSTITUTE):
            return text
        # sudo: alert.alert, res.users: who did not do it, for the one it goes to
        delivery = self.sudo()
        passed = self.env._(
            "Not done after %(time)s by %(names)s.",
            time=delivery.escalation_id._get_text(),
            names=delivery._get_late_names(),
        )
        return " ".join(filter(None, [text, passed]))

    def _get_late_names(self):
        late = self.alert_id.delivery_ids.filtered(
            lambda one: one.escalation_id != self.escalation_id
        )
        return ", ".join(late.user_id.sorted("id").mapped("name"))
