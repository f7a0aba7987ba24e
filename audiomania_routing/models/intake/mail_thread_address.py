# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header, email_normalize_all


class MailThread(models.AbstractModel):
    """Whose address an address is: a team's, an employee's, the company's, nobody's."""

    _inherit = "mail.thread"

    @api.model
    def _detect_write_to_catchall(self, msg_dict):
        """The catchall is an address of ours like any other: answered, not bounced."""
        return False

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """What Odoo itself sends from an address of ours opens no conversation.

        Its letters to employees come back where one mailbox holds all of the
        company's domain; an answer in a conversation still finds it.
        """
        if super()._detect_loop_sender(message, message_dict, routes):
            return True
        opens = not any(thread_id for _model, thread_id, *_rest in routes or ())
        sender = email_normalize(message_dict["email_from"])
        return bool(
            opens
            and self._is_written_by_odoo(message, message_dict)
            and self._is_address_of_desk(sender)
            and not self._is_allowed_to_loop(sender)
        )

    @api.model
    def _is_written_by_odoo(self, message, message_dict):
        """Every letter of Odoo has its mark in the Message-ID, most have a header."""
        return "X-Odoo-Objects" in message or "-openerp-" in message_dict["message_id"]

    @api.model
    def _is_allowed_to_loop(self, email):
        # sudo: mail.gateway.allowed: the gateway asks for whoever fetched it
        allowed = self.env["mail.gateway.allowed"].sudo()
        return bool(allowed.search_count([("email_normalized", "=", email)], limit=1))

    @api.model
    def _is_address_of_desk(self, email):
        """Whether it is an alias of ours, or what Odoo itself sends from."""
        email = email_normalize(email)
        if not email:
            return False
        domains = self._find_own_domains([email])
        if not domains:
            return False
        ours = {
            address
            for domain in domains
            for address in (
                domain.catchall_email,
                domain.bounce_email,
                domain.default_from_email,
            )
        }
        # sudo: mail.alias: the gateway asks for whoever fetched the letter
        aliases = self.env["mail.alias"].sudo()
        return email in ours or bool(
            aliases.search_count([("alias_full_name", "=", email)], limit=1)
        )

    @api.model
    def _get_letter_company(self, message_dict):
        """The company of the first alias domain written to, else the user's."""
        emails = email_normalize_all(message_dict["recipients"] or "")
        companies = self._find_own_domains(emails).company_ids
        return companies[:1] or self.env.company

    @api.model
    def _find_own_domains(self, emails):
        domains = [email.partition("@")[2] for email in emails]
        # sudo: mail.alias.domain: the gateway asks for whoever fetched the letter
        return self.env["mail.alias.domain"].sudo().search([("name", "in", domains)])

    @api.model
    def _is_employee_address(self, emails):
        """Whether one of these is the address of an employee, present or former."""
        emails = [email for email in emails if email]
        # sudo: res.users, hr.employee: the same for whoever fetched the letter
        archived_too = self.sudo().with_context(active_test=False)
        users = archived_too.env["res.users"].search_count(
            [
                ("share", "=", False),
                "|",
                ("email_normalized", "in", emails),
                ("login", "in", emails),
            ],
            limit=1,
        )
        return bool(
            users
            or archived_too.env["hr.employee"].search_count(
                [("work_email", "in", emails)], limit=1
            )
        )

    @api.model
    def _get_letter_recipients(self, message):
        """Normalized addresses, To before Cc, in the order of the letter, once each."""
        headers = (
            decode_message_header(message, name, separator=",") for name in ("To", "Cc")
        )
        emails = (email for header in headers for email in email_normalize_all(header))
        return ",".join(dict.fromkeys(emails))
