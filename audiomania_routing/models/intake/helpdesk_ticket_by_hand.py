# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import clean_context, is_html_empty

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from ...names import ONLY_COLLEAGUES

BY_FORM = "routing_by_portal_form"
NOT_ASKED = "routing_not_asked"
"""In the context: nobody asks what these tickets say."""

HANDED_ON = "routing_handed_on"
"""In the context: who has just written the ticket may read it for the last time."""

TAKEN_BY = "routing_taken_by"
"""In the context: who has the conversation already while its ladder is made."""


class HelpdeskTicket(models.Model):
    """Tickets that nobody wrote as a message: made by hand, or by the portal's form.

    What they say is their customer's message, and an inquiry like any other (rule 1).
    """

    _inherit = "helpdesk.ticket"

    is_handed_on = fields.Boolean(
        compute="_compute_is_handed_on",
        groups="base.group_user",
        help="You have written it down for others, and cannot read it from now on.",
    )

    @api.depends_context(HANDED_ON)
    def _compute_is_handed_on(self):
        self.is_handed_on = bool(self.env.context.get(HANDED_ON))

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        if self.env.context.get(BY_FORM):
            # The form adds its attachments when the ticket is there.
            self.env.cr.precommit.add(tickets._ask_by_form)
        elif self._is_made_by_hand():
            tickets._ask_by_hand()
        return tickets

    def copy(self, default=None):
        """Nobody asks again because an employee copies a ticket."""
        tickets = self.with_context(**{NOT_ASKED: True})
        return super(HelpdeskTicket, tickets).copy(default).with_env(self.env)

    def web_save(self, vals, specification, next_id=None):
        """Who writes down a question for others is shown once what he has saved."""
        if self or next_id:
            return super().web_save(vals, specification, next_id=next_id)
        ticket = self.create(vals).with_context(bin_size=True)
        if not ticket.has_access("read"):
            specification = self._get_own_part(specification)
            # sudo: helpdesk.ticket: he has just written it himself
            ticket = ticket.sudo().with_context(**{HANDED_ON: True})
        return ticket.web_read(specification)

    @api.model
    def _get_own_part(self, specification):
        """What he is shown of it: no field that is not for him, and of other records
        than the ticket nothing but the names of those that he has chosen."""
        own = {}
        for name in specification:
            field = self._fields.get(name)
            if field and self._has_field_access(field, "read"):
                own[name] = {"fields": {}} if field.relational else {}
                if field.type == "many2one":
                    own[name] = {"fields": {"display_name": {}}}
        return own

    @api.model
    def _is_made_by_hand(self):
        """An employee at his screen: no code of the system, and no import."""
        quiet = ("import_file", NOT_ASKED)
        return (
            not self.env.su
            and self.env.user._is_internal()
            and not any(self.env.context.get(name) for name in quiet)
        )

    def _ask_by_hand(self):
        """An employee wrote down what a customer asked him.

        If he is the assignee himself, he has taken it.
        """
        employee = self.env.user
        for ticket in self:
            # sudo: res.partner: whether the customer is one of ours is no secret
            asks = ticket.partner_id.sudo().partner_share
            if not asks or is_html_empty(ticket.description):
                continue
            taker = ticket.user_id & employee
            ticket.with_context(**{TAKEN_BY: Inside(taker.id)})._ask_by_description()

    def _ask_by_form(self):
        """A customer asked by the form of the portal, perhaps with attachments."""
        for ticket in self.exists():
            if ticket.partner_id.partner_share:
                ticket._ask_by_description(ticket.attachment_ids.ids)
        self.env.flush_all()

    def _ask_by_description(self, attachment_ids=()):
        """The description as the message of the customer; the ticket as the system.

        Whoever makes it may not read the conversation, once the engine has decided.
        """
        ticket = self.with_user(SUPERUSER_ID).with_context(
            clean_context(self.env.context),
            mail_auto_subscribe_no_notify=True,
            **{ONLY_COLLEAGUES: True},
        )
        ticket.message_post(
            body=ticket.description,
            subject=ticket.name,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=ticket.partner_id.id,
            attachment_ids=list(attachment_ids),
        )

    def _prepare_ladder_vals(self, decision):
        """What he took while he wrote it down waits for nobody else."""
        values = super()._prepare_ladder_vals(decision)
        if taker := get_inside(self.env, TAKEN_BY):
            values.update(user_id=taker, exclusive_until=False)
        return values
