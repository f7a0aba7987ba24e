# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mark_link_days = fields.Integer(
        string="Marks can be given for",
        default=60,
        help="So many days after an answer its customer may give his marks or change "
        "his mind. The way to the manager stays open.",
    )
    invite_every_days = fields.Integer(
        string="Invited once in",
        default=90,
        help="A customer is invited to give his marks at most once in so many days.",
    )

    _mark_link_days_check = models.Constraint(
        "CHECK (mark_link_days BETWEEN 1 AND 3650)",
        "Marks can be given for 1 to 3650 days.",
    )
    _invite_every_check = models.Constraint(
        "CHECK (invite_every_days >= 1)",
        "A customer is invited at most once a day.",
    )
