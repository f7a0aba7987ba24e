# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError

from ...addresses import can_be_answered
from .course import get_course


class MailAliasDomain(models.Model):
    _inherit = "mail.alias.domain"

    @api.model
    def _find_aliases(self, email_list):
        """While a letter is processed Odoo asks this again and again: the address book
        knows it."""
        if get_course(self.env) is None:
            return super()._find_aliases(email_list)
        is_place = self.env["mail.address.book"]._is_place
        return [one for one in email_list if one and "@" in one and is_place(one)]

    @api.constrains("default_from", "catchall_alias")
    def _check_can_be_answered(self):
        """What Odoo puts into From and Reply-To by itself can be answered (rule 21)."""
        for domain in self:
            for email in (domain.default_from_email, domain.catchall_email):
                if email and not can_be_answered(email):
                    raise ValidationError(
                        self.env._(
                            "Customers answer the letters that they get, and nobody "
                            "would read what is sent to %(email)s.",
                            email=email,
                        )
                    )
