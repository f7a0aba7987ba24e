# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError


class HelpdeskTicket(models.Model):
    """Later letters go on in the conversation of which this one is called a duplicate:
    so nobody calls it one of what he may not read, or of another customer's."""

    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        if not self.env.su:
            tickets.filtered("duplicate_id")._check_duplicate()
        return tickets

    def write(self, vals):
        result = super().write(vals)
        if vals.get("duplicate_id") and not self.env.su:
            self._check_duplicate()
        return result

    def _check_duplicate(self):
        # sudo: helpdesk.ticket: he may have given it away in the same write
        tickets = self.sudo()
        tickets.duplicate_id.with_env(self.env).check_access("read")
        for ticket in tickets:
            original = ticket.duplicate_id
            if ticket.company_id != original.company_id:
                raise UserError(self.env._("They belong to different companies."))
            if ticket._get_merge_key() != original._get_merge_key():
                raise UserError(self.env._("They are of different customers."))
