# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError

from ...addresses import can_be_answered
from .course import COURSE


class MailAliasDomain(models.Model):
    _inherit = "mail.alias.domain"

    @api.model
    def _find_aliases(self, email_list):
        """While a letter is processed Odoo asks this of the same addresses again and
        again: it is looked up once."""
        course = self.env.context.get(COURSE)
        if course is None:
            return super()._find_aliases(email_list)
        known = course.aliases
        asked = [email for email in email_list if email not in known]
        if asked:
            found = set(super()._find_aliases(asked))
            known.update((email, email in found) for email in asked)
        return [email for email in email_list if known[email]]

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
