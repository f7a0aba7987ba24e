# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController

from ..models.intake.helpdesk_ticket_by_hand import BY_FORM
from ..names import NO_ACTION
from .helpdesk_mark import read_text

LONGEST_ID = 9
"""Digits; a longer one is no id, and the database would not take it for a number."""


class RoutingTicketController(HelpdeskTicketController):
    @http.route(methods=["POST"])
    def submit_ticket(self, **kw):
        """What a customer writes into the form is a message of his.

        The host takes whatever comes for the numbers and the words of its own page,
        and writes for whoever opens a link that somebody else has made.
        """
        for name in ("subject", "description"):
            kw[name] = read_text(kw, name)
        if not kw["subject"].strip():
            raise BadRequest(request.env._("Write what it is about."))
        kw["category"] = self._find_offered_category(_read_id(kw, "category")).id
        kw["team"] = _read_id(kw, "team")
        request.update_context(**{BY_FORM: True})
        return super().submit_ticket(**kw)

    def _find_offered_category(self, category_id):
        """One of those that a customer may choose, or none."""
        categories = request.env["helpdesk.ticket.category"]
        offered = [("id", "=", category_id), ("show_in_portal", "=", True)]
        return categories.search(offered) if category_id else categories

    @http.route(methods=["POST"])
    def support_ticket_close(self, **kw):
        """A customer closes his own conversation: he needs no answer any more (16).

        The host closes whichever is named, in whichever stage, for whoever asks, by a
        link that a mail program may open.
        """
        ticket = request.env["helpdesk.ticket"].browse(_read_id(kw, "ticket_id"))
        if not ticket:
            raise NotFound()
        if not (ticket.exists() and ticket.has_access("read")):
            raise Forbidden(request.env._("This conversation is not yours to close."))
        if request.env.user._is_internal():
            ticket.check_access("write")
        # sudo: helpdesk.ticket: he may close it, and not read all that is checked
        elif not ticket.sudo()._is_of_customer(request.env.user.partner_id):
            raise Forbidden(request.env._("This conversation is not yours to close."))
        # sudo: helpdesk.ticket: the same
        ticket_sudo = ticket.sudo()
        stage_id = _read_id(kw, "stage_id")
        if stage_id in ticket_sudo._get_portal_stages().ids:
            if not request.env.user._is_internal():
                ticket_sudo._work_out(NO_ACTION, request.env.user)
            return super().support_ticket_close(ticket_id=ticket.id, stage_id=stage_id)
        return request.redirect(f"/my/ticket/{ticket.id}", code=302)


def _read_id(values, name):
    text = str(values.get(name) or "")
    is_id = text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
    return int(text) if is_id else 0
