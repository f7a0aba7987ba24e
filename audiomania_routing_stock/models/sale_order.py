# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.locking import lock_due

BATCH = 50
LATEST = timedelta(days=7)
"""Nobody is asked about what was delivered long ago."""


class SaleOrder(models.Model):
    """When an order is delivered, and its customer asked for marks (rule 23)."""

    _inherit = "sale.order"

    @api.model
    def _cron_ask_delivered(self):
        """Ask whoever's time has come, in batches."""
        self.env["alert.outbox"]._drain(
            lambda env: env["sale.order"]._ask_delivered(BATCH)
        )

    @api.model
    def _ask_delivered(self, limit):
        """Ask after what is due; return how much it was."""
        domains = self._get_delivered_domains(fields.Datetime.now())
        if not domains:
            return 0
        found = self.search(
            Domain.OR(domains)
            & Domain("marks_asked_at", "=", False)
            & Domain("delivery_status", "=", "full"),
            order="id",
            limit=limit,
        )
        due = lock_due(found, lambda one: not one.marks_asked_at)
        for order in due:
            order._try_ask_for_marks()
        return len(due)

    @api.model
    def _get_delivered_domains(self, now):
        """For each team that asks, the orders of its people whose last delivery was so
        many days ago."""
        asking = [("asks_after_delivery", "=", True)]
        domains = []
        for team in self.env["helpdesk.ticket.team"].search(asking):
            latest = now - timedelta(days=team.ask_delivered_days)
            done = Domain("state", "=", "done")
            later = done & Domain("date_done", ">", latest)
            then = done & Domain("date_done", ">", latest - LATEST)
            domains.append(
                Domain("user_id", "in", team.user_ids.ids)
                & Domain("picking_ids", "any", then & ~later)
                & Domain("picking_ids", "not any", later)
            )
        return domains

    def _try_ask_for_marks(self):
        """One that fails is a fault, is not tried again, and keeps nobody waiting."""
        try:
            with self.env.cr.savepoint():
                self._ask_for_marks()
        except OperationalError:
            raise
        except Exception as error:
            self.env["alert.outbox"]._note_fault("delivered", error, self)
            self.marks_asked_at = fields.Datetime.now()
