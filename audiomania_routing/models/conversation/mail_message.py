# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Being named in a letter gives an employee nothing (rule 14)."""
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if bypass_access or not self._is_limited_by_ladder():
            return query
        found = self.browse(query.get_result_ids())
        if hidden := found._get_hidden_by_ladder():
            return (found - hidden)._as_query()
        return query

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if not self._is_limited_by_ladder():
            return forbidden
        return forbidden | (self - forbidden)._get_hidden_by_ladder()

    def _is_limited_by_ladder(self):
        return not self.env.su and self.env.user._is_internal()

    def _get_hidden_by_ladder(self):
        """The messages of conversations that the ladder hides from this employee.

        Odoo lets recipients, followers and authors read a message whatever the rules
        of its document say.
        """
        # sudo: mail.message: which conversation a message belongs to, not its text
        ticket_of = {
            message.id: message.res_id
            for message in self.sudo().exists()
            if message.model == "helpdesk.ticket" and message.res_id
        }
        tickets = self.env["helpdesk.ticket"].browse(set(ticket_of.values()))
        hidden = set(tickets._get_hidden_by_ladder().ids)
        return self.filtered(lambda message: ticket_of.get(message.id) in hidden)
