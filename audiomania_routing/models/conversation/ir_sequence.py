# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

NUMBERING = "helpdesk.ticket.sequence"
FORM = {"code", "prefix", "suffix", "padding"}


class IrSequence(models.Model):
    """How conversations are numbered is known without asking for each letter."""

    _inherit = "ir.sequence"

    @api.model_create_multi
    def create(self, vals_list):
        sequences = super().create(vals_list)
        sequences._forget_numbering()
        return sequences

    def write(self, vals):
        forgets = FORM & vals.keys()
        if forgets:
            self._forget_numbering()
        result = super().write(vals)
        if forgets:
            self._forget_numbering()
        return result

    def unlink(self):
        self._forget_numbering()
        return super().unlink()

    def _forget_numbering(self):
        if NUMBERING in self.mapped("code"):
            self.env.registry.clear_cache()
