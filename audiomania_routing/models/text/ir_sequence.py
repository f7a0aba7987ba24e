# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrSequence(models.Model):
    """How numbers look is worked out once, until a sequence changes."""

    _name = "ir.sequence"
    _inherit = ["ir.sequence", "routing.memory.mixin"]

    _kept_fields = frozenset(
        ["active", "code", "company_id", "padding", "prefix", "suffix"]
    )
