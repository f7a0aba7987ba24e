# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL


class AlertWayToolbar(models.AbstractModel):
    """The icon in the toolbar. Screens are woken by ``alert.delivery._send_state``,
    as for every change; here is kept out what its reader does not want there."""

    _name = "alert.way.toolbar"
    _inherit = "alert.way"
    _description = "Alerts in the toolbar"

    @api.model
    def _deliver(self, deliveries):
        self.env.cr.execute(
            SQL(
                """
                UPDATE alert_delivery AS delivery
                   SET is_quiet = NOT choice.toolbar
                  FROM (%s) AS choice
                 WHERE delivery.id = choice.id
                   AND COALESCE(delivery.is_quiet, FALSE) = choice.toolbar
                """,
                self.env["alert.preference"]._select_choices(deliveries),
            )
        )
        deliveries.invalidate_recordset(["is_quiet"])
