# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    journal_close_days = fields.Integer(
        string="Promises Are Close",
        default=3,
        help="So many days before the date that a customer was promised, a request "
        "that is not finished turns yellow in the purchase journal. 0: it does not.",
    )

    _journal_close_check = models.Constraint(
        "CHECK (journal_close_days BETWEEN 0 AND 365)",
        "A promised date is close for 0 to 365 days.",
    )

    def _get_close_until(self, now):
        """The last moment that is close now."""
        return now + timedelta(days=self.journal_close_days)
