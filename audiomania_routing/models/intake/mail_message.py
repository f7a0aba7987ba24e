# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _is_written_by_employee(self):
        """Whether its author works, or worked, for us: a person, not the system."""
        author = self.author_id.with_context(active_test=False)
        robot = self.env.ref("base.partner_root", raise_if_not_found=False)
        return author != robot and any(not user.share for user in author.user_ids)

    def _is_sent_by_us(self):
        """Whether it left from us, rather than came in by e-mail."""
        return self.message_type != "email" or self._is_written_by_employee()

    def _is_answer_of_employee(self):
        """Whether an employee wrote it to readers outside of the company."""
        return (
            self.message_type in ("comment", "email")
            and not self.subtype_id.internal
            and self._is_written_by_employee()
        )
