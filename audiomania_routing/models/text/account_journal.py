# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountJournal(models.Model):
    """Invoices are numbered by the code of their journal."""

    _name = "account.journal"
    _inherit = ["account.journal", "routing.memory.mixin"]

    _kept_fields = frozenset(["active", "code", "type"])
