# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    reply_hold_seconds = fields.Integer(
        string="Undo for",
        default=5,
        help="For so many seconds a reply to a customer is held after Send, and can be "
        "taken back. 0: it leaves at once.",
    )

    _reply_hold_check = models.Constraint(
        "CHECK (reply_hold_seconds BETWEEN 0 AND 60)",
        "A reply is held for 0 to 60 seconds.",
    )
