# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ...addresses import get_domain


class MailAddressBook(models.AbstractModel):
    """Whether an address is the company's in the widest sense."""

    _inherit = "mail.address.book"

    @api.model
    def _is_inside(self, email):
        """An address in a domain of ours, a place, or a mailbox that is fetched."""
        return (
            self._is_ours(email)
            or self._is_place(email)
            or self._is_mailbox(email)
            or self._is_of_unnamed_domain(email)
        )

    @api.model
    def _is_mailbox(self, email):
        """Whether letters are fetched from it, or a company has it as its own."""
        # sudo: fetchmail.server, res.company: whoever's letter is read
        servers = self.env["fetchmail.server"].sudo().with_context(active_test=False)
        companies = self.env["res.company"].sudo()
        return bool(
            servers.search_count([("user", "=ilike", email)], limit=1)
            or companies.search_count(
                [("partner_id.email_normalized", "=", email)], limit=1
            )
        )

    @api.model
    def _is_of_unnamed_domain(self, email):
        """Where nobody has named a mail domain, that of the company's own address."""
        if self._get_domains():
            return False
        # sudo: res.company: whoever's letter is read
        companies = self.env["res.company"].sudo().search([("email", "!=", False)])
        return get_domain(email) in {
            get_domain(company.partner_id.email_normalized or "")
            for company in companies
        }
