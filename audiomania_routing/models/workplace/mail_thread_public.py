# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize


class MailThread(models.AbstractModel):
    """Who else reads what is answered to a letter."""

    _inherit = "mail.thread"

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        letter = super()._prepare_letter(course, message, message_dict)
        return {**letter, "outsiders": self._find_outsiders(letter, message_dict)}

    @api.model
    def _find_outsiders(self, letter, message_dict):
        """Addresses of the letter that are neither ours nor the sender's.

        Those in a domain of ours cost no query; the others are asked for one by one,
        and most letters have none. Where nobody has told which addresses are ours, the
        first one is: by one of them the letter has come.
        """
        sender = email_normalize(message_dict.get("email_from") or "")
        book = self.env["mail.address.book"]
        emails = filter(None, (letter["recipient_emails"] or "").split(","))
        others = [email for email in emails if email != sender]
        outsiders = [
            email
            for email in others
            if not book._is_inside(email) and not self._is_colleague(email)
        ]
        return tuple(outsiders[1:] if outsiders == others else outsiders)
