# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class PurchaseJournalRequest(models.Model):
    """Rule 37: what a buyer decides about requests, one or many at once."""

    _inherit = "purchase.journal.request"

    aside_until = fields.Date(
        string="Put Aside Until",
        tracking=True,
        help="Not among what is to do before this day; it comes back by itself, or "
        "as soon as the salesperson answers or asks for more.",
    )
    refusal_reason_id = fields.Many2one(
        "purchase.journal.refusal.reason",
        string="Refused Because",
        ondelete="restrict",
        readonly=True,
        tracking=True,
        copy=False,
    )
