# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FetchmailServer(models.Model):
    _inherit = "fetchmail.server"

    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Whose letters come by this mailbox, where neither the address of a "
        "letter nor the employee it names tells.",
    )
