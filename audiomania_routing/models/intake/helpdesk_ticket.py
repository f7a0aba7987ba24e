# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from markupsafe import Markup

from odoo import api, models

from odoo.addons.audiomania_alerts.inside import get_inside

from ...names import SOURCE

LETTER = "routing_letter"
PLAIN_LETTER = re.compile(r"\s*<pre>(.*)</pre>\s*", re.DOTALL)


def get_letter(env):
    """What the gateway says of the letter that is read; nothing for what is no letter,
    whatever a caller's context says."""
    return get_inside(env, LETTER) or {}


class HelpdeskTicket(models.Model):
    """What comes in: a customer's message becomes an inquiry of its conversation."""

    _inherit = "helpdesk.ticket"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A letter belongs to the team it was sent to, or else to the department."""
        values = self._prepare_place_vals(msg_dict, dict(custom_values or {}))
        # Who fetched the letter is not who works on it.
        values.setdefault("user_id", False)
        self._wrap_lines(msg_dict)
        tickets = self.with_context(routing_customers_only=True)
        return super(HelpdeskTicket, tickets).message_new(
            msg_dict, custom_values=values
        )

    @api.model
    def _prepare_place_vals(self, msg, values):
        """The team and the company of a letter, which agree: those of its alias; or
        the department of the company that it was written to."""
        team = self.env["helpdesk.ticket.team"].browse(values.get("team_id") or [])
        company = team.company_id.id or values.get("company_id")
        if not company:
            company = self.env["mail.thread"]._get_letter_company(msg).id
        values["company_id"] = company
        if not team:
            found = self.env["res.company"].browse(company)
            values["team_id"] = found._get_inquiry_department().id
        return values

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """For a letter Odoo asks whether there is a name, of all that is told of all
        fields, in words: of a conversation that costs more than to make it."""
        if attributes is None and "routing_customers_only" in self.env.context:
            attributes = ["type"]
        return super().fields_get(allfields, attributes)

    def message_update(self, msg_dict, update_vals=None):
        self._wrap_lines(msg_dict)
        tickets = self.with_context(routing_customers_only=True)
        return super(HelpdeskTicket, tickets).message_update(
            msg_dict, update_vals=update_vals
        )

    @api.model
    def _wrap_lines(self, msg):
        """A plain letter has long lines, which end at the edge of the screen."""
        if plain := PLAIN_LETTER.fullmatch(msg.get("body") or ""):
            lines = plain[1].strip("\r\n").splitlines()
            msg["body"] = Markup("<p>%s</p>") % Markup("<br>").join(map(Markup, lines))

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Being in copy of a letter makes no employee a follower (rule 14)."""
        if partner_ids and self.env.context.get("routing_customers_only"):
            partners = self.env["res.partner"].browse(partner_ids)
            partner_ids = partners.filtered("partner_share").ids
        return super().message_subscribe(
            partner_ids=partner_ids, subtype_ids=subtype_ids
        )

    def _message_post_after_hook(self, message, msg_values):
        """By whichever way a customer's message comes, it must be worked out."""
        result = super()._message_post_after_hook(message, msg_values)
        if self._is_inquiry(message):
            # sudo: helpdesk.inquiry: customers make inquiries, and may not read them
            self.env["helpdesk.inquiry"].sudo().create(
                self._prepare_inquiry_vals(message)
            )
        return result

    def _is_inquiry(self, message):
        """Whether somebody outside of the company wrote something to be answered.

        A letter that answers an internal note gets the subtype of the note, and asks
        all the same.
        """
        # sudo: mail.message: a portal customer may not read what the check needs
        message = message.sudo()
        return (
            message.message_type in ("email", "comment")
            and (
                message.message_type == "email"
                or not (message.is_internal or message.subtype_id.internal)
            )
            and not (self._has_sender(message) and self._get_employee_of(message))
            and not self._joins_automatically()
        )

    def _has_sender(self, message):
        """A letter without From is nobody's of ours, whoever fetched it."""
        letter = get_letter(self.env)
        return message.message_type != "email" or letter.get("has_sender", True)

    def _get_employee_of(self, message):
        """Nobody inside the company makes inquiries, the system neither."""
        author = message.author_id
        return author and not author.partner_share

    def _joins_automatically(self):
        """An automatic reply to a conversation; one that joins nothing is a letter."""
        letter = get_letter(self.env)
        # sudo: helpdesk.ticket: the gateway asks for the customer
        return bool(letter.get("joins_automatically") and self.sudo().inquiry_ids)

    def _prepare_inquiry_vals(self, message):
        """The inquiry that a message makes."""
        # sudo: helpdesk.ticket, mail.message: the customer may not read all of it
        ticket, message = self.sudo(), message.sudo()
        letter = get_letter(self.env)
        author = message.author_id if self._has_sender(message) else ticket.partner_id
        return {
            "ticket_id": ticket.id,
            "message_id": message.id,
            "source_message_id": get_inside(self.env, SOURCE),
            "subject": message.subject or ticket.name,
            "excerpt": message.preview,
            "partner_id": author.id or ticket.partner_id.id,
            "recipient_emails": letter.get("recipient_emails") or False,
        }
