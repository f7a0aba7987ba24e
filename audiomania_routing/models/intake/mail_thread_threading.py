# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header, email_split_and_format

from ...addresses import get_domain, strip_tag
from ...letter.numbering import read_mark
from .course import TICKET

ADDRESSED = ("Delivered-To", "X-Original-To", "To", "Cc", "Resent-To", "Resent-Cc")
REFERRING = ("In-Reply-To", "References")
BARE_NAME = re.compile(r"[^\s,;<>@]{1,250}@[^\s,;<>@]{1,250}")
PARSED = ("to", "cc", "recipients", "to_filtered", "cc_filtered")


class MailThread(models.AbstractModel):
    """Which conversation a letter continues when its mail program does not say so.

    References and In-Reply-To come first and are Odoo's; then our own mark in the
    address, then the number in the subject together with the same customer. Never the
    subject alone.
    """

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        """An address with our mark is the address without it, to all who look later."""
        values = super().message_parse(message, save_original=save_original)
        for name in PARSED:
            if "+" in (values.get(name) or ""):
                values[name] = self._strip_marks(values[name])
        return values

    @api.model
    def _get_letter_recipients(self, message):
        emails = super()._get_letter_recipients(message)
        return self._strip_marks(emails) if "+" in emails else emails

    @api.model
    def _settle_routes(self, course, message, message_dict, routes):
        """What continues a merged conversation goes on where that one was merged to."""
        routes = [self._follow_merged(route) for route in routes]
        return super()._settle_routes(course, message, message_dict, routes)

    @api.model
    def _follow_merged(self, route):
        route_model, thread_id, *rest = route
        if route_model != TICKET or not thread_id:
            return route
        ticket = self.env[TICKET].browse(thread_id)
        return (route_model, ticket._get_continued().id, *rest)

    @api.model
    def _find_conversation(self, message, message_dict):
        """The conversation that a letter continues without naming an earlier letter.

        :param message: the letter (email.message.EmailMessage)
        :param message_dict: what Odoo read in it
        :return: a conversation, closed and archived ones too, or nothing
        """
        found = (
            self._find_by_bare_name(message)
            or self._find_by_mark(message)
            or self._find_by_number(message_dict)
        )
        return found._get_continued() if found else self.env[TICKET]

    # References without brackets

    @api.model
    def _find_by_bare_name(self, message):
        """The conversation of an earlier letter that is named without its brackets,
        where none is named with them."""
        texts = [decode_message_header(message, name) for name in REFERRING]
        text = " ".join(texts)
        names = [] if "<" in text else [f"<{one}>" for one in BARE_NAME.findall(text)]
        if not names:
            return self.env[TICKET]
        # sudo: mail.message: the gateway asks for whoever fetched the letter
        messages = self.env["mail.message"].sudo()
        named = [("message_id", "in", names), ("model", "=", TICKET)]
        latest = messages.search(named, order="id desc", limit=1)
        return self.env[TICKET].browse(latest.res_id or []).exists()

    # Our own mark

    @api.model
    def _find_by_mark(self, message):
        """The conversation whose mark stands in an address of the letter."""
        # sudo: helpdesk.ticket: the gateway asks for whoever fetched the letter
        tickets = self.env[TICKET].sudo().with_context(active_test=False)
        marked = (email for email in self._get_addressed(message) if "+" in email)
        for email in marked:
            named = read_mark(email, tickets._get_mark_secret())
            ticket = tickets.browse(named or []).exists()
            if ticket:
                return ticket.with_env(self.env)
        return self.env[TICKET]

    @api.model
    def _get_addressed(self, message):
        """Whom the letter names as its receivers, as it names them."""
        for name in ADDRESSED:
            header = decode_message_header(message, name, separator=",")
            yield from filter(None, map(email_normalize, _split(header)))

    @api.model
    def _strip_marks(self, text):
        """Addresses of ours without what stands after the plus."""
        marked = {
            address: email
            for address in email_split_and_format(text)
            if "+" in (email := email_normalize(address) or "")
        }
        ours = self._find_tagged_of_ours(marked.values())
        return ",".join(
            strip_tag(marked[address]) if marked.get(address) in ours else address
            for address in email_split_and_format(text)
        )

    @api.model
    def _find_tagged_of_ours(self, emails):
        """Those in a domain of ours, except what is an alias with its plus."""
        # sudo: mail.alias.domain, mail.alias: for whoever fetched the letter
        env = self.sudo().env
        domains = env["mail.alias.domain"].search(
            [("name", "in", [get_domain(email) for email in emails])]
        )
        names = set(domains.mapped("name"))
        ours = {email for email in emails if get_domain(email) in names}
        aliases = env["mail.alias"].search([("alias_full_name", "in", list(ours))])
        return ours - set(aliases.mapped("alias_full_name"))

    # The number in the subject

    @api.model
    def _find_by_number(self, message_dict):
        """The conversation whose number the subject names, if its customer writes."""
        subject = message_dict.get("subject") or ""
        sender = email_normalize(message_dict.get("email_from") or "")
        if not sender or not any(map(str.isdigit, subject)):
            return self.env[TICKET]
        numbers = self.env[TICKET]._find_numbers(subject)
        if not numbers:
            return self.env[TICKET]
        # sudo: helpdesk.ticket: the gateway asks for whoever fetched the letter
        tickets = self.env[TICKET].sudo().with_context(active_test=False)
        named = tickets.search([("number", "in", list(numbers))], order="id desc")
        mine = (ticket for ticket in named if ticket._is_customer(sender))
        return next(mine, named.browse()).with_env(self.env)


def _split(text):
    return email_split_and_format(text or "")
