# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class PurchaseJournalRefusalReason(models.Model):
    """Why buyers do not buy what was asked for; reports count them."""

    _name = "purchase.journal.refusal.reason"
    _description = "Reason to Refuse a Request"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE(name)", "There is a reason with this name already."
    )
