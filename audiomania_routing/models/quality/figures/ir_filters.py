# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class IrFilters(models.Model):
    """Favourites that ship with a report are called in everybody's own language."""

    _inherit = "ir.filters"

    name = fields.Char(translate=True)
