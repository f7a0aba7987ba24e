# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ...intake.helpdesk_ticket import get_letter
from .link import Link


class HelpdeskTicket(models.Model):
    """Which answers of a conversation can be rated, and which inquiry each answers."""

    _inherit = "helpdesk.ticket"

    def _get_answered_inquiry(self, message):
        """What an answer answers: of the letters that waited then the oldest, whose
        wait its speed is judged by; where none waited, the last one before it."""
        came = self.inquiry_ids.filtered(lambda one: one.received_at <= message.date)
        waited = came.filtered(
            lambda one: not one.worked_out_at or one.worked_out_at >= message.date
        )
        order = came.sorted(lambda one: (one.received_at, one.id))
        return waited.sorted(lambda one: (one.received_at, one.id))[:1] or order[-1:]

    def _get_mark_link(self, message):
        """The ``Link`` for one answer of an employee; None where there is nothing that
        could be rated."""
        self.ensure_one()
        # sudo: helpdesk.ticket, mail.message: whoever of the employees answers
        ticket, message = self.sudo(), message.sudo()
        author = message.author_id.with_context(active_test=False)
        user = author.user_ids.filtered(lambda one: not one.share)[:1]
        inquiry = ticket._get_answered_inquiry(message)
        if not user or not inquiry:
            return None
        customer = inquiry.partner_id or ticket.partner_id
        return Link(message.id, inquiry.id, user.id, customer.id or 0)

    def _prepare_inquiry_vals(self, message):
        values = super()._prepare_inquiry_vals(message)
        letter = get_letter(self.env)
        return {**values, "is_from_machine": bool(letter.get("is_from_machine"))}
