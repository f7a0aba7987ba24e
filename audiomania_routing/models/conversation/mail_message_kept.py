# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError


class MailMessage(models.Model):
    """The letter of an inquiry is kept with it: an inquiry without it could not be
    answered, and nobody could check how it was."""

    _inherit = "mail.message"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_letters(self):
        """Odoo lets whoever may write in a conversation delete its messages."""
        if self.env.su or self.env.user._is_system():
            return
        # sudo: helpdesk.inquiry: whether one rests on the letter, nothing of it
        inquiries = self.env["helpdesk.inquiry"].sudo()
        if inquiries.search_count([("message_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "A letter of a customer cannot be deleted. Ask an administrator."
                )
            )
