# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .conversation_part import CONVERSATION, get_untold


class IrAttachment(models.Model):
    """What is seen of a file of a conversation by who may not read it: its id."""

    _inherit = "ir.attachment"

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for file in get_untold(
            self.filtered(lambda one: one.res_model == CONVERSATION)
        ):
            file.display_name = f"{file._name},{file.id}"
        return result
