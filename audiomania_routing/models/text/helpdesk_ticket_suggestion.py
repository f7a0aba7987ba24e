# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .helpdesk_inquiry_letter import ACCEPTED, DISMISSED
from .routing_letter import OPEN


class HelpdeskTicket(models.Model):
    """Who a stranger probably is: said to the employee, never to the stranger."""

    _inherit = "helpdesk.ticket"

    suggested_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Probably",
        compute="_compute_suggested_partner_id",
        groups="base.group_user",
        help="The customer whom a number in the letter suggests. Anybody may write a "
        "number: make sure that it is he before you tell him anything.",
    )
    suggestion_text = fields.Char(
        string="Why he",
        compute="_compute_suggested_partner_id",
        groups="base.group_user",
        help="Which numbers in the letter suggest him.",
    )
    dismissed_customers = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Ids of those whom an employee has said not to be the sender.",
    )
    named_documents = fields.Html(
        string="Named in the letter",
        compute="_compute_named_documents",
        groups="base.group_user",
        help="Orders, deliveries and invoices that the customer's messages name, of "
        "those that you may read.",
    )

    @api.depends("partner_id", "inquiry_ids.suggestion")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_suggested_partner_id(self):
        for ticket in self:
            inquiry = ticket._get_suggesting_inquiry()
            partner = inquiry.suggested_partner_id
            ticket.suggested_partner_id = partner
            # sudo: helpdesk.inquiry: numbers of a customer whom the reader may read
            numbers = inquiry.sudo().guessed_by if partner else False
            ticket.suggestion_text = numbers and self.env._(
                "The letter names %(numbers)s.", numbers=numbers
            )

    @api.depends("inquiry_ids.letter_facts")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_named_documents(self):
        for ticket in self:
            links = {}
            for inquiry in ticket.inquiry_ids:
                for document in inquiry._get_named_documents():
                    if document.has_access("read"):
                        links[document] = Markup('<a href="/odoo/%s/%s">%s</a>') % (
                            document._name,
                            document.id,
                            document.display_name,
                        )
            ticket.named_documents = Markup(", ").join(links.values()) or False

    def _get_suggesting_inquiry(self):
        """The latest inquiry that suggests somebody, while nobody is known."""
        # sudo: helpdesk.ticket: its customer, to whoever may read him
        if self.sudo().partner_id:
            return self.inquiry_ids.browse()
        return self.inquiry_ids.filtered(lambda one: one.suggestion == OPEN)[:1]

    def action_accept_suggestion(self):
        """He is the customer: from now on it is his conversation."""
        self.ensure_one()
        self.check_access("write")
        self._lock()
        partner = self._get_suggested()
        self.write({"partner_id": partner.id, "partner_name": partner.name})
        # sudo: helpdesk.inquiry: employees change inquiries through actions only
        inquiries = self.sudo().inquiry_ids
        inquiries.filtered(lambda one: not one.partner_id).write(
            {"partner_id": partner.id}
        )
        inquiries.filtered(lambda one: one.suggestion == OPEN).write(
            {"suggestion": ACCEPTED}
        )
        self._message_log(
            body=self.env._(
                "%(name)s has said that the sender is the customer whom the letter"
                " suggests.",
                name=self.env.user.name,
            )
        )
        return True

    def action_dismiss_suggestion(self):
        """It is somebody else: he is neither suggested nor weighed any more."""
        self.ensure_one()
        self.check_access("write")
        self._lock()
        partner = self._get_suggested()
        # sudo: helpdesk.ticket, helpdesk.inquiry: what actions alone change
        ticket = self.sudo()
        ticket.dismissed_customers = [*(ticket.dismissed_customers or ()), partner.id]
        ticket.inquiry_ids.filtered(
            lambda one: one.suggestion == OPEN and one.guessed_partner_id == partner
        ).write({"suggestion": DISMISSED})
        return True

    def _get_suggested(self):
        """Whom the reader is shown; another employee may have answered before."""
        self.invalidate_recordset(["suggested_partner_id"])
        partner = self.suggested_partner_id
        if not partner:
            raise UserError(self.env._("Nobody is suggested here any more."))
        return partner
