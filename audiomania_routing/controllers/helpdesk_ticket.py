# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController

from ..models.conversation.helpdesk_inquiry import NO_ACTION
from ..models.intake.helpdesk_ticket_by_hand import BY_FORM


class RoutingTicketController(HelpdeskTicketController):
    @http.route()
    def submit_ticket(self, **kw):
        """What a customer writes into the form is a message of his."""
        request.update_context(**{BY_FORM: True})
        return super().submit_ticket(**kw)

    @http.route()
    def support_ticket_close(self, **kw):
        """A customer who closes his own conversation needs no answer any more.

        The host closes whichever conversation is named, whoever asks for it.
        """
        ticket = request.env["helpdesk.ticket"].browse(int(kw.get("ticket_id", 0)))
        ticket.check_access("read")
        stage = request.env["helpdesk.ticket.stage"].browse(int(kw.get("stage_id", 0)))
        if stage.close_from_portal:
            self._find_own_ticket(kw)._work_out(NO_ACTION, request.env.user)
        return super().support_ticket_close(**kw)

    def _find_own_ticket(self, values):
        """What a customer, not an employee, may read himself; else nothing."""
        tickets = request.env["helpdesk.ticket"]
        if request.env.user._is_internal():
            return tickets
        own = tickets.search([("id", "=", int(values["ticket_id"]))])
        # sudo: helpdesk.ticket: the customer may read it, and closes it
        return own.sudo()
