# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class HelpdeskInquiry(models.Model):
    """Who works an inquiry out has handled its customer."""

    _inherit = "helpdesk.inquiry"

    @api.model
    def _get_history_fields(self):
        return {"ticket_id", "worked_out_at", "worked_out_by_id"}

    @api.model_create_multi
    def create(self, vals_list):
        if not any(vals.get("worked_out_by_id") for vals in vals_list):
            return super().create(vals_list)
        ids = {vals["ticket_id"] for vals in vals_list if vals.get("ticket_id")}
        tickets = self.env["helpdesk.ticket"].browse(ids)
        with self.env["conversation.affinity"]._follow(tickets):
            return super().create(vals_list)

    def write(self, vals):
        if not self._get_history_fields() & vals.keys():
            return super().write(vals)
        tickets = self.ticket_id | self.ticket_id.browse(vals.get("ticket_id") or [])
        with self.env["conversation.affinity"]._follow(tickets):
            return super().write(vals)

    def unlink(self):
        with self.env["conversation.affinity"]._follow(self.ticket_id):
            return super().unlink()
