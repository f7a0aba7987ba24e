# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class HelpdeskTicket(models.Model):
    """A customer's link opens his conversation to him, not to an employee."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        return thread.browse() if self._is_closed_to_employee(thread_id) else thread

    @api.model
    def _is_closed_to_employee(self, ticket_id):
        """Whether an employee is signed in who may not read this conversation."""
        if not self.env.user._is_internal():
            return False
        reader = self.env(su=False)[self._name].browse(int(ticket_id))
        return bool(reader._get_hidden_by_ladder())

    def _get_share_url(self, *args, **kwargs):
        """Who may not read it makes no link for others to it either."""
        self.check_access("read")
        return super()._get_share_url(*args, **kwargs)
