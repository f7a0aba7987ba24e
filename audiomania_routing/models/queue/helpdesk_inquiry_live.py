# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class HelpdeskInquiry(models.Model):
    """A row of the queue changes with the inquiries of its conversation."""

    _inherit = "helpdesk.inquiry"

    @api.model_create_multi
    def create(self, vals_list):
        inquiries = super().create(vals_list)
        inquiries.ticket_id._wake_lists()
        return inquiries

    def write(self, vals):
        if not self.env["helpdesk.ticket"]._is_live(vals):
            return super().write(vals)
        self.ticket_id._wake_lists()
        result = super().write(vals)
        self.ticket_id._wake_lists()
        return result

    def unlink(self):
        self.ticket_id._wake_lists()
        return super().unlink()
