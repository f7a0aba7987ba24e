# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, models
from odoo.tools.mail import email_normalize_all

from ...addresses import get_domain


class MailThread(models.AbstractModel):
    """Whose company a letter is for."""

    _inherit = "mail.thread"

    @api.model
    def _get_letter_company(self, message_dict):
        """The company of the alias, else of the mail domain, else of the employee it
        is addressed to, else of the mailbox it came by.

        A domain of several companies says only that it is one of these.
        """
        emails = self._get_written_to(message_dict)
        company = self._get_alias_company(emails)
        if company:
            return company
        companies = self._get_domain_companies(emails)
        if len(companies) == 1:
            return companies
        others = (
            self._get_addressed_company(emails, companies)
            or self._get_mailbox(message_dict).company_id
        )
        if others and (not companies or others in companies):
            return others
        own = self.env.company
        return own if own in companies else companies[:1] or own

    @api.model
    def _get_written_to(self, message_dict):
        course = self._get_course()
        if course and course.recipients is not None:
            return list(course.recipients)
        return email_normalize_all(message_dict.get("recipients") or "")

    @api.model
    def _get_alias_company(self, emails):
        """That of the first team to whose address it was written."""
        aliases = self.env["mail.address.book"]._get_places().aliases
        ids = filter(None, map(aliases.get, emails))
        # sudo: helpdesk.ticket.team: for whoever fetched the letter
        teams = self.env["helpdesk.ticket.team"].sudo().browse(ids)
        return teams.company_id[:1].with_env(self.env)

    @api.model
    def _get_domain_companies(self, emails):
        """Those of the first mail domain of ours that any company uses."""
        domains = self.env["mail.address.book"]._get_domains()
        found = (domains.get(get_domain(email)) for email in emails)
        ids = next(filter(None, found), ())
        # sudo: res.company: the gateway asks for whoever fetched the letter
        return self.env["res.company"].sudo().browse(ids).with_env(self.env)

    @api.model
    def _get_addressed_company(self, emails, companies):
        """That of the first employee who is named, of these companies if any."""
        # sudo: routing.facts: whose address it is, for whoever fetched the letter
        facts = self.env["routing.facts"].sudo()
        owners = facts._get_owners(set(emails)) if emails else {}
        found = (
            facts._get_company_of(key) for email in emails for key in owners[email]
        )
        fits = (one for one in found if one and (not companies or one in companies))
        return next(fits, self.env["res.company"]).with_env(self.env)

    @api.model
    def _get_mailbox(self, message_dict):
        """The mailbox or pipe by which it came; nothing: a program has called."""
        # sudo: mail.intake.entry, fetchmail.server: for whoever fetched the letter
        env = self.sudo().env
        course = self._get_course()
        if course:
            return env["mail.intake.entry"].browse(course.entry_id).server_id
        return env["fetchmail.server"].browse(message_dict.get("server_id") or [])
