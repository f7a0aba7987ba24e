# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..states import OPEN_STATES


class AlertDelivery(models.Model):
    _inherit = "alert.delivery"

    def action_done(self):
        """Where one does it for all, it is taken back from the colleagues."""
        before = self.filtered(lambda one: one.state in OPEN_STATES)
        result = super().action_done()
        # sudo: alert.alert, alert.type: what the type says of the colleagues
        alerts = before.sudo().alert_id.filtered("type_id.done_by_one")
        if alerts:
            now = fields.Datetime.now()
            # sudo: alert.delivery: those of the colleagues
            self.env["alert.delivery"].sudo()._withdraw(alerts, now)._send_state()
            alerts._close_finished()
        return result
