# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    audience_taught_id = fields.Many2one(
        comodel_name="customer.audience",
        string="Audience by Transfers",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="What his letters are about, as colleagues said who transferred one of "
        "them because of the wrong audience. It counts while his orders say nothing.",
    )
