# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

EMAIL = "email"


class ResPartner(models.Model):
    _inherit = "res.partner"

    preferred_contact = fields.Selection(
        selection=[
            (EMAIL, "E-mail"),
            ("phone", "Telephone"),
            ("messenger", "Messenger"),
            ("person", "In person"),
        ],
        string="Would rather hear by",
        help="By which way this customer wants to hear from us. Whoever writes to him "
        "by another one is told so.",
    )
