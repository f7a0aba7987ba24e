# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context, html_escape, plaintext2html

from odoo.addons.audiomania_alerts.inside import Inside

from ...names import ANSWERED, ONLY_COLLEAGUES, PENDING
from ..intake.helpdesk_ticket_bounce import ANSWER
from ..intake.helpdesk_ticket_by_hand import TAKEN_BY
from .helpdesk_inquiry_spoken import ANSWERED_BY, PHONE, VISIT
from .routing_channel_mixin import FROM_CHANNEL, TITLE_LENGTH


class HelpdeskTicket(models.Model):
    """Calls and visits: what a customer asked, and what was said to him (rule 17)."""

    _inherit = "helpdesk.ticket"

    # Answering

    def action_answered_by_phone(self):
        """Ask what was said."""
        self.ensure_one()
        self.check_access("write")
        self._check_something_waits()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answered by phone or in person"),
            "res_model": "helpdesk.ticket.spoken",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def _check_something_waits(self):
        if self.inquiry_state != PENDING:
            raise UserError(
                self.env._("Nothing in this conversation waits for an answer.")
            )

    def _answer_spoken(self, how, text, at=None, mail=False):
        """What was said to the customer works out all that waits.

        :param how: ``phone`` or ``visit``
        :param text: what was said, in a line
        :param at: when, in UTC; without it, now
        :param mail: send him this line, too
        """
        self.ensure_one()
        self.check_access("write")
        self._lock()
        self._check_something_waits()
        note = self._note_spoken(how, text, at or fields.Datetime.now())
        ticket = self.with_context(**{ANSWERED_BY: how})
        if mail:
            ticket._mail_spoken(text)
        else:
            ticket.with_context(**{ANSWER: Inside(note.id)})._work_out(
                ANSWERED, self.env.user
            )

    def _note_spoken(self, how, text, at):
        """One line for colleagues; the customer does not read it in the portal."""
        time = self._format_moment(at)
        said = (
            self.env._("Answered by phone, %(time)s:", time=time)
            if how == PHONE
            else self.env._("Answered in person, %(time)s:", time=time)
        )
        return self.message_post(
            body=Markup("<p><b>%s</b></p>%s") % (said, plaintext2html(text)),
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _mail_spoken(self, text):
        """The line as a letter: an answer like any other."""
        if not self._can_be_reached():
            raise UserError(
                self.env._("The customer has no address to which it could be sent.")
            )
        self.message_post(
            body=plaintext2html(text),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _can_be_reached(self):
        """Whether a reply gets to the customer: by a channel, or at an address."""
        # sudo: helpdesk.ticket, res.partner: whoever answers may not read all of it
        ticket = self.sudo()
        if ticket._is_answered_by_channel()[0]:
            return True
        partner_ids, address = ticket._get_customer_recipient()
        partners = ticket.partner_id.browse(partner_ids)
        return bool(address or any(partners.mapped("email_normalized")))

    # Asking

    @api.model
    def _record_call(self, how, text, **values):
        """What a customer asked by phone or in person is an inquiry.

        :param how: ``phone`` or ``visit``
        :param text: what he asked
        :param values: ``ticket`` (the conversation it belongs to) or ``partner``,
            ``caller`` and ``phone`` of who is no contact, ``subject``; ``answer``: what
            he was told at once; ``mine``: who wrote it down sees to it himself; else
            it is routed like a letter
        :return: the inquiry
        """
        ticket = values.get("ticket") or self.browse()
        ticket.check_access("write" if ticket else "create")
        employee = self.env.user
        taker = employee.id if values.get("mine") or values.get("answer") else False
        writer = ticket or self
        # As the system: who wrote it down may not read it, once it is routed.
        system = writer.with_user(SUPERUSER_ID).with_context(
            clean_context(self.env.context),
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_auto_subscribe_no_notify=True,
        )
        if not ticket:
            company = self.env.company
            system = system.create(self._prepare_call_vals(company, how, text, values))
        message = system.with_context(**{TAKEN_BY: Inside(taker)})._post_call(
            how, text, values
        )
        inquiry = system.env["helpdesk.inquiry"].search(
            [("message_id", "=", message.id)], limit=1
        )
        if answer := values.get("answer"):
            system.with_env(self.env)._answer_spoken(how, answer)
        return inquiry.with_env(self.env)

    def _post_call(self, how, text, values):
        partner = values.get("partner") or self.partner_id
        caller = values.get("caller") or values.get("phone")
        source = {"channel_id": self._get_call_channel(how), "is_public": False}
        if not partner and not caller and self.partner_email:
            caller = self.partner_email
        return self.with_context(
            **{FROM_CHANNEL: Inside(source), ONLY_COLLEAGUES: True}
        ).message_post(
            body=self._get_call_body(text, values),
            subject=values.get("subject"),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=partner.id,
            email_from=partner.email_formatted or caller or self.env._("Unknown"),
        )

    @api.model
    def _get_call_channel(self, how):
        if how == PHONE:
            return self._get_channel_id("phone")
        visit = self.env.ref(
            "audiomania_routing.helpdesk_ticket_channel_visit",
            raise_if_not_found=False,
        )
        return visit.id if visit else False

    @api.model
    def _get_call_channel_ids(self):
        """The channels of what was asked by word of mouth."""
        return list(filter(None, map(self._get_call_channel, (PHONE, VISIT))))

    @api.model
    def _get_call_body(self, text, values):
        """What he asked, and how he is reached where no contact says so."""
        body = plaintext2html(text)
        who = ", ".join(filter(None, (values.get("caller"), values.get("phone"))))
        if who and not values.get("partner"):
            body += Markup("<p>%s</p>") % html_escape(who)
        return body

    @api.model
    def _prepare_call_vals(self, company, how, text, values):
        """The conversation that a call opens: hook."""
        partner = values.get("partner") or self.env["res.partner"]
        teams = self.env.user.helpdesk_team_ids
        team = teams.filtered(lambda one: one.company_id in (company, one.browse()))
        first = " ".join(text.split())
        return {
            "name": values.get("subject") or first[:TITLE_LENGTH],
            "description": self._get_call_body(text, values),
            "company_id": company.id,
            "team_id": (team[:1] or company._get_inquiry_department()).id,
            "user_id": False,
            "channel_id": self._get_call_channel(how),
            "partner_id": partner.id,
            "partner_name": partner.name or values.get("caller"),
            "partner_email": partner.email,
        }
