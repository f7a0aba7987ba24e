# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models
from odoo.tools import SQL

MESSAGES = 200


class AlertWayPush(models.AbstractModel):
    """Odoo's own push messages, to the devices on which an employee allowed them."""

    _name = "alert.way.push"
    _inherit = "alert.way"
    _description = "Alerts as push messages"

    @api.model
    def _deliver(self, deliveries):
        self.env.cr.execute(
            SQL(
                """
                UPDATE alert_delivery AS delivery
                   SET push_at = %s
                  FROM (%s) AS choice
                 WHERE delivery.id = choice.id AND choice.push
                """,
                fields.Datetime.now(),
                self.env["alert.preference"]._select_choices(deliveries),
            )
        )
        deliveries.invalidate_recordset(["push_at"])

    @api.model
    def _send_some(self):
        due = self.env["alert.delivery"]._find_due_pushes(MESSAGES)
        messages = [
            message
            for user, mine in due.grouped("user_id").items()
            for message in self._prepare_messages(user, mine)
        ]
        if messages:
            self.env["mail.push"].create(messages)
            self.env.ref("mail.ir_cron_web_push_notification")._trigger()
        due._clear_due("push_at")
        return len(due)

    @api.model
    def _prepare_messages(self, user, deliveries):
        """One for each device and alert that is still new."""
        threads = self.env["mail.thread"]
        devices, _private, _public = threads._web_push_get_partners_parameters(
            user.partner_id.ids
        )
        if not devices:
            return []
        mine = deliveries._as_owner(user)
        payloads = [
            json.dumps(threads._web_push_truncate_payload(delivery._prepare_push()))
            for delivery in mine.filtered_domain(mine._get_unseen_domain())
        ]
        return [
            {"mail_push_device_id": device.id, "payload": payload}
            for device in devices
            for payload in payloads
        ]
