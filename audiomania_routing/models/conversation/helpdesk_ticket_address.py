# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize, formataddr, ormcache
from odoo.tools.misc import hmac

from ...addresses import add_tag, can_be_answered, get_domain, strip_tag
from ...letter.numbering import (
    NUMBER,
    make_mark,
    number_pattern,
    strip_subject,
    ticket_numbers,
)
from ...names import NONE

LONGEST_REPLY_TO = 67
"""Odoo warns of a longer address, which some mail programs would break."""

NUMBERING = "helpdesk.ticket.sequence"

OUR_OWN_TYPES = ("auto_comment", "out_of_office")


class HelpdeskTicket(models.Model):
    """Every letter that leaves can be answered, and its answer finds back (21)."""

    _inherit = "helpdesk.ticket"

    number = fields.Char(index=True)

    # Reply-To

    def _notify_get_reply_to(self, default=None, author_id=False):
        found = super()._notify_get_reply_to(default=default, author_id=author_id)
        return self._lead_back(found, dict.fromkeys(self.ids, author_id))

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        found = super()._notify_get_reply_to_batch(
            defaults=defaults, author_ids=author_ids
        )
        return self._lead_back(found, author_ids or {})

    def _lead_back(self, found, author_ids):
        """Put the address that leads back in place of what was found.

        :param found: of each conversation the formatted address that Odoo would take
        :param author_ids: of each conversation the contact whose name it bears
        """
        # sudo: helpdesk.ticket: whoever writes, the answer goes to the same address
        addresses = self.sudo()._get_reply_addresses()
        for ticket in self:
            before = email_normalize(found.get(ticket.id) or "")
            address = ticket._add_mark(addresses.get(ticket.id) or before)
            if address and address != before:
                found[ticket.id] = self._notify_get_reply_to_formatted_email(
                    address, author_id=author_ids.get(ticket.id)
                )
        return found

    def _get_reply_addresses(self):
        """The alias of ours to which the customer wrote last, else that of the team."""
        chosen = self._get_written_addresses()
        aliases = self._find_desk_aliases(
            {email for emails in chosen.values() for email in emails}
        )
        addresses = {}
        for ticket in self:
            written = chosen.get(ticket.id, ())
            kept = next((email for email in written if email in aliases), None)
            alias = ticket.team_id.alias_id
            own = alias.alias_full_name if alias.alias_domain_id else False
            if address := kept or own:
                addresses[ticket.id] = address
        return addresses

    def _get_written_addresses(self):
        """The addresses of the last letter to each that names any, without marks."""
        asked = self.filtered(lambda one: one.inquiry_state != NONE)
        if not asked:
            return {}
        self.env["helpdesk.inquiry"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (ticket_id) ticket_id, recipient_emails
                  FROM helpdesk_inquiry
                 WHERE ticket_id IN %s AND recipient_emails IS NOT NULL
                 ORDER BY ticket_id, received_at DESC, id DESC
                """,
                tuple(asked.ids),
            )
        )
        return {
            ticket_id: [strip_tag(email) for email in emails.split(",")]
            for ticket_id, emails in self.env.cr.fetchall()
        }

    @api.model
    def _find_desk_aliases(self, emails):
        """Which of these are addresses by which anybody may write to the desk."""
        if not emails:
            return set()
        # sudo: mail.alias: an employee who answers need not read aliases
        aliases = self.env["mail.alias"].sudo()
        found = aliases.search(
            [
                ("alias_full_name", "in", list(emails)),
                ("alias_model_id.model", "=", self._name),
                ("alias_contact", "=", "everyone"),
            ]
        )
        return set(found.mapped("alias_full_name"))

    # Our own mark

    def _add_mark(self, address):
        """The address with our mark, where the company wants one and it is ours.

        The mark still finds the conversation when a mail program drops References
        and the customer clears the subject.
        """
        if not address or not self.ids:
            return address
        # sudo: res.company, mail.alias.domain: a setting, whoever writes
        company = self.sudo().company_id
        if not company.conversation_mark_in_address or not self._is_ours(address):
            return address
        marked = add_tag(address, make_mark(self.id, self._get_mark_secret()))
        return marked if len(marked) <= LONGEST_REPLY_TO else address

    @api.model
    def _get_mark_secret(self):
        """Nobody can make a mark without the secret of this database."""
        # sudo: ir.config_parameter: the secret stays on the server
        secret = hmac(self.env(su=True), "audiomania_routing.mark", "conversation")
        return secret.encode()

    @api.model
    def _is_ours(self, address):
        """Whether the domain of an address is one of the company's mail domains."""
        # sudo: mail.alias.domain: an employee who answers need not read them
        domains = self.env["mail.alias.domain"].sudo()
        return bool(domains.search_count([("name", "=", get_domain(address))], limit=1))

    # From

    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        """An answer leaves with the number of the conversation, from an address that
        leads back."""
        values = super()._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values=additional_values
        )
        # sudo: mail.message: who answers may not read all that the check needs
        message = message.sudo()
        if self and self._is_written_by_us(message):
            subject = values.get("subject") or message.subject
            numbered = self._number_subject(subject)
            if numbered != subject:
                values["subject"] = numbered
            if sender := self._get_sender_that_leads_back(message):
                values["email_from"] = sender
        return values

    def _is_written_by_us(self, message):
        """What an employee, or the system for him, writes to readers outside."""
        author = message.author_id
        return (
            message.message_type in OUR_OWN_TYPES
            and not message.subtype_id.internal
            or self._is_reply(message.message_type, message.subtype_id, author.id)
        )

    def _get_sender_that_leads_back(self, message):
        """The desk's own address where the author's would lead out of the company.

        Any address of our domains leads back (rule 1); an employee's private mailbox
        does not.
        """
        address = email_normalize(message.email_from or "") or ""
        reply_to = email_normalize(message.reply_to or "") or ""
        readable = address and can_be_answered(address)
        if readable and get_domain(address) == get_domain(reply_to):
            return False
        if not self._is_ours(reply_to) or (readable and self._is_ours(address)):
            return False
        name = message.author_id.name or self.env.company.name
        return formataddr((name, strip_tag(reply_to)))

    # Subject

    def _message_compute_subject(self):
        """An answer keeps the customer's own subject and bears the number once."""
        subject = super()._message_compute_subject()
        # sudo: helpdesk.inquiry: who answers may not be shown the inquiries
        inquiries = self.env["helpdesk.inquiry"].sudo()
        last = inquiries.search([("ticket_id", "=", self.id)], limit=1)
        if not last:
            return subject
        pattern = self._get_number_pattern()
        texts = (
            strip_subject(text or "", pattern) for text in (last.subject, self.name)
        )
        own = next(filter(None, texts), "")
        return self._number_subject(f"Re: {own}" if own else subject)

    def _number_subject(self, subject):
        """The subject with the number of the conversation, never twice."""
        number = self.number
        if not number or number == "/" or number in self._find_numbers(subject):
            return subject
        return f"{subject or self.name} [{number}]"

    @api.model
    def _find_numbers(self, subject):
        """The numbers of conversations that a subject names."""
        return ticket_numbers(subject or "", self._get_number_pattern())

    @api.model
    @ormcache()
    def _get_number_pattern(self):
        """How the numbers of conversations look: as their sequences give them.

        Kept in memory until a sequence changes (:class:`ir.sequence` clears it).
        """
        # sudo: ir.sequence: an employee who answers need not read them
        sequences = self.env["ir.sequence"].sudo().with_context(active_test=False)
        found = sequences.search([("code", "=", NUMBERING)])
        patterns = {
            number_pattern(one.prefix or "", one.suffix or "", one.padding)
            for one in found
        }
        return "|".join(sorted(patterns)) or NUMBER

    # Merged conversations

    def _get_continued(self):
        """The conversation into which this one was merged, else itself."""
        # sudo: helpdesk.ticket: a letter goes on there, whoever may read it
        ticket, seen = self.sudo(), self.sudo().browse()
        while ticket.duplicate_id and ticket not in seen:
            seen |= ticket
            ticket = ticket.duplicate_id
        return ticket.with_env(self.env)
