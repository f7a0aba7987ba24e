# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import email_normalize_all

from ...addresses import get_company_domain, get_domain


class HelpdeskTicket(models.Model):
    """Who is the customer of a conversation, when a stranger may claim to be."""

    _inherit = "helpdesk.ticket"

    def _is_customer(self, sender):
        """Whether an address belongs to the customer of this conversation.

        He wrote from it before, it is his contact's, a contact of the same company
        has it, or it is in that company's own mail domain. Employees of ours are
        nobody's customers: a forged name of one would speak for us.

        :param sender: a normalized address
        """
        self.ensure_one()
        # sudo: res.partner, helpdesk.ticket: the gateway asks for whoever fetched it
        ticket = self.sudo()
        writers = ticket.env["res.partner"].search([("email_normalized", "=", sender)])
        if any(not writer.partner_share for writer in writers):
            return False
        inquiries = ticket.env["helpdesk.inquiry"].search(
            [("ticket_id", "=", ticket.id)]
        )
        customers = (ticket.partner_id | inquiries.partner_id).filtered("partner_share")
        known = ticket._get_known_addresses(customers, inquiries)
        firms = customers.commercial_partner_id
        domain = get_company_domain(sender)
        return bool(
            sender in known
            or writers.commercial_partner_id & firms
            or (
                domain
                and not ticket._is_ours(sender)
                and domain in {get_domain(email) for email in known}
            )
        )

    def _get_known_addresses(self, customers, inquiries):
        """The addresses by which the customer of the conversation is known."""
        texts = [self.partner_email, *customers.mapped("email")]
        texts += inquiries.message_id.mapped("email_from")
        return set(email_normalize_all(",".join(filter(None, texts))))
