# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .course import COURSE


class MailAlias(models.Model):
    _inherit = "mail.alias"

    def _alias_bounce_incoming_email(self, message, message_dict, set_invalid=True):
        """No customer is told that we could not take his letter in.

        It is tried again, or mended, or it stands in the list of failed letters; what
        went wrong is told to the administrators.
        """
        if set_invalid and self.env.context.get(COURSE):
            self.alias_status = "invalid"
            return None
        return super()._alias_bounce_incoming_email(
            message, message_dict, set_invalid=set_invalid
        )
