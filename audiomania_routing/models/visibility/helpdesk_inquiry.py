# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .conversation_part import get_untold


class HelpdeskInquiry(models.Model):
    """What is seen of an inquiry by who may not read it: the number of its
    conversation."""

    _inherit = "helpdesk.inquiry"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for inquiry in get_untold(self):
            inquiry.display_name = inquiry.ticket_id.number
        return result
