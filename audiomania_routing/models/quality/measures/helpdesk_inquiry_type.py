# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiryType(models.Model):
    """What inquiries are about, in a few words that stay for years: so that like is
    compared with like (rule 26)."""

    _name = "helpdesk.inquiry.type"
    _description = "Type of inquiry"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
